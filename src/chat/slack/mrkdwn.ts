import { spansOf } from "../../richText.ts";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const characters: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** Text in which Slack reads no mention, link or channel: what it pings is always between `<` and `>`. */
export const escapeSlack = (text: string): string => text.replace(/[&<>]/g, (it) => entities[it] ?? it);
const unescapeSlack = (text: string): string => text.replace(/&(?:amp|lt|gt);/g, (it) => characters[it] ?? it);

/** A zero-width space, which keeps Slack from reading a mark, and nobody sees. */
const BREAK = "\u200b";
/** Marks of mrkdwn that a text of ours does not mean: bold, italic, struck out, code, and a quote at a line's beginning. */
const disarm = (text: string): string =>
  escapeSlack(text)
    .replace(/[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (mark) => `${BREAK}${mark}${BREAK}`)
    .replace(/^&gt;/gm, `${BREAK}&gt;`);

/** Links to where files can be downloaded stay links. */
const linked = (text: string): string =>
  text
    .split(/(https?:\/\/[^\s<>]+)/)
    .map((piece, index) => (index % 2 === 1 ? `<${escapeSlack(piece).replaceAll("|", "%7C")}>` : disarm(piece)))
    .join("");

/**
 * A text with our two marks as Slack's mrkdwn. Nothing in it pings anybody. Slack reads a mark only beside a space or a sign, so one within
 * a word, as before a Korean particle, gets a space that nobody sees.
 */
export const toMrkdwn = (text: string): string =>
  spansOf(text)
    .map(({ kind, text: piece }) => {
      if (kind === "code") return `${BREAK}\`${escapeSlack(piece)}\`${BREAK}`;
      if (kind === "bold") return `${BREAK}*${disarm(piece)}*${BREAK}`;
      return linked(piece);
    })
    .join("");

/**
 * What somebody typed, without what Slack makes of it: a mentioned person becomes our id of them, a link what was typed, a channel its
 * name; the mention of the bot is gone.
 */
export const fromMrkdwn = (text: string, team: string, bot?: string): string =>
  unescapeSlack(
    text
      .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => (id === bot ? " " : `slack:${team}:${id}`))
      .replace(/<#[A-Z0-9]+\|([^>]*)>/g, "#$1")
      .replace(/<(?:https?:|mailto:)[^|>]*\|([^>]*)>/g, "$1")
      .replace(/<((?:https?:|mailto:)[^|>]*)>/g, "$1"),
  )
    .replace(/[“”]/g, '"')
    .trim();
