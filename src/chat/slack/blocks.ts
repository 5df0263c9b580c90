import type { types } from "@slack/bolt";
import type { FileRef } from "../../files.ts";
import type { Reply } from "../../reply.ts";
import { plainText } from "../../richText.ts";
import { tableLines } from "../../table.ts";
import type { Language } from "../../text.ts";
import type { AdapterLimits } from "../adapter.ts";
import { type PartButton, pressableOf, type ReplyPart, splitReply } from "../splitReply.ts";
import { splitText } from "../splitText.ts";
import { actionOf } from "./actionId.ts";
import { escapeSlack, toMrkdwn } from "./mrkdwn.ts";
import { isShown } from "./upload.ts";

export type Block = types.KnownBlock;

/** Slack's limits of blocks: docs.slack.dev/reference/block-kit/blocks. */
const SECTION = 3000;
const ACTIONS_A_BLOCK = 25;
const BUTTON_LABEL = 75;
const MENU_LABEL = 150;
const ALT_TEXT = 2000;
/** What stands in notifications and where blocks are not shown; `chat.update` takes 4000 characters. */
const FALLBACK = 1500;
/** So many sections of a table stand below the text; the rest follows in messages of their own. */
const TABLE_SECTIONS = 3;

/** One message: what it says, in sections of mrkdwn, and what stands below. */
export interface SlackPart extends Omit<ReplyPart, "text"> {
  sections: readonly string[];
  fallback: string;
}

/** A text as sections, each within Slack's limit once `&`, `<` and `>` are written out. */
const sectionsOf = (text: string, limit = SECTION - 100): string[] =>
  splitText(text, limit).flatMap((piece) => {
    const section = toMrkdwn(piece);
    return section.length <= SECTION ? [section] : sectionsOf(piece, Math.max(20, Math.floor(limit / 2)));
  });

const FENCE = "```";
/** A table as blocks of code, whose letters are all of one width. A row is cut only where it is wider than a section. */
const tableSections = (table: NonNullable<Reply["table"]>): string[] => {
  const most = SECTION - 2 * FENCE.length - 2;
  // A row of backticks would end the block.
  const lines = tableLines(table).map((line) => escapeSlack(line.replaceAll(FENCE, "'''")));
  const pieces: string[] = [];
  for (const line of lines.flatMap((it) => it.match(new RegExp(`.{1,${most}}`, "gsu")) ?? [""])) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= most) pieces[pieces.length - 1] = `${last}\n${line}`;
    else pieces.push(line);
  }
  return pieces.map((piece) => `${FENCE}\n${piece}\n${FENCE}`);
};

const shown = (text: string): string => escapeSlack(plainText(text)).slice(0, FALLBACK);

/** A reply as messages that keep Slack's limits, at least one; nothing is left out. */
export const partsOf = (
  { table, inThread, ...reply }: Omit<Reply, "data">,
  limits: AdapterLimits,
  lang: Language,
  linkTo: (file: FileRef) => string,
): SlackPart[] => {
  const split = splitReply(reply, limits, lang, linkTo);
  const parts = split.map(({ text, ...part }, index) => {
    // With a table or a picture there is something to see without words.
    const isEmpty = text === "…" && (part.files.some(isShown) || (index === 0 && table));
    return { ...part, sections: isEmpty ? [] : sectionsOf(text), fallback: shown(text) };
  });
  const tables = table ? tableSections(table) : [];
  const [first, ...rest] = parts as unknown as [SlackPart, ...SlackPart[]];
  const below = { ...first, sections: [...first.sections, ...tables.slice(0, TABLE_SECTIONS)] };
  const further: SlackPart[] = [];
  for (let from = TABLE_SECTIONS; from < tables.length; from += TABLE_SECTIONS)
    further.push({ sections: tables.slice(from, from + TABLE_SECTIONS), files: [], buttons: [], fallback: "…" });
  const more = inThread ? splitText(inThread, limits.charactersPerMessage) : [];
  const hanging = more.map((text) => ({
    ...{ sections: sectionsOf(text), fallback: shown(text), files: [], buttons: [], isInThread: true as const },
  }));
  return [below, ...further, ...rest, ...hanging];
};

const section = (text: string): Block => ({ type: "section", text: { type: "mrkdwn", text } });

/** A button of a delivery, by what its press says; one that asks for a picture opens a form. */
const buttonOf = (delivery: string, { label, asksForPicture, ...it }: PartButton) => ({
  type: "button" as const,
  action_id: asksForPicture ? `form:${it.index}` : actionOf(pressableOf(it)),
  value: delivery,
  text: { type: "plain_text" as const, text: label.slice(0, BUTTON_LABEL), emoji: true },
});

/** The blocks of a message; `shownFiles` are its pictures, uploaded, which stand between its words and its buttons. */
export const blocksOf = (
  delivery: string,
  part: Pick<SlackPart, "sections" | "buttons" | "menus">,
  shownFiles: readonly { id: string; alt: string }[],
): Block[] => {
  const pictures = shownFiles.map(
    ({ id, alt }): Block => ({ type: "image", slack_file: { id }, alt_text: alt.slice(0, ALT_TEXT) || "…" }),
  );
  const rows: Block[] = [];
  for (let from = 0; from < part.buttons.length; from += ACTIONS_A_BLOCK) {
    const elements = part.buttons.slice(from, from + ACTIONS_A_BLOCK).map((it) => buttonOf(delivery, it));
    rows.push({ type: "actions", elements });
  }
  // A menu's action carries no value of ours, so each choice says whose it is.
  for (const { label, control, choices } of part.menus ?? []) {
    const options = choices.map((it, value) => ({
      text: { type: "plain_text" as const, text: it.slice(0, BUTTON_LABEL) || "…", emoji: true },
      value: `${delivery} ${value}`,
    }));
    const placeholder = { type: "plain_text" as const, text: label.slice(0, MENU_LABEL) };
    rows.push({ type: "actions", elements: [{ type: "static_select", action_id: `press:c${control}`, placeholder, options }] });
  }
  const [first, ...others] = [...part.sections.map(section), ...pictures, ...rows];
  // An ephemeral message carries no metadata: this is how it says what it shows.
  return first ? [{ ...first, block_id: delivery || "peerlab" }, ...others] : [];
};

/** A sentence of ours as a message. */
export const sentenceBlocks = (text: string): { text: string; blocks: Block[] } => ({
  text: shown(text),
  blocks: sectionsOf(text).map(section),
});
