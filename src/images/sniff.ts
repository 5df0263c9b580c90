const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

/** What pictures are by their first bytes. Only these are ever handed to a decoder, whatever a file's name says. */
const pictures: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  "image/jpeg": (it) => it[0] === 0xff && it[1] === 0xd8,
  "image/png": (it) => ascii(it, 0, 8) === "\x89PNG\r\n\x1a\n",
  "image/webp": (it) => ascii(it, 0, 4) === "RIFF" && ascii(it, 8, 12) === "WEBP",
  "image/gif": (it) => ascii(it, 0, 4) === "GIF8",
  "image/avif": (it) => ascii(it, 4, 8) === "ftyp" && /avi[fs]/.test(brands(it)),
  "image/tiff": (it) => ["II*\0", "MM\0*", "II+\0", "MM\0+"].includes(ascii(it, 0, 4)),
};

/** Kinds that we know by sight, only to be able to say why they will not do. */
const others: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  "image/heic": (it) => ascii(it, 4, 8) === "ftyp" && /hei[cxms]|hev[cxms]|mif1/.test(brands(it)),
  "image/bmp": (it) => ascii(it, 0, 2) === "BM" && it.length > 26 && it[6] === 0 && it[7] === 0,
  "image/svg+xml": (it) => /^\s*(<\?xml|<!--|<!DOCTYPE|<svg)/i.test(ascii(it, 0, 256).replace(/^\xef\xbb\xbf/, "")),
  "application/pdf": (it) => ascii(it, 0, 5) === "%PDF-",
  "video/mp4": (it) => ascii(it, 4, 8) === "ftyp",
};

/** The brands of an ISO media file: which of AVIF, HEIC or film it is. The first one rules, so it comes first. */
function brands(bytes: Uint8Array): string {
  const length = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  return ascii(bytes, 8, Math.min(bytes.length, length, 64));
}

/** The types that can be worked on, as MIME types. */
export const pictureTypes: readonly string[] = Object.keys(pictures);

/** The MIME type of a file by its first bytes; nothing when it is not one of those we know. Never throws. */
export const sniff = (bytes: Uint8Array): string | undefined =>
  Object.entries({ ...pictures, ...others }).find(([, looks]) => bytes.length > 0 && looks(bytes))?.[0];
