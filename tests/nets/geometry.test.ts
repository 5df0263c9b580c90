import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Padding } from "../../src/nets/builder.ts";
import { slide } from "../../src/nets/geometry.ts";

describe("sliding a window", () => {
  it.each([
    ["3 of 32, same", 32, { kernel: 3, stride: 1, padding: "same" }, { before: 1, after: 1, out: 32 }],
    [
      "3 by 2 of 32, same: the odd pixel at the end",
      32,
      { kernel: 3, stride: 2, padding: "same" },
      { before: 0, after: 1, out: 16 },
    ],
    ["3 by 2 of 32, as PyTorch", 32, { kernel: 3, stride: 2, padding: 1 }, { before: 1, after: 1, out: 16 }],
    ["7 by 2 of 224 (ResNet)", 224, { kernel: 7, stride: 2, padding: 3 }, { before: 3, after: 3, out: 112 }],
    ["11 by 4 of 224 (AlexNet)", 224, { kernel: 11, stride: 4, padding: 2 }, { before: 2, after: 2, out: 55 }],
    [
      "3 by 2 of 112, rounded up (GoogLeNet)",
      112,
      { kernel: 3, stride: 2, padding: "valid", ceil: true },
      { before: 0, after: 1, out: 56 },
    ],
    ["2 by 2 of 31", 31, { kernel: 2, stride: 2, padding: "valid" }, { before: 0, after: 0, out: 15 }],
    ["1 by 2 of 16, same: every second pixel", 16, { kernel: 1, stride: 2, padding: "same" }, { before: 0, after: 0, out: 8 }],
  ] as const)("%s", (_, side, window, expected) => {
    expect(slide(side, window)).toEqual(expected);
  });

  it("never stops where the window would see padding alone", () => {
    // PyTorch's rule for rounding up: of 4 pixels padded by 1, windows of 2 by 3 begin at -1 and 2, not at 5.
    expect(slide(4, { kernel: 2, stride: 3, padding: 1, ceil: true })).toEqual({ before: 1, after: 1, out: 2 });
  });

  it("covers what it says: the last window ends where the padding ends, or before", () => {
    const padding = fc.constantFrom<Padding>("same", "valid", 0, 1, 2, 3);
    fc.assert(
      fc.property(
        fc.record({
          side: fc.integer({ min: 7, max: 300 }),
          kernel: fc.integer({ min: 1, max: 7 }),
          padding,
          ceil: fc.boolean(),
        }),
        fc.integer({ min: 1, max: 4 }),
        ({ side, ...window }, stride) => {
          const { before, after, out } = slide(side, { ...window, stride });
          const [padded, end] = [before + side + after, (out - 1) * stride + window.kernel];
          expect(end).toBeLessThanOrEqual(padded);
          expect(padded - end).toBeLessThan(stride + (typeof window.padding === "number" ? window.padding : 0));
        },
      ),
    );
  });

  it("says so when a window does not fit", () => {
    expect(() => slide(2, { kernel: 5, stride: 1, padding: 1 })).toThrow(/window of 5 does not fit into 2/);
  });
});
