import { spansOf } from "../../richText.ts";

/** What Discord reads as a mark wherever it stands: bold, italics, struck out, spoilers, code, links, mentions, timestamps. */
const MARKS = /[\\*_~|`<>@[\]]/g;
/** What it reads as one at a line's beginning: headings, lists, quotes, small print. */
const AT_LINE_START = /^(\s*)([#+-])/gm;
/** ":smile:" */
const EMOJI = /:(?=\w+:)/g;

/** Text in which Discord reads nothing but text: no mention, no link with another name, no heading. */
export const escapeDiscord = (text: string): string =>
  text.replace(MARKS, "\\$&").replace(AT_LINE_START, "$1\\$2").replace(EMOJI, "\\:");

/** Links to where files can be downloaded stay links. */
const linked = (text: string): string =>
  text
    .split(/(https?:\/\/[^\s<>]+)/)
    .map((piece, index) => (index % 2 === 1 ? piece : escapeDiscord(piece)))
    .join("");

/** Code with backticks in it stands between two. */
const code = (text: string): string => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

/** A text with our two marks as Discord's markdown. What others wrote in it neither pings nor formats. */
export const toDiscord = (text: string): string =>
  spansOf(text)
    .map(({ kind, text: piece }) => {
      if (kind === "code") return code(piece);
      return kind === "bold" ? `**${escapeDiscord(piece)}**` : linked(piece);
    })
    .join("");

/** What somebody typed, without what Discord makes of it: a mentioned person becomes our id of them, the mention of the bot is gone. */
export const fromDiscord = (text: string, bot: string): string =>
  text
    .replace(/<@!?(\d+)>/g, (_, id: string) => (id === bot ? " " : `discord:${id}`))
    .replace(/<a?(:\w+:)\d+>/g, "$1")
    .replace(/[“”]/g, '"')
    .trim();
