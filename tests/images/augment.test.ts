import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { augmentations } from "../../src/images/augment/index.ts";
import { type AugmentationName, augmentationNames } from "../../src/images/augment/names.ts";
import type { Image } from "../../src/images/image.ts";
import { seeded } from "../../src/random.ts";

const pictureOf = (width: number, height: number, seed: number): Image => {
  const rng = seeded(seed);
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, () => Math.floor(rng() * 256)) };
};

const pictures = fc
  .record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 24 }), seed: fc.nat() })
  .map(({ width, height, seed }) => pictureOf(width, height, seed));
const strengths = fc.double({ min: 0, max: 1, noNaN: true });
const twoStrengths = fc.tuple(strengths, strengths).map(([a, b]) => (a < b ? [a, b] : [b, a]) as [number, number]);
const distance = (a: Image, b: Image) => a.data.reduce((sum, it, i) => sum + Math.abs(it - (b.data[i] as number)), 0);

/** Those whose every single value moves further away as the strength rises. What moves pixels about is judged by its parameters. */
const photometric = [
  "brightness",
  "contrast",
  "color",
  "sharpness",
  "posterize",
  "solarize",
  "equalize",
  "autocontrast",
  "invert",
  "noise",
  "cutout",
  "grayscale",
] as const satisfies readonly AugmentationName[];

describe.each(augmentationNames)("augmentation %s", (name) => {
  const { about, draw, apply, caption, effect } = augmentations[name];

  it("is the identity at strength 0, on any shape", () => {
    fc.assert(
      fc.property(pictures, fc.nat(), (picture, seed) => {
        const params = draw(seeded(seed), 0);
        expect(effect(params)).toBe(0);
        expect(apply(picture, params).data).toEqual(picture.data);
      }),
    );
  });

  it("never has less effect at a higher strength", () => {
    fc.assert(
      fc.property(fc.nat(), twoStrengths, (seed, [weak, strong]) => {
        const [less, more] = [draw(seeded(seed), weak), draw(seeded(seed), strong)];
        expect(effect(more)).toBeGreaterThanOrEqual(effect(less) - 1e-12);
      }),
      { numRuns: 500 },
    );
  });

  it("shows something at full strength", () => {
    const { width, height, data } = pictureOf(64, 48, 1);
    const picture = { width, height, data: data.map((it) => 40 + it / 2) };
    expect(distance(picture, apply(picture, draw(seeded(1), 1)))).toBeGreaterThan(0);
  });

  it("keeps the size, leaves its input alone, and repeats itself from the parameters", () => {
    fc.assert(
      fc.property(pictures, fc.nat(), strengths, (picture, seed, strength) => {
        const before = Uint8Array.from(picture.data);
        const params = draw(seeded(seed), strength);
        const once = apply(picture, params);
        expect([once.width, once.height, once.data.length]).toEqual([picture.width, picture.height, picture.data.length]);
        expect(picture.data).toEqual(before);
        expect(apply(picture, JSON.parse(JSON.stringify(params))).data).toEqual(once.data);
        expect(draw(seeded(seed), strength)).toEqual(params);
      }),
    );
  });

  it("says in both languages what was drawn", () => {
    const params = draw(seeded(3), 0.7);
    for (const text of [caption(params), about]) {
      expect(text.en).toMatch(/\w/);
      expect(text.ko).toMatch(/[가-힣]/);
      expect(`${text.en}${text.ko}`).not.toMatch(/NaN|undefined/);
    }
  });
});

describe.each(photometric)("augmentation %s", (name) => {
  const { draw, apply } = augmentations[name];

  it("moves no pixel back at a higher strength", () => {
    fc.assert(
      fc.property(pictures, fc.nat(), twoStrengths, (picture, seed, [weak, strong]) => {
        const [less, more] = [weak, strong].map((it) => distance(picture, apply(picture, draw(seeded(seed), it)))) as [
          number,
          number,
        ];
        expect(more).toBeGreaterThanOrEqual(less);
      }),
    );
  });
});
