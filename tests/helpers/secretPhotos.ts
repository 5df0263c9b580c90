import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";

/** What nobody may find in a stored picture. */
export const SECRET = "Seoul-Mapo-42";
/** What is left of it after a byte was changed is looked for too. */
const fragments = ["Seoul-", "-Mapo-", "apo-42"];
/** Whether any of it is still readable. */
export const tells = (bytes: Uint8Array): boolean => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return fragments.some((it) => text.includes(it));
};

const xmp = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSAreaInformation="${SECRET}"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
const [width, height] = [32, 20];
const pixels = (seed = 7919) => Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * seed) % 256);

/** Exif, with a thumbnail where the format has room for one, and XMP, as sharp writes them. */
const telling = (format: (it: Sharp) => Sharp): Promise<Buffer> =>
  format(
    sharp(pixels(), { raw: { width, height, channels: 3 } })
      .withExif({
        IFD0: { Artist: SECRET },
        IFD2: { UserComment: SECRET },
        IFD3: { GPSLatitudeRef: "N", GPSLatitude: "37/1 33/1 59/1" },
      })
      .withXmp(xmp)
      .withMetadata({ orientation: 6 }),
  ).toBuffer();

const latin = (text: string) => Buffer.from(text, "latin1");
const join = (...parts: (string | Uint8Array)[]) => Buffer.concat(parts.map((it) => (typeof it === "string" ? latin(it) : it)));
const be = (size: 2 | 4, value: number) => {
  const out = Buffer.alloc(size);
  out.writeUIntBE(value, 0, size);
  return out;
};
const le = (size: 2 | 4, value: number) => Buffer.from(be(size, value)).reverse();

const segment = (marker: number, payload: Buffer) => join(Uint8Array.of(0xff, marker), be(2, payload.length + 2), payload);
/** IPTC as Photoshop keeps it: resource 0x0404, in it a city (2:90). */
const iptc = join("\x1c\x02\x5a", be(2, SECRET.length), SECRET);
const photoshop = join("8BIM\x04\x04\0\0", be(4, iptc.length), iptc, iptc.length % 2 ? "\0" : "");
const thumbnail = join("JFXX\0\x13\x01\x05", SECRET, "..");

const jpeg = async (format: (it: Sharp) => Sharp): Promise<Buffer> => {
  const plain = await telling(format);
  const jfif = segment(0xe0, join("JFIF\0\x01\x02\0\0\x48\0\x48\x01\x05", SECRET, ".."));
  return join(
    plain.subarray(0, 2),
    jfif,
    segment(0xe0, thumbnail),
    segment(0xe2, join("ICC_PROFILE\0\x01\x01", SECRET)),
    segment(0xe2, join("MPF\0II*\0", SECRET)),
    segment(0xed, join("Photoshop 3.0\0", photoshop)),
    segment(0xfe, latin(SECRET)),
    plain.subarray(2),
    `\0\0\0\x18ftypmp42${SECRET}`,
  );
};

const chunk = (type: string, payload: Buffer) => {
  const body = join(type, payload);
  return join(be(4, payload.length), body, be(4, crc32(body)));
};
const png = async (): Promise<Buffer> => {
  const plain = await telling((it) => it.png());
  const beforeData = plain.indexOf("IDAT") - 4;
  return join(
    plain.subarray(0, 33),
    chunk("iCCP", join(SECRET, "\0\0", deflateSync(latin(`no profile ${SECRET}`)))),
    chunk("tEXt", join("Author\0", SECRET)),
    chunk("zTXt", join("Author\0\0", deflateSync(latin(SECRET)))),
    chunk("iTXt", join("Author\0\0\0\0\0", SECRET)),
    chunk("sPLT", join(SECRET, "\0\x08")),
    chunk("prVt", latin(SECRET)),
    chunk("pHYs", join(be(4, 2835), be(4, 2835), "\x01", SECRET)),
    plain.subarray(33, beforeData),
    plain.subarray(beforeData, -12),
    chunk("tEXt", join("Comment\0", SECRET)),
    plain.subarray(-12),
    SECRET,
  );
};

const riffChunk = (type: string, payload: Buffer) => join(type, le(4, payload.length), payload, payload.length % 2 ? "\0" : "");
const riff = (...chunks: Buffer[]) => {
  const body = join("WEBP", ...chunks);
  return join("RIFF", le(4, body.length), body);
};
const webp = async (format: (it: Sharp) => Sharp): Promise<Buffer> => {
  const plain = await telling(format);
  return join(riff(plain.subarray(12), riffChunk("note", latin(SECRET)), riffChunk("JUNK", latin(`${SECRET}..`))), SECRET);
};
/** Two frames, and notes inside the second one's container. */
const movingWebp = async (): Promise<Buffer> => {
  const moving = sharp(Buffer.concat([pixels(), pixels(31)]), {
    raw: { width, height: 2 * height, channels: 3, pageHeight: height },
  });
  const plain = await moving
    .withXmp(xmp)
    .webp({ loop: 0, delay: [100, 100] })
    .toBuffer();
  const last = plain.lastIndexOf("ANMF");
  const end = last + 8 + plain.readUInt32LE(last + 4);
  const frame = join(plain.subarray(last + 8, end), riffChunk("note", latin(SECRET)), riffChunk("EXIF", latin(SECRET)));
  return riff(plain.subarray(12, last), riffChunk("ANMF", frame), plain.subarray(end + (end % 2)));
};

