import type { FileRef } from "../files.ts";
import type { Reply } from "../reply.ts";
import { escapeText } from "../richText.ts";
import { textWithTable } from "../table.ts";
import type { Language } from "../text.ts";
import type { AdapterLimits } from "./adapter.ts";
import type { Pressable } from "./request.ts";
import { splitText } from "./splitText.ts";

/** A part of a reply that fits into one message of a platform. */
export interface ReplyPart {
  text: string;
  /** Pictures first. */
  files: readonly FileRef[];
  /** It is part of what hangs in a thread below the message; it comes after all that does not. */
  isInThread?: true;
  buttons: readonly PartButton[];
  menus?: readonly PartMenu[];
}

/** A list that opens, to choose one of a picture's tiles from: the place of a choice is the value of the control. */
export interface PartMenu {
  label: string;
  control: number;
  choices: readonly string[];
}

/** A button by where it stands among all of the reply's buttons, which is what a press says; with a value, among its controls. */
export interface PartButton {
  label: string;
  index: number;
  value?: number;
  /** It asks for a picture first. */
  asksForPicture?: true;
}
/** What a press of a part's button says. */
export const pressableOf = ({ index, value }: Pick<PartButton, "index" | "value">): Pressable =>
  value === undefined ? { button: index } : { control: index, value };

/** A platform that takes no message without a text gets this one. */
const NO_TEXT = "…";

/** A menu takes the room of so many buttons. */
const MENU_ROOM = 5;

const batches = <T>(things: readonly T[], fits: (batch: readonly T[], next: T) => boolean): T[][] => {
  const found: T[][] = [];
  for (const thing of things) {
    const last = found.at(-1);
    if (last && fits(last, thing)) last.push(thing);
    else found.push([thing]);
  }
  return found;
};

const shorten = (label: string, most: number): string => {
  if (label.length <= most) return label;
  let short = "";
  for (const character of label) if (short.length + character.length < most) short += character;
  return `${short}…`;
};

const linked = ({ name, bytes }: FileRef, link: string, lang: Language): string => {
  const megabytes = (bytes / 1e6).toFixed(1);
  return {
    en: `${escapeText(name)} (${megabytes} MB) is too large for this chat; download it here: ${link}`,
    ko: `${escapeText(name)} (${megabytes} MB) 파일은 이 채팅에 올리기에 너무 커요. 여기에서 내려받으세요: ${link}`,
  }[lang];
};

/**
 * Cuts a reply into messages that keep a platform's limits, without losing anything: a table becomes text, long text and many files go on
 * in the next message, a file that is too large becomes a link to the web chat (`linkTo`), and the buttons stand at the end, the steps of a
 * number first. At least one message.
 */
export const splitReply = (
  reply: Omit<Reply, "data">,
  limits: AdapterLimits,
  lang: Language,
  linkTo: (file: FileRef) => string,
): ReplyPart[] => {
  const { pictures = [], files = [], buttons = [], controls = [] } = reply;
  const most = Math.min(limits.bytesPerFile, limits.bytesPerMessage);
  const fits = (file: FileRef) => limits.filesPerMessage > 0 && file.bytes <= most;
  const all = [...pictures, ...files];
  const links = all.filter((file) => !fits(file)).map((file) => linked(file, linkTo(file), lang));

  const texts = splitText([textWithTable(reply), ...links].join("\n"), limits.charactersPerMessage);
  const fileBatches = batches(all.filter(fits), (batch, next) => {
    const bytes = batch.reduce((sum, file) => sum + file.bytes, next.bytes);
    return batch.length < limits.filesPerMessage && bytes <= limits.bytesPerMessage;
  });
  const steps = controls.flatMap((it, index): PartButton[] =>
    it.kind === "number" ? it.steps.map((step) => ({ ...step, index })) : [],
  );
  const own = buttons.map(
    ({ label, asksForPicture }, index): PartButton => ({ label, index, ...(asksForPicture && { asksForPicture }) }),
  );
  const labelled = [...steps, ...own].map((it) => ({ ...it, label: shorten(it.label, limits.charactersPerButton) }));
  const menus = controls.flatMap((it, control): PartMenu[] =>
    it.kind === "tile" && limits.choicesPerMenu > 0
      ? [{ label: it.label, control, choices: it.choices.slice(0, limits.choicesPerMenu) }]
      : [],
  );
  const buttonBatches = batches(labelled, (batch) => batch.length < limits.buttonsPerMessage - MENU_ROOM * menus.length);
  if (menus.length > 0 && buttonBatches.length === 0) buttonBatches.push([]);

  // The first files stand below the last of the text, the first buttons below the last files.
  const parts: ReplyPart[] = texts.map((piece) => ({ text: piece, files: [], buttons: [] }));
  for (const [index, batch] of fileBatches.entries()) {
    const above = index === 0 ? parts.pop() : undefined;
    parts.push({ text: above?.text ?? "", files: batch, buttons: [] });
  }
  for (const [index, batch] of buttonBatches.entries()) {
    const above = index === 0 ? parts.pop() : undefined;
    parts.push({ text: NO_TEXT, files: [], ...above, buttons: batch, ...(index === 0 && menus.length > 0 && { menus }) });
  }
  return parts.length > 0 ? parts : [{ text: NO_TEXT, files: [], buttons: [] }];
};
