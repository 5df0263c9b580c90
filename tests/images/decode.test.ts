import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { decode } from "../../src/images/decode.ts";
import type { Image } from "../../src/images/image.ts";

const within = { width: 64, height: 64 };
const open = async (bytes: Uint8Array) => (await decode(bytes, within)).image;
const pixel = ({ data, width }: Image, x: number, y: number) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
const codeOf = async (bytes: Uint8Array) =>
  decode(bytes, within).then(
    () => "opened",
    (error) => (error instanceof UserError ? error.mistake.code : error),
  );

/** 40 x 20: left half red, right half blue. */
const halves = () =>
  sharp({ create: { width: 40, height: 20, channels: 3, background: "#ff0000" } }).composite([
    { input: { create: { width: 20, height: 20, channels: 3, background: "#0000ff" } }, left: 20, top: 0 },
  ]);
const flat = (background: string, channels: 3 | 4 = 3) => sharp({ create: { width: 8, height: 6, channels, background } });

describe("decoding", () => {
  it("turns a picture upright by its EXIF orientation", async () => {
    const image = await open(
      await halves().withMetadata({ orientation: 6 }).jpeg({ quality: 100, chromaSubsampling: "4:4:4" }).toBuffer(),
    );
    expect([image.width, image.height]).toEqual([20, 40]);
    expect(pixel(image, 10, 2)[0]).toBeGreaterThan(240);
    expect(pixel(image, 10, 37)[2]).toBeGreaterThan(240);
  });

  it("lays alpha on white", async () => {
    expect(pixel(await open(await flat("rgba(255,0,0,0)", 4).png().toBuffer()), 0, 0)).toEqual([255, 255, 255]);
    expect(pixel(await open(await flat("rgba(0,0,0,0.5)", 4).webp({ lossless: true }).toBuffer()), 0, 0)[0]).toBeCloseTo(127, -1);
  });

  it("opens greyscale, 16 bits and CMYK as eight-bit RGB", async () => {
    const grey = await open(await flat("#808080").toColourspace("b-w").png().toBuffer());
    expect(pixel(grey, 3, 3)).toEqual([128, 128, 128]);
    expect(grey.data).toHaveLength(8 * 6 * 3);
    const deep = await sharp(
      Uint16Array.from({ length: 8 * 6 * 3 }, (_, i) => [65535, 32896, 0][i % 3] as number),
      { raw: { width: 8, height: 6, channels: 3 } },
    )
      .toColourspace("rgb16")
      .png()
      .toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe("ushort");
    expect(pixel(await open(deep), 1, 1)).toEqual([255, 128, 0]);
    const deepAlpha = await sharp(
      Uint16Array.from({ length: 8 * 6 * 4 }, () => 0),
      { raw: { width: 8, height: 6, channels: 4 } },
    )
      .toColourspace("rgb16")
      .png()
      .toBuffer();
    expect(pixel(await open(deepAlpha), 1, 1)).toEqual([255, 255, 255]);
    const cmyk = await flat("#ff0000").toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe("cmyk");
    const [red = 0, green = 255] = pixel(await open(cmyk), 4, 3);
    expect(red).toBeGreaterThan(200);
    expect(green).toBeLessThan(80);
  });

  it("converts a wide colour profile to sRGB", async () => {
    const [red, green] = pixel(await open(await flat("#cc3311").withIccProfile("p3").png().toBuffer()), 2, 2);
    expect(red).toBeCloseTo(0xcc, -1);
    expect(green).toBeCloseTo(0x33, -1);
  });

  it("takes the first frame of what moves, and says so", async () => {
    const frames = Uint8Array.from({ length: 2 * 8 * 6 * 3 }, (_, i) => (i < 8 * 6 * 3 ? 255 : 0));
    for (const format of ["gif", "webp"] as const) {
      const bytes = await sharp(frames, { raw: { width: 8, height: 12, channels: 3, pageHeight: 6 } })
        [format]({ loop: 0 })
        .toBuffer();
      const { image, firstFrame } = await decode(bytes, within);
      expect([image.width, image.height, firstFrame]).toEqual([8, 6, true]);
      expect(pixel(image, 4, 3)[0]).toBeGreaterThan(250);
    }
    expect((await decode(await flat("#fff").png().toBuffer(), within)).firstFrame).toBe(false);
  });

  it("opens 1x1 and 10000x3 without distorting or enlarging them", async () => {
    const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: "#123456" } })
      .png()
      .toBuffer();
    expect(await open(dot)).toEqual({ width: 1, height: 1, data: expect.objectContaining({ 0: 0x12, 1: 0x34, 2: 0x56 }) });
    const strip = await sharp({ create: { width: 10000, height: 3, channels: 3, background: "#123456" } })
      .png()
      .toBuffer();
    const image = await open(strip);
    expect([image.width, image.height]).toEqual([64, 1]);
    expect(pixel(image, 30, 0)).toEqual([0x12, 0x34, 0x56]);
  });

  it("fits, fills or enlarges as it is asked", async () => {
    const bytes = await halves().png().toBuffer();
    const size = async (how: Parameters<typeof decode>[1]) => {
      const { image, original } = await decode(bytes, how);
      expect(original).toEqual({ width: 40, height: 20 });
      expect(image.data).toHaveLength(image.width * image.height * 3);
      return [image.width, image.height];
    };
    expect(await size({ width: 20, height: 20 })).toEqual([20, 10]);
    expect(await size({ width: 60, height: 60 })).toEqual([40, 20]);
    expect(await size({ width: 60, height: 60, enlarge: 2 })).toEqual([60, 30]);
    expect(await size({ width: 100, height: 100, enlarge: 2 })).toEqual([40, 20]);
    expect(await size({ width: 10, height: 10, cover: true })).toEqual([10, 10]);
  });
});

