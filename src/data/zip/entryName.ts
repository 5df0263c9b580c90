import { type Entry, getFileNameLowLevel } from "yauzl";

/** Bit 11 of an entry's flags: its name is UTF-8. */
const UTF8_FLAG = 0x800;
/** Info-ZIP's extra field with the name in UTF-8. */
const UNICODE_PATH = 0x7075;

const utf8 = new TextDecoder("utf-8", { fatal: true });
/** The encoding standard's "euc-kr" is CP949, with all 11,172 syllables: what a Korean Windows writes names in. */
const cp949 = new TextDecoder("euc-kr", { fatal: true });

const tried = (decoder: TextDecoder, bytes: Uint8Array): string | undefined => {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
};

/**
 * The path of an entry of a zip that was opened without `decodeStrings`. Where the zip does not say that it is UTF-8, it is if it can be
 * (macOS does not say), else CP949, else IBM's code page 437, as the format has it.
 */
export const entryName = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string => {
  const isSaid = (generalPurposeBitFlag & UTF8_FLAG) !== 0 || extraFields.some((it) => it.id === UNICODE_PATH);
  const guessed = isSaid ? undefined : (tried(utf8, fileNameRaw) ?? tried(cp949, fileNameRaw));
  return guessed ?? getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
};
