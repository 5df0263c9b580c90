import type { Call } from "./calls.ts";

type Block = Record<string, unknown> & { type: string };

const lengthOf = (text: unknown): number =>
  typeof text === "object" && text !== null && "text" in text ? String(text.text).length : 0;

type Element = Record<string, unknown> & { options?: { text: unknown; value: string }[]; placeholder?: unknown };
const wrongWithSelect = (element: Element): string | undefined => {
  const options = element.options ?? [];
  if (element["type"] === "static_select" && (options.length < 1 || options.length > 100)) return "a select has 1 to 100 options";
  if (options.some((it) => lengthOf(it.text) < 1 || lengthOf(it.text) > 75 || it.value.length > 150))
    return "an option is too long";
  return lengthOf(element.placeholder) > 150 ? "a placeholder has at most 150 characters" : undefined;
};

/** What is wrong with a block by Slack's own pages, which local-slack does not look at; undefined where nothing is. */
const wrongWith = (block: Block, isModal: boolean): string | undefined => {
  switch (block.type) {
    case "section":
      return lengthOf(block["text"]) >= 1 && lengthOf(block["text"]) <= 3000 ? undefined : "a section has 1 to 3000 characters";
    case "context":
      return (block["elements"] as unknown[]).length <= 10 ? undefined : "a context has at most 10 elements";
    case "image":
      if (!block["alt_text"] || String(block["alt_text"]).length > 2000)
        return "an image has an alt_text of at most 2000 characters";
      return block["slack_file"] || block["image_url"] ? undefined : "an image has a source";
    case "actions": {
      const elements = block["elements"] as (Record<string, unknown> & { text: unknown })[];
      if (elements.length < 1 || elements.length > 25) return "actions are 1 to 25";
      if (new Set(elements.map((it) => it["action_id"])).size < elements.length) return "an action_id is there once";
      const buttons = elements.filter((it) => it["type"] === "button");
      if (buttons.some((it) => lengthOf(it.text) < 1 || lengthOf(it.text) > 75)) return "a button's label has 1 to 75 characters";
      if (buttons.some((it) => String(it["value"] ?? "").length > 2000)) return "a button's value has at most 2000 characters";
      const others = elements.filter((it) => it["type"] !== "button") as unknown as Element[];
      if (others.some((it) => it["type"] !== "static_select")) return "actions are buttons and selects";
      return others.map(wrongWithSelect).find((it) => it !== undefined);
    }
    case "input": {
      if (!isModal) return "inputs stand in modals";
      const element = block["element"] as Element;
      const wrong = wrongWithSelect(element);
      if (wrong) return wrong;
      if (element["type"] === "file_input" && !(Number(element["max_files"]) >= 1 && Number(element["max_files"]) <= 10))
        return "a file_input takes 1 to 10 files";
      return lengthOf(block["label"]) >= 1 && lengthOf(block["label"]) <= 2000 ? undefined : "a label has 1 to 2000 characters";
    }
    default:
      return undefined;
  }
};

/** So long all blocks of a message may be together; Slack says no figure, and refused more than about this. */
const ALL_BLOCKS = 13_000;

/** What Slack would say to the blocks and the text of a call, where local-slack takes anything. */
export const refusalOf = ({ method, params }: Call): { ok: false; error: string; why: string } | undefined => {
  const isModal = method === "views.open";
  const view = params["view"] as { title?: unknown; blocks?: Block[]; private_metadata?: string } | undefined;
  const blocks = ((isModal ? view?.blocks : params["blocks"]) ?? []) as Block[];
  const refuse = (error: string, why: string) => ({ ok: false as const, error, why });
  if (isModal && lengthOf(view?.title) > 24) return refuse("invalid_arguments", "a title has at most 24 characters");
  if (isModal && (view?.private_metadata ?? "").length > 3000) return refuse("invalid_arguments", "too much private_metadata");
  if (blocks.length > (isModal ? 100 : 50)) return refuse("invalid_blocks", "too many blocks");
  const wrong = blocks.map((it) => wrongWith(it, isModal)).find((it) => it !== undefined);
  if (wrong) return refuse("invalid_blocks", wrong);
  if (!/^chat\.(postMessage|update|postEphemeral)$/.test(method)) return undefined;
  if (!isModal && JSON.stringify(blocks.map((it) => it["text"] ?? "")).length > ALL_BLOCKS)
    return refuse("msg_blocks_too_long", "all blocks together are too long");
  const text = String(params["text"] ?? "");
  if (text === "") return refuse("no_text", "a message has a text, for notifications");
  return text.length > (method === "chat.update" ? 4000 : 40_000) ? refuse("msg_too_long", "the text is too long") : undefined;
};