const subBlock = (text: string) => join(Uint8Array.of(text.length), text);
const gif = async (): Promise<Buffer> => {
  const frames = sharp(Buffer.concat([pixels(), pixels(31)]), {
    raw: { width, height: 2 * height, channels: 3, pageHeight: height },
  });
  const plain = await frames.gif({ loop: 3, delay: [100, 100] }).toBuffer();
  const start = 13 + 3 * 2 ** (((plain[10] as number) & 7) + 1);
  const notes = join(
    ...["\x21\xfe", subBlock(SECRET), "\0"],
    ...["\x21\xff\x0bXMP DataXMP", subBlock(SECRET), "\0"],
    ...["\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0", subBlock(SECRET), "\0"],
    ...["\x21\x01", subBlock("............"), subBlock(SECRET), "\0"],
    ...["\x21\x77", subBlock(SECRET), "\0"],
  );
  return join(plain.subarray(0, start), notes, plain.subarray(start), SECRET);
};

/** Fields of a TIFF that tell: text fields and private ones, IPTC, Photoshop, a directory of Exif, of GPS, and one below. */
const tiff = async (format: (it: Sharp) => Sharp): Promise<Buffer> => {
  const plain = await telling(format);
  const directory = plain.readUInt32LE(4);
  const count = plain.readUInt16LE(directory);
  const own = Array.from({ length: count }, (_, i) => plain.subarray(directory + 2 + 12 * i, directory + 14 + 12 * i));
  const texts = [0x010d, 0x010e, 0x010f, 0x0110, 0x0131, 0x0132, 0x013b, 0x013c, 0x83bb, 0x8649, 0xc999, 0xea1c];
  const at = plain.length + (plain.length % 2);
  const exif = at + 16;
  const more = [
    ...texts.map((tag) => join(le(2, tag), le(2, tag === 0x83bb || tag === 0x8649 ? 7 : 2), le(4, SECRET.length + 1), le(4, at))),
    ...[0x8769, 0x8825, 0x014a].map((tag) => join(le(2, tag), le(2, 4), le(4, 1), le(4, exif))),
  ];
  const entries = [...own, ...more].sort((a, b) => a.readUInt16LE(0) - b.readUInt16LE(0));
  const below = join(le(2, 1), le(2, 0x9286), le(2, 7), le(4, SECRET.length), le(4, at), le(4, 0));
  const body = join(plain, "\0".repeat(at - plain.length), SECRET.padEnd(16, "\0"), below);
  const out = join(body, le(2, entries.length), ...entries, le(4, 0), SECRET);
  out.writeUInt32LE(body.length, 4);
  return out;
};

const box = (type: string, payload: Buffer) => join(be(4, payload.length + 8), type, payload);
/** Boxes at both ends and inside `meta`, names where nobody looks, and what lies between the items. */
const avif = async (): Promise<Buffer> => {
  const plain = await telling((it) => it.avif({ lossless: true, effort: 0 }));
  const meta = plain.indexOf("meta") - 4;
  const end = meta + plain.readUInt32BE(meta);
  const inside = join(box("free", latin(SECRET)), box("note", latin(SECRET)), box("uuid", latin(`${"u".repeat(16)}${SECRET}`)));
  const before = join(box("free", latin(SECRET)), box("uuid", latin(`${"u".repeat(16)}${SECRET}`)));
  const moved = Buffer.from(plain);
  moved.writeUInt32BE(end - meta + inside.length, meta);
  const places = plain.indexOf("iloc");
  // Version 0 with bases, offsets and lengths of 4 bytes and one extent an item: number, reference, base, extents, offset, length.
  for (let i = 0, at = places + 12; i < plain.readUInt16BE(places + 10); i++, at += 18) {
    const offset = at + 4;
    moved.writeUInt32BE(plain.readUInt32BE(offset) + before.length + inside.length, offset);
  }
  return join(
    moved.subarray(0, meta),
    before,
    moved.subarray(meta, end),
    inside,
    moved.subarray(end),
    box("udta", latin(SECRET)),
    box("skip", latin(SECRET)),
  );
};

/** A small photo of every format and flavour, with the secret in each place that a format has for metadata. */
export const secretPhotos: Readonly<Record<string, () => Promise<Buffer>>> = {
  jpeg: () => jpeg((it) => it.jpeg({ quality: 90 })),
  "progressive jpeg": () => jpeg((it) => it.jpeg({ progressive: true })),
  png,
  webp: () => webp((it) => it.webp({ quality: 80 })),
  "lossless webp": () => webp((it) => it.webp({ lossless: true })),
  "moving webp": movingWebp,
  gif,
  tiff: () => tiff((it) => it.tiff({ compression: "lzw" })),
  "jpeg in tiff": () => tiff((it) => it.tiff({ compression: "jpeg" })),
  avif,
};
