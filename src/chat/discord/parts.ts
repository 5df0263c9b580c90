import type { FileRef } from "../../files.ts";
import type { Reply } from "../../reply.ts";
import { tableLines } from "../../table.ts";
import type { Language } from "../../text.ts";
import type { AdapterLimits } from "../adapter.ts";
import { type ReplyPart, splitReply } from "../splitReply.ts";
import { splitText } from "../splitText.ts";
import { toDiscord } from "./markdown.ts";

/** What a message without words is given where Discord wants some. */
const NO_TEXT = "…";
const FENCE = "```";

/** A text as Discord's markdown, in pieces within the limit once its marks are escaped. */
const textPieces = (text: string, most: number, limit = most): string[] =>
  splitText(text, limit).flatMap((piece) => {
    const written = toDiscord(piece);
    return written.length <= most ? [written] : textPieces(piece, most, Math.max(20, Math.floor(limit / 2)));
  });

/** A table as blocks of code, whose letters are all of one width, each with the columns' titles. */
const tablePieces = (table: NonNullable<Reply["table"]>, most: number): string[] => {
  const room = most - 2 * FENCE.length - 2;
  // A row of backticks would end the block.
  const [titles = "", ...rows] = tableLines(table).map((line) => line.replaceAll("`", "'"));
  const cut = (line: string, length: number) => line.match(new RegExp(`.{1,${length}}`, "gsu")) ?? [""];
  const head = titles.length <= room / 2 ? titles : "";
  const pieces: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const line of (head ? rows : [titles, ...rows]).flatMap((it) => cut(it, room - head.length - 1))) {
    if (length + line.length + 1 > room) {
      pieces.push(head ? [head] : []);
      length = head.length;
    }
    pieces.at(-1)?.push(line);
    length += line.length + 1;
  }
  return pieces.map((lines) => `${FENCE}\n${lines.join("\n")}\n${FENCE}`);
};

const joined = (pieces: readonly string[], most: number): string[] => {
  const contents: string[] = [];
  for (const piece of pieces) {
    const last = contents.at(-1);
    if (last !== undefined && last.length + 1 + piece.length <= most) contents[contents.length - 1] = `${last}\n${piece}`;
    else contents.push(piece);
  }
  return contents;
};

/** A reply as messages that keep Discord's limits, at least one; `text` is Discord's markdown. Nothing is left out. */
export const partsOf = (
  { text, inThread, table, ...reply }: Omit<Reply, "data">,
  limits: AdapterLimits,
  lang: Language,
  linkTo: (file: FileRef) => string,
): ReplyPart[] => {
  const most = limits.charactersPerMessage;
  const below = splitReply({ text: "", ...reply }, limits, lang, linkTo);
  const wordless = (part: ReplyPart) => part.text === "" || part.text === NO_TEXT;
  const links = below.filter((part) => !wordless(part)).flatMap((part) => textPieces(part.text, most));
  const above = joined([...textPieces(text, most), ...(table ? tablePieces(table, most) : []), ...links], most);
  const hanging = below.filter((part) => part.files.length > 0 || part.buttons.length > 0 || part.menus);
  const [first, ...rest] = hanging;
  const last = {
    text: above.at(-1) ?? (first?.files.length ? "" : NO_TEXT),
    files: first?.files ?? [],
    buttons: first?.buttons ?? [],
    ...(first?.menus && { menus: first.menus }),
  };
  return [
    ...above.slice(0, -1).map((piece) => ({ text: piece, files: [], buttons: [] })),
    last,
    ...rest.map((part) => ({ ...part, text: part.files.length > 0 ? "" : NO_TEXT })),
    ...(inThread ? textPieces(inThread, most) : []).map((it) => ({
      text: it,
      files: [],
      buttons: [],
      isInThread: true as const,
    })),
  ];
};
