import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FileRef } from "../src/files.ts";
import { mina, openTestBot, type TestBot } from "./helpers/bot.ts";
import { landscape } from "./helpers/pictures.ts";

/** Whatever peers send: the whole way through upload, queue and a real worker child. */
let lab: TestBot;
beforeAll(async () => {
  lab = await openTestBot(undefined, { PEERLAB_MAX_IMAGE_MB: "5" });
});
afterAll(() => lab.erase());

const upload = async (bytes: Uint8Array | Promise<Uint8Array>, name = "photo.jpg"): Promise<FileRef> =>
  lab.bot.upload(mina, await bytes, name);
const plain = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: { r: 200, g: 60, b: 30, alpha: 0.5 } }, limitInputPixels: false });
const cut = async () => (await landscape()).subarray(0, 9000);
const bomb = () => plain(10_500, 10_000).png({ compressionLevel: 9 }).toBuffer();

describe("gets one clear sentence, and the next job works", () => {
  it.each([
    ["a text that calls itself a photo", () => Buffer.from("hello, I am a cat"), /photo|picture|image/i],
    ["a JPEG cut short", cut, /cut|damaged|broken|read/i],
    ["nothing at all", () => Buffer.alloc(0), /empty|0 bytes/i],
    ["a 105-megapixel bomb in a small file", bomb, /105.*50|megapixel/i],
    ["an SVG", () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), /svg|photo/i],
  ])("%s", async (_, bytes, sentence) => {
    const { status, reply } = await lab.ask("/augment op:flip", [await upload(bytes())]);
    expect([status, reply?.text]).toEqual(["mistake", expect.stringMatching(sentence)]);
    expect(reply?.text.split("\n")).toHaveLength(1);
    expect((await lab.ask("/augment op:flip", [await upload(landscape())])).status).toBe("done");
  });

  it("a photo over the size limit, before it is stored", async () => {
    const big = plain(2000, 2000).raw().toBuffer();
    const bmp = Buffer.concat([await landscape(), await big]);
    await expect(upload(bmp)).rejects.toThrow(/12\.\d MB and the limit is 5 MB/);
  });
});

describe("is just a photo", () => {
  it.each([
    ["CMYK", () => plain(300, 200).toColourspace("cmyk").jpeg().toBuffer()],
    ["16 bits a channel", () => plain(300, 200).toColourspace("rgb16").png().toBuffer()],
    ["greyscale", () => plain(300, 200).greyscale().jpeg().toBuffer()],
    ["see-through", () => plain(300, 200, 4).png().toBuffer()],
    ["a single pixel", () => plain(1, 1).png().toBuffer()],
    ["10000 by 3", () => plain(10_000, 3).png().toBuffer()],
    ["WebP", () => plain(300, 200).webp().toBuffer()],
    ["AVIF", () => plain(300, 200).avif({ effort: 0 }).toBuffer()],
    ["TIFF", () => plain(300, 200).tiff().toBuffer()],
  ])("%s", async (_, bytes) => {
    const { status, reply } = await lab.ask("/augment op:rotate n:2", [await upload(bytes())]);
    expect([status, reply?.text]).toEqual(["done", expect.any(String)]);
    const sheet = await sharp(await lab.read(reply?.pictures?.[0]?.blob ?? "")).metadata();
    expect(sheet.width).toBeGreaterThan(600);
  });

  it("that moves: its first frame is used, and the reply says so", async () => {
    const frames = Buffer.concat([Buffer.alloc(300 * 200 * 3, 20), Buffer.alloc(300 * 200 * 3, 220)]);
    const gif = sharp(frames, { raw: { width: 300, height: 400, channels: 3, pageHeight: 200 } })
      .gif()
      .toBuffer();
    const { status, reply } = await lab.ask("/augment op:flip", [await upload(gif, "wave.gif")]);
    expect([status, reply?.text]).toEqual(["done", expect.stringContaining("first frame")]);
  });
});

it("what is stored of a phone's photo tells which way is up, and no longer where it was taken", async () => {
  const exif = { IFD0: { Make: "Phone" }, IFD3: { GPSLatitude: "37/1 33/1 0/1", GPSLatitudeRef: "N" } };
  const photo = await sharp(await landscape())
    .withExif(exif)
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  expect(photo.includes(Buffer.from([0x88, 0x25])) || photo.includes(Buffer.from([0x25, 0x88]))).toBe(true);
  const stored = await lab.read((await upload(photo)).blob, mina);
  const about = await sharp(stored).metadata();
  expect(about.orientation).toBe(6);
  expect(about.exif?.includes(Buffer.from([0x88, 0x25])) || about.exif?.includes(Buffer.from([0x25, 0x88]))).toBe(false);
  const pixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer();
  expect((await pixels(stored)).equals(await pixels(photo))).toBe(true);
});
