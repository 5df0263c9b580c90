import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { type Sheet, sheet, tileSize } from "../../src/draw/sheet.ts";
import { encodeJpeg } from "../../src/images/encode.ts";
import { type Image, solidImage } from "../../src/images/image.ts";
import { seeded } from "../../src/random.ts";

const colourAt = ({ data, width }: Image, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];
const red = [200, 30, 30] as const;
const heading = { title: "rotate", subtitle: "strength 0.5 · seed 1" };
/** Whether the middle of the first tile is red at this height. */
const isRed = (page: Image, y: number) => colourAt(page, 32 + 160, y)[0] === 200;
const tilesOf = (count: number, image: Image) => Array.from({ length: count }, (_, i) => ({ image, caption: `tile ${i}` }));
const count = (image: Image, [r, g, b]: readonly [number, number, number]) => {
  let found = 0;
  for (let i = 0; i < image.data.length; i += 3)
    if (image.data[i] === r && image.data[i + 1] === g && image.data[i + 2] === b) found++;
  return found;
};

describe("a sheet", () => {
  it("is as wide as a phone's screen and has three tiles to a row", () => {
    const tile = solidImage(tileSize.width, 200, red);
    const [one, three, four] = [1, 3, 4].map((it) => sheet(heading, tilesOf(it, tile))) as [Sheet, Sheet, Sheet];
    expect([one.width, three.width]).toEqual([1080, 1080]);
    expect(three.height).toBe(one.height);
    expect(four.height).toBeGreaterThan(three.height + 200);
  });

  it("says where its photos lie: each tile's picture, round where it fills its cell", () => {
    const [whole, low] = [solidImage(tileSize.width, 200, red), solidImage(tileSize.width, 100, red)];
    const { photos, regions } = sheet(heading, [...tilesOf(2, whole), { image: low, caption: "low" }]);
    expect(photos.map(({ left, top, width, height }) => [left, top, width, height])).toEqual(
      regions.map(({ left, top, width, height }) => [left, top, width, height]),
    );
    expect(photos.map((it) => it.radius)).toEqual([12, 12, undefined]);
  });

  it("shows every pixel of a tile once, but for its rounded corners", () => {
    const tile = solidImage(tileSize.width, 200, red);
    const shown = count(sheet(heading, tilesOf(4, tile)), red);
    expect(shown).toBeLessThanOrEqual(4 * tile.width * tile.height);
    expect(shown).toBeGreaterThan(4 * (tile.width * tile.height - 200));
  });

  it("never distorts: thumbnails grow by whole pixels, strips and columns stand in the middle", () => {
    const dot = sheet(heading, tilesOf(1, solidImage(1, 1, red)));
    expect(Math.abs(count(dot, red) / tileSize.width ** 2 - 1)).toBeLessThan(0.01);
    const small = sheet(heading, tilesOf(1, solidImage(100, 50, red)));
    expect(Math.abs(count(small, red) / (300 * 150) - 1)).toBeLessThan(0.02);
    expect(count(sheet(heading, tilesOf(1, solidImage(tileSize.width, 1, red))), red)).toBe(tileSize.width);
    const column = sheet(heading, tilesOf(1, solidImage(2, tileSize.height, red)));
    expect(count(column, red)).toBe(2 * tileSize.height);
    expect(colourAt(column, 40, Math.floor(column.height / 2))).toEqual([240, 242, 246]);
  });

  it("makes room for long captions instead of cutting them off", () => {
    const tile = solidImage(tileSize.width, 200, red);
    const short = sheet(heading, [{ image: tile, caption: "one" }]);
    const long = sheet(heading, [{ image: tile, caption: "one\ntwo\nthree" }]);
    expect(long.height - short.height).toBe(68);
  });

  it("draws Korean as letters: two captions give two pictures, each with ink where its caption stands", () => {
    const tile = solidImage(tileSize.width, 200, red);
    const sheets = ["회전 27°", "대비 27°", " "].map((caption) => sheet(heading, [{ image: tile, caption }]));
    const [a, b, empty] = sheets.map(({ data }) => data.filter((value) => value < 100).length) as [number, number, number];
    expect(Buffer.compare(sheets[0]?.data ?? Buffer.alloc(0), sheets[1]?.data ?? Buffer.alloc(0))).not.toBe(0);
    for (const ink of [a, b]) expect(ink - empty).toBeGreaterThan(500);
  });

  it("is the same bytes every time, below 1.5 MB even when it is nothing but noise", async () => {
    const rng = seeded(1);
    const noise = {
      width: tileSize.width,
      height: 300,
      data: Uint8Array.from({ length: tileSize.width * 900 }, () => rng() * 256),
    };
    const page = sheet(heading, tilesOf(12, noise));
    const bytes = await encodeJpeg(page);
    expect(bytes.length).toBeLessThan(1_500_000);
    expect((await encodeJpeg(sheet(heading, tilesOf(12, noise)))).equals(bytes)).toBe(true);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "jpeg", width: 1080, height: page.height });
  });

  it.each([
    ["English", "translate horizontally by −15%, brightness ×1.23, incomprehensibilities of antidisestablishmentarianism"],
    ["Korean", "가로이동가로이동가로이동가로이동가로이동가로이동, 밝기 ×1.23, 아주 긴 설명이 여러 줄로 이어지는 경우"],
  ])("keeps long %s text off the margins and out of the space between tiles", (_, text) => {
    const tile = solidImage(tileSize.width, 200, red);
    const tiles = Array.from({ length: 5 }, () => ({ image: tile, caption: text }));
    const page = sheet({ title: text, subtitle: text, hint: text }, tiles);
    const isPaper = (x: number, y: number) => colourAt(page, x, y).every((value) => value === 255);
    const columnsOf = (xs: readonly number[], from: number, to: number) =>
      xs.flatMap((x) => Array.from({ length: to - from }, (_, i) => isPaper(x, from + i)));
    const margins = [0, 31, page.width - 31, page.width - 1];
    expect(columnsOf(margins, 0, page.height)).not.toContain(false);
    for (const y of [0, 20, page.height - 6, page.height - 1])
      expect(Array.from({ length: page.width }, (_, x) => isPaper(x, y))).not.toContain(false);
    // The first row of captions begins where the pictures end; between the columns there are 20 pixels.
    const captions =
      Array.from({ length: page.height }, (_, y) => y).find((y) => y > 0 && isRed(page, y - 1) && !isRed(page, y)) ?? 0;
    const between = [32 + tileSize.width + 10, 32 + 2 * tileSize.width + 30];
    expect(captions).toBeGreaterThan(200);
    expect(columnsOf(between, captions, captions + 60)).not.toContain(false);
  });
});
