import { expect, it } from "vitest";
import { ratesPlot } from "../../src/draw/rates.ts";

const losses = [2.3, 2.31, 2.3, 2.2, 2.25, 2.0, 1.8, 1.6, 1.9, 3, 8];
const points = losses.map((loss, i) => ({ loss, learningRate: 10 ** (i - 6) }));

it("draws the search for a learning rate: the curve in blue, the suggestion in orange, both where they belong", () => {
  const { width, height, data } = ratesPlot({ points, suggestion: 1e-2 }, "ko");
  expect([width, height]).toEqual([1280, 800]);
  const columnsOf = ([r, g, b]: readonly [number, number, number]) => {
    const columns: number[] = [];
    for (let i = 0; i < data.length; i += 3)
      if (data[i] === r && data[i + 1] === g && data[i + 2] === b) columns.push((i / 3) % width);
    return columns;
  };
  const [blue, orange] = [columnsOf([0x3b, 0x5b, 0xdb]), columnsOf([0xe8, 0x59, 0x0c])];
  // Rates go from 1e-6 at 144 px to 1e4 at 1224 px, in equal ratios; 1e-2 is four tenths of the way.
  expect(Math.min(...blue)).toBeLessThan(150);
  // Between 1e2 (1008 px) and 1e3 (1116 px) the loss leaves through the top.
  expect(Math.max(...blue)).toBeGreaterThan(1008);
  expect(Math.max(...blue)).toBeLessThan(1116);
  expect(orange.filter((it) => Math.abs(it - 576) <= 14).length).toBeGreaterThan(500);
});
