import { onlyOrientation, orientationOf } from "./exif.ts";
import { profileOnly } from "./icc.ts";
import { ascii, reader } from "./reader.ts";
import { sound, soundPixels } from "./sound.ts";

/** Bits of VP8X that announce chunks. */
const ICC_BIT = 0x20;
const EXIF_BIT = 0x08;
const XMP_BIT = 0x04;
const FRAME_HEADER = 16;

interface Chunk {
  type: string;
  payload: Uint8Array;
}

/** The chunks of a container, which have to fill it exactly. A file may lack the last byte that makes its length even. */
const chunksIn = (bytes: Uint8Array): Chunk[] => {
  const { u32 } = reader(bytes, true);
  const found: Chunk[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = u32(at + 4);
    const end = at + 8 + size;
    sound(end <= bytes.length, "chunks that fit");
    found.push({ type: ascii(bytes, at, at + 4), payload: bytes.subarray(at + 8, end) });
    at = end + (size % 2);
  }
  return found;
};

const write = ({ type, payload }: Chunk): Uint8Array => {
  const out = Buffer.alloc(8 + payload.length + (payload.length % 2));
  out.write(type, 0, "latin1");
  out.writeUInt32LE(payload.length, 4);
  out.set(payload, 8);
  return out;
};

/** Whether compressed pixels begin as they should: a key frame with its start code, or the signature of the lossless kind. */
const begins = ({ type, payload }: Chunk): boolean =>
  type === "VP8 "
    ? ((payload[0] ?? 1) & 1) === 0 && ascii(payload, 3, 6) === "\x9d\x01\x2a"
    : type !== "VP8L" || (payload[0] === 0x2f && (payload[4] ?? 255) >> 5 === 0);

/** The one picture among some chunks, perhaps with its transparency before it. */
const pictureIn = (chunks: readonly Chunk[]): Chunk[] => {
  const picture = chunks.filter((it) => ["ALPH", "VP8 ", "VP8L"].includes(it.type));
  const order = picture.map((it) => it.type).join();
  sound(["VP8 ", "VP8L", "ALPH,VP8 "].includes(order) && picture.every(begins), "one picture");
  for (const { payload } of picture) soundPixels(payload);
  return picture;
};

const frameOf = (payload: Uint8Array): Chunk => {
  const inside = pictureIn(chunksIn(payload.subarray(FRAME_HEADER))).map(write);
  return { type: "ANMF", payload: Buffer.concat([payload.subarray(0, FRAME_HEADER), ...inside]) };
};

/** What the chunks of an extended file keep: profile, picture or frames, orientation; and VP8X says which of them are there. */
const extended = (chunks: readonly Chunk[], about: Uint8Array): Chunk[] => {
  const find = (type: string) => chunks.find((it) => it.type === type)?.payload;
  const [flags = 0] = about;
  const exif = find("EXIF");
  // A chunk that was announced and is not there has become part of another one.
  sound(about.length === 10 && (!(flags & EXIF_BIT) || exif) && (!(flags & XMP_BIT) || find("XMP ")), "what was announced");
  // Some programs write the marker that only JPEG needs.
  const orientation = exif ? orientationOf(ascii(exif, 0, 6) === "Exif\0\0" ? exif.subarray(6) : exif) : 1;
  const [profile, moving] = [profileOnly(find("ICCP") ?? new Uint8Array()), find("ANIM")];
  const out = Uint8Array.from(about);
  out[0] = (flags & ~(ICC_BIT | EXIF_BIT | XMP_BIT)) | (profile ? ICC_BIT : 0) | (orientation === 1 ? 0 : EXIF_BIT);
  const frames = chunks.filter((it) => it.type === "ANMF").map((it) => frameOf(it.payload));
  return [
    { type: "VP8X", payload: out },
    ...(profile ? [{ type: "ICCP", payload: profile }] : []),
    ...(moving ? [{ type: "ANIM", payload: moving.subarray(0, 6) }, ...frames] : pictureIn(chunks)),
    ...(orientation === 1 ? [] : [{ type: "EXIF", payload: onlyOrientation(orientation) }]),
  ];
};

/** Writes the file anew, out of the chunks that are the picture, and puts the orientation back. */
export const scrubWebp = (bytes: Uint8Array): Uint8Array => {
  const size = reader(bytes, true).u32(4);
  sound(8 + size <= bytes.length + (size % 2) && size >= 4, "a file as long as it says");
  const chunks = chunksIn(bytes.subarray(12, 8 + size));
  const [first] = chunks;
  sound(first, "a picture");
  const kept = first.type === "VP8X" ? extended(chunks, first.payload) : pictureIn(chunks.slice(0, 1));
  const out = Buffer.concat([bytes.subarray(0, 12), ...kept.map(write)]);
  out.writeUInt32LE(out.length - 8, 4);
  return out;
};
