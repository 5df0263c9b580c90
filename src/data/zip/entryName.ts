import iconv from "iconv-lite";
import { type Entry, getFileNameLowLevel } from "yauzl";

/** Bit 11 of an entry's flags: its name is UTF-8. */
const UTF8_FLAG = 0x800;
/** Info-ZIP's extra field with the name in UTF-8. */
const UNICODE_PATH = 0x7075;

/** Text in an encoding, or undefined for bytes that are none in it. Node's own decoder for Korean knows 2,350 syllables of 11,172. */
const decoded = (bytes: Buffer, encoding: "utf-8" | "cp949"): string | undefined => {
  const text = iconv.decode(bytes, encoding, { stripBOM: false });
  return text.includes("\ufffd") ? undefined : text;
};

/**
 * The path of an entry of a zip that was opened without `decodeStrings`. Where the zip does not say that it is UTF-8, it is if it can be
 * (macOS does not say), else CP949, which a Korean Windows writes, else IBM's code page 437, as the format has it.
 */
export const entryName = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string => {
  const isSaid = (generalPurposeBitFlag & UTF8_FLAG) !== 0 || extraFields.some((it) => it.id === UNICODE_PATH);
  const guessed = isSaid ? undefined : (decoded(fileNameRaw, "utf-8") ?? decoded(fileNameRaw, "cp949"));
  return guessed ?? getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
};
