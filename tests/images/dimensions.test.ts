import sharp from "sharp";
import { expect, it } from "vitest";
import { dimensionsOf } from "../../src/images/dimensions.ts";

const made = (format: "jpeg" | "png" | "gif" | "webp", options = {}) =>
  sharp({ create: { width: 301, height: 17, channels: 3, background: "#a41" } })
    .toFormat(format, options)
    .toBuffer();
const size = { width: 301, height: 17 };

it.each([
  ["jpeg", {}],
  ["jpeg", { progressive: true }],
  ["png", {}],
  ["gif", {}],
  ["webp", {}],
  ["webp", { lossless: true }],
] as const)("is read from the header of a %s %o", async (format, options) => {
  expect(dimensionsOf(await made(format, options))).toEqual(size);
});

it("is that of the upright picture, also of a WebP with transparency", async () => {
  const turned = await sharp(await made("jpeg"))
    .withMetadata({ orientation: 8 })
    .jpeg()
    .toBuffer();
  expect(dimensionsOf(turned)).toEqual({ width: 17, height: 301 });
  const clear = await sharp(await made("png"))
    .ensureAlpha(0.5)
    .webp()
    .toBuffer();
  expect(dimensionsOf(clear)).toEqual(size);
});

it("is nothing for what does not say it, and never throws", async () => {
  expect(dimensionsOf(Buffer.from("no picture"))).toBeUndefined();
  for (const format of ["jpeg", "png", "gif", "webp"] as const) {
    const whole = await made(format);
    for (let length = 0; length < Math.min(whole.length, 60); length++) {
      const found = dimensionsOf(whole.subarray(0, length));
      if (found) expect(Math.min(found.width, found.height)).toBeGreaterThan(0);
    }
  }
});
