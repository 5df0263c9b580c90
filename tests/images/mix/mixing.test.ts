import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solidImage } from "../../../src/images/image.ts";
import { boxOf, cutmix } from "../../../src/images/mix/cutmix.ts";
import { mixup } from "../../../src/images/mix/mixup.ts";
import { beta, seeded } from "../../../src/random.ts";

const black = solidImage(40, 20, [0, 0, 0]);
const white = solidImage(40, 20, [255, 255, 255]);

describe("CutMix, 40 wide and 20 high", () => {
  it("cuts a box whose sides go with width and height: √(1 - 0.75) = 0.5 gives 20 x 10", () => {
    expect(boxOf(40, 20, { lambda: 0.75, x: 0.5, y: 0.5 })).toEqual({ left: 10, top: 5, right: 30, bottom: 15 });
    expect(cutmix.apply(black, white, { lambda: 0.75, x: 0.5, y: 0.5 }).lambda).toBe(0.75);
  });

  it("corrects the weights by what the border cuts off: in the corner 10 x 5 of 800 pixels remain", () => {
    const { image, lambda, box } = cutmix.apply(black, white, { lambda: 0.75, x: 0, y: 0 });
    expect(box).toEqual({ left: 0, top: 0, right: 10, bottom: 5 });
    expect(lambda).toBe(1 - 50 / 800);
    expect(image.data.filter((it) => it === 255)).toHaveLength(50 * 3);
    expect(image.data[(4 * 40 + 9) * 3]).toBe(255);
    expect(image.data[(5 * 40 + 9) * 3]).toBe(0);
    expect(image.data[(4 * 40 + 10) * 3]).toBe(0);
  });

  it("rounds as the authors do: λ = 0.6 gives int(40 · 0.632) = 25, half 12, and int(20 · 0.632) = 12, half 6", () => {
    expect(boxOf(40, 20, { lambda: 0.6, x: 0.9, y: 0.5 })).toEqual({ left: 24, top: 4, right: 40, bottom: 16 });
    expect(cutmix.apply(black, white, { lambda: 0.6, x: 0.9, y: 0.5 }).lambda).toBeCloseTo(1 - (16 * 12) / 800, 12);
  });

  it("always weighs what can be counted in the picture", () => {
    const shares = fc.double({ min: 0, max: 0.999999, noNaN: true });
    fc.assert(
      fc.property(
        shares,
        shares,
        shares,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        (lambda, x, y, width, height) => {
          const mixed = cutmix.apply(solidImage(width, height, [0, 0, 0]), solidImage(width, height, [255, 255, 255]), {
            lambda,
            x,
            y,
          });
          const share = mixed.image.data.filter((it) => it === 255).length / mixed.image.data.length;
          expect(mixed.lambda).toBeCloseTo(1 - share, 12);
        },
      ),
    );
  });

  it("wants pictures of one size", () => {
    expect(() => cutmix.apply(black, solidImage(20, 40, [0, 0, 0]), { lambda: 0.5, x: 0, y: 0 })).toThrow(/one size/);
  });
});

describe("MixUp", () => {
  it("weighs every value: 0.25 · 0 + 0.75 · 255 = 191.25", () => {
    const { image, lambda } = mixup.apply(black, white, { lambda: 0.25, x: 0, y: 0 });
    expect(new Set(image.data)).toEqual(new Set([191]));
    expect(lambda).toBe(0.25);
  });

  it("is a at λ = 1 and b at λ = 0, and leaves both alone", () => {
    expect(mixup.apply(black, white, { lambda: 1, x: 0, y: 0 }).image.data).toEqual(black.data);
    expect(mixup.apply(black, white, { lambda: 0, x: 0, y: 0 }).image.data).toEqual(white.data);
    expect(new Set(black.data)).toEqual(new Set([0]));
  });
});

describe("Beta(alpha, alpha)", () => {
  const moments = (alpha: number) => {
    const rng = seeded(3);
    const drawn = Array.from({ length: 20000 }, () => beta(rng, alpha));
    const mean = drawn.reduce((a, b) => a + b) / drawn.length;
    return { mean, variance: drawn.reduce((sum, it) => sum + (it - mean) ** 2, 0) / drawn.length, drawn };
  };

  it.each([0.1, 0.4, 1, 2, 10])("has mean 1/2 and variance 1 / (8 alpha + 4) at alpha %d", (alpha) => {
    const { mean, variance, drawn } = moments(alpha);
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.015);
    expect(variance / (1 / (8 * alpha + 4))).toBeCloseTo(1, 1);
    expect(drawn.every((it) => it >= 0 && it <= 1)).toBe(true);
  });

  it("is even at alpha 1", () => {
    const { drawn } = moments(1);
    for (let tenth = 0; tenth < 10; tenth++)
      expect(Math.abs(drawn.filter((it) => Math.floor(it * 10) === tenth).length / drawn.length - 0.1)).toBeLessThan(0.01);
  });
});