describe("what cannot be opened gets its sentence", () => {
  it("no bytes, and no picture", async () => {
    expect(await codeOf(new Uint8Array())).toBe("empty_file");
    expect(await codeOf(Buffer.from("hello, I am a text"))).toBe("not_a_photo");
    expect(await codeOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'))).toBe("not_a_photo");
    expect(await codeOf(Buffer.from("%PDF-1.4 ..."))).toBe("not_a_photo");
    await expect(open(Buffer.from("<svg/>"))).rejects.toThrow("That is a file of type SVG, which I cannot open.");
    const heic = await readFile(new URL("../fixtures/photo.heic", import.meta.url));
    await expect(open(heic)).rejects.toThrow("That is a HEIC photo, a format that I cannot open.");
  });

  it("cut short or damaged, in every format", async () => {
    const noise = sharp(
      Uint8Array.from({ length: 200 * 100 * 3 }, (_, i) => (i * i * 31) % 256),
      { raw: { width: 200, height: 100, channels: 3 } },
    );
    for (const format of ["jpeg", "png", "webp", "gif", "tiff", "avif"] as const) {
      const bytes = await noise.clone().toFormat(format).toBuffer();
      expect(await codeOf(bytes), format).toBe("opened");
      expect(await codeOf(bytes.subarray(0, bytes.length / 2)), `half a ${format}`).toBe("unreadable_image");
      expect(await codeOf(bytes.subarray(0, 20)), `the start of a ${format}`).toBe("unreadable_image");
    }
  });

  it("a bomb of 100 megapixels, before any pixel is read", async () => {
    const small = await flat("#fff").png().toBuffer();
    const bomb = Buffer.from(small);
    bomb.writeUInt32BE(10000, 16);
    bomb.writeUInt32BE(10000, 20);
    const { crc32 } = await import("node:zlib");
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    await expect(decode(bomb, within)).rejects.toMatchObject({
      mistake: { code: "too_many_pixels", facts: { gotMp: 100, maxMp: 50 } },
    });
  });
});
