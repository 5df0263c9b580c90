import { expect, it } from "vitest";
import { learningRateCurve } from "../../src/draw/learningRateCurve.ts";

const losses = [2.3, 2.31, 2.3, 2.2, 2.25, 2.0, 1.8, 1.6, 1.9, 3, 8];
const points = losses.map((loss, i) => ({ loss, learningRate: 10 ** (i - 6) }));

it("draws the search for a learning rate: the curve in blue, the suggestion in orange, both where they belong", () => {
  const { width, height, data } = learningRateCurve({ points, suggestion: 1e-2 }, "ko");
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

it("its line stands over the point that is suggested, also at a small rate", () => {
  const points = Array.from({ length: 40 }, (_, i) => ({ learningRate: 1e-4 * 1.25 ** i, loss: 2.3 - Math.sin(i / 14) }));
  const { width, height, data } = learningRateCurve({ points, suggestion: points[18]?.learningRate ?? 0 }, "en");
  /** The columns of a row in which the warning colour #e8590c stands. */
  const columnsIn = (y: number) =>
    Array.from({ length: width }, (_, x) => x).filter((x) => {
      const at = (y * width + x) * 3;
      return data[at] === 0xe8 && data[at + 1] === 0x59 && data[at + 2] === 0x0c;
    });
  const middleOf = (columns: readonly number[]) => ((columns[0] ?? 0) + (columns.at(-1) ?? 0)) / 2;
  const rows = Array.from({ length: height }, (_, y) => columnsIn(y));
  const dot = rows.reduce((widest, columns) => (columns.length > widest.length && columns.length < 32 ? columns : widest), []);
  const line = rows.findLast((columns) => columns.length > 0 && columns.length <= 6) ?? [];
  expect(dot.length).toBeGreaterThan(15);
  expect(Math.abs(middleOf(dot) - middleOf(line))).toBeLessThan(3);
});
