import { ascii, reader } from "./reader.ts";
import { hidesMetadata } from "./sound.ts";

const HEADER = 128;
/** More than any profile has. */
const MOST_TAGS = 100;

/**
 * A colour profile with nothing besides: what lies between its parts is zero, as the standard wants it, and what lies behind is cut
 * off. `undefined` for what only calls itself one.
 */
export const profileOnly = (bytes: Uint8Array): Uint8Array | undefined => {
  const { u32 } = reader(bytes, false);
  const size = u32(0);
  const count = u32(HEADER);
  const table = HEADER + 4 + 12 * count;
  if (ascii(bytes, 36, 40) !== "acsp" || size > bytes.length || count > MOST_TAGS || table > size) return undefined;
  const clean = new Uint8Array(size);
  clean.set(bytes.subarray(0, table));
  for (let at = HEADER + 4; at < table; at += 12) {
    const [from, length] = [u32(at + 4), u32(at + 8)];
    if (from < table || from + length > size) return undefined;
    clean.set(bytes.subarray(from, from + length), from);
  }
  return hidesMetadata(clean) ? undefined : clean;
};
