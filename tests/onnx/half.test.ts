import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHalf, toHalf } from "../../src/onnx/half.ts";

const bits = (value: number) => toHalf(Float32Array.of(value))[0];

describe("half precision", () => {
  it.each([
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65519.996, 0x7bff],
    [65520, 0x7c00],
    [Number.NEGATIVE_INFINITY, 0xfc00],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000], // halfway to the smallest: ties go to even
    [1 / 3, 0x3555],
    [1 + 2 ** -11, 0x3c00], // halfway between 1 and the next: even is below
    [1 + 3 * 2 ** -11, 0x3c02], // halfway again: even is above
  ])("%d is written 0x%s", (value, expected) => {
    expect(bits(value)).toBe(expected);
  });

  it("keeps each of its own 63,488 finite numbers, and what is not a number", () => {
    const all = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const back = toHalf(fromHalf(all));
    for (let i = 0; i < 65536; i++)
      if ((i & 0x7fff) <= 0x7c00) expect(back[i]).toBe(i);
      else expect((back[i] as number) & 0x7fff).toBeGreaterThan(0x7c00);
  });

  it("is never off by more than a 2048th", () => {
    fc.assert(
      fc.property(fc.float({ min: -65000, max: 65000, noNaN: true }), (value) => {
        const [back] = fromHalf(toHalf(Float32Array.of(value)));
        expect(Math.abs((back as number) - value)).toBeLessThanOrEqual(Math.max(Math.abs(value) / 2048, 2 ** -25));
      }),
    );
  });
});
