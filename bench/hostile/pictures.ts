import sharp from "sharp";
import { seeded } from "../../src/random.ts";
import { mutate } from "../../tests/helpers/mutate.ts";
import { secretPhotos, tells } from "../../tests/helpers/secretPhotos.ts";
import type { Target } from "./target.ts";
import type { Attack } from "./verdict.ts";

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#c84" }, limitInputPixels: false });

/** A file whose header claims a size that its data does not have. */
const claims = (width: number, height: number): Buffer => {
  const header = Buffer.from("GIF89a....\0\0\0\x2c\0\0\0\0........\0\x02\x02\x44\x01\0;", "latin1");
  for (const at of [6, 18]) {
    header.writeUInt16LE(width, at);
    header.writeUInt16LE(height, at + 2);
  }
  return header;
};

/** Pictures that are huge when opened, or not pictures at all. */
const others: Readonly<Record<string, () => Promise<Buffer> | Buffer>> = {
  "a bomb of 105 megapixels": () => plain(10_500, 10_000).png({ compressionLevel: 9 }).toBuffer(),
  "a bomb as WebP": () => plain(16_000, 16_000).webp({ lossless: true, effort: 0 }).toBuffer(),
  "a strip of 65500 x 1": () => plain(65_500, 1).jpeg().toBuffer(),
  "a GIF that claims 65535 x 65535": () => claims(65_535, 65_535),
  "a GIF that claims 0 x 0": () => claims(0, 0),
  "a TIFF whose directory is itself": () =>
    Buffer.from("II*\0\x08\0\0\0\x01\0\x4a\x01\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0", "latin1"),
  "an SVG": () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/etc/passwd"/></svg>'),
  "an SVG that grows": () => Buffer.from(`<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "${"&a;".repeat(99)}">]><svg>&b;</svg>`),
  "a PDF": () => Buffer.from("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj"),
  "an HTML page": () => Buffer.from("<html><script>alert(1)</script>"),
  "a ZIP": () => Buffer.from("PK\x03\x04".padEnd(100, "\0"), "latin1"),
  "an MP4": () => Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "latin1"),
  nothing: () => Buffer.alloc(0),
  "one byte": () => Buffer.from([0xff]),
  zeros: () => Buffer.alloc(5000),
  "a BMP": () => Buffer.concat([Buffer.from("BM"), Buffer.alloc(100)]),
  "26 MB of JPEG": () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(26e6)]),
};
const names = [
  "photo.jpg",
  "a\0b.jpg",
  "../../x.png",
  "한국어 사진.webp",
  "x".repeat(500),
  ".",
  "CON",
  "a.onnx",
  "\ud800.gif",
  "",
];
const inputs = ["/augment op:flip n:1", "/augment op:flip n:1", "/augment op:flip n:1", "/classify", "/label class:x", "/cutmix"];

/** Mutated photos of every format, and now and then a bomb or something that is not a picture. */
export const picturesAttack = async (target: Target): Promise<Attack> => {
  const photos = Object.entries(secretPhotos);
  const bytes = await Promise.all(photos.map(([, make]) => make()));
  const nested = bytes.slice(0, 3);
  const made = new Map<string, Promise<Buffer>>();
  return async (seed) => {
    const rng = seeded(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(rng() * list.length)] as T;
    const i = Math.floor(rng() * photos.length);
    const special = rng() < 0.05 ? pick(Object.keys(others)) : undefined;
    if (special && !made.has(special)) made.set(special, Promise.resolve((others[special] as () => Buffer)()));
    const file = special ? await (made.get(special) as Promise<Buffer>) : mutate(bytes[i] as Buffer, nested, seed);
    const [name, input] = [rng() < 0.1 ? pick(names) : "photo.jpg", pick(inputs)];
    let secret = false;
    const checked = await target.check(
      `${input} with ${special ?? `a mutated ${photos[i]?.[0]}`}, named ${JSON.stringify(name).slice(0, 30)}`,
      async (visitor) => {
        const kept = await visitor.upload(file, name);
        secret = /^image\/(jpeg|png|webp|gif|tiff|avif)$/.test(kept.type) && tells(await visitor.read(kept.blob));
        return { input, files: input === "/cutmix" ? [kept, kept] : [kept] };
      },
    );
    return { ...checked, secret };
  };
};
