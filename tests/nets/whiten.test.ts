import { describe, expect, it } from "vitest";
import { airbench94 } from "../../src/nets/airbench.ts";
import { listParameters } from "../../src/nets/backends/describe.ts";
import { eigenOf } from "../../src/nets/eigen.ts";
import { normal, seeded } from "../../src/random.ts";

describe("eigenvalues", () => {
  it("of a matrix worked out by hand", () => {
    // [[2, 1], [1, 2]] stretches (1, 1) by 3 and (1, -1) by 1.
    const [first, second] = eigenOf([
      [2, 1],
      [1, 2],
    ]);
    expect(first?.value).toBeCloseTo(3, 12);
    expect([...(first?.vector ?? [])]).toEqual([expect.closeTo(Math.SQRT1_2, 12), expect.closeTo(Math.SQRT1_2, 12)]);
    expect(second?.value).toBeCloseTo(1, 12);
    expect([...(second?.vector ?? [])]).toEqual([expect.closeTo(Math.SQRT1_2, 12), expect.closeTo(-Math.SQRT1_2, 12)]);
  });

  it("of a diagonal one are its entries, largest first", () => {
    const diagonal = [3, 7, 0, 5].map((it, i) => [0, 0, 0, 0].map((_, j) => (i === j ? it : 0)));
    expect(eigenOf(diagonal).map((it) => it.value)).toEqual([7, 5, 3, 0]);
  });

  it("put a random symmetric matrix together again", () => {
    const rng = seeded(5);
    const half = Array.from({ length: 12 }, () => Array.from({ length: 12 }, () => normal(rng)));
    const matrix = half.map((row, i) => row.map((it, j) => it + (half[j]?.[i] as number)));
    const found = eigenOf(matrix);
    for (let i = 0; i < 12; i++)
      for (let j = 0; j < 12; j++) {
        const again = found.reduce((sum, { value, vector }) => sum + value * (vector[i] as number) * (vector[j] as number), 0);
        expect(again).toBeCloseTo(matrix[i]?.[j] as number, 10);
      }
  });
});

describe("the whitening layer of airbench94", () => {
  // Smooth grey-ish noise, as photographs are: neighbours and colours agree, more or less.
  const [count, size] = [40, 16];
  const rng = seeded(9);
  const data = Float32Array.from({ length: count * size * size * 3 });
  for (let i = 0; i < data.length; i++) data[i] = 0.7 * (data[i - 3] ?? 0) + 0.25 * (data[i - 1] ?? 0) + 0.4 * normal(rng);
  const kernel = airbench94.begin?.({ count, size, data }).get("whiten/kernel");

  it("has the shape that the network wants, and is never trained", () => {
    const wanted = listParameters(airbench94).find((it) => it.name === "whiten/kernel");
    expect(kernel?.shape).toEqual(wanted?.shape);
    expect(wanted?.trained).toBe(false);
  });

  it("makes the twelve outputs uncorrelated, with a mean square of 1, and negates them for the other twelve", () => {
    const sums = Array.from({ length: 24 }, () => new Float64Array(24));
    let patches = 0;
    for (let n = 0; n < count; n++)
      for (let y = 0; y + 1 < size; y++)
        for (let x = 0; x + 1 < size; x++, patches++) {
          const patch = [0, 1].flatMap((dy) => [...data.subarray(((n * size + y + dy) * size + x) * 3).subarray(0, 6)]);
          const out = Array.from({ length: 24 }, (_, f) =>
            patch.reduce((sum, it, i) => sum + it * (kernel?.data[i * 24 + f] as number), 0),
          );
          for (let f = 0; f < 24; f++)
            for (let g = 0; g < 24; g++)
              (sums[f] as Float64Array)[g] = (sums[f]?.[g] as number) + (out[f] as number) * (out[g] as number);
        }
    for (let f = 0; f < 24; f++)
      for (let g = 0; g < 24; g++) {
        const wanted = f === g ? 1 : Math.abs(f - g) === 12 ? -1 : 0;
        expect((sums[f]?.[g] as number) / patches).toBeCloseTo(wanted, 1);
      }
  });
});
