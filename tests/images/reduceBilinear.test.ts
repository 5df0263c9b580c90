import { expect, it } from "vitest";
import { reduceBilinear } from "../../src/images/reduceBilinear.ts";

/** A picture of one row, grey. */
const row = (...values: number[]) => ({
  width: values.length,
  height: 1,
  data: Uint8Array.from(values.flatMap((it) => [it, it, it])),
});
const greys = ({ data }: { data: Uint8Array }) => [...data].filter((_, i) => i % 3 === 0);

it("weighs with a triangle as wide as two of the pixels that are made", () => {
  // Of four to two: pixels 0.5, 0.5 and 1.5 away from the first one's middle weigh 3, 3 and 1 of 7.
  expect(greys(reduceBilinear(row(0, 70, 140, 210), { left: 0, top: 0, width: 4, height: 1 }, { width: 2, height: 1 }))).toEqual([
    50, 160,
  ]);
  expect(greys(reduceBilinear(row(10, 30), { left: 0, top: 0, width: 2, height: 1 }, { width: 1, height: 1 }))).toEqual([20]);
});

it("sees nothing outside of what is cut out", () => {
  const cut = reduceBilinear(row(255, 10, 30, 255), { left: 1, top: 0, width: 2, height: 1 }, { width: 1, height: 1 });
  expect(greys(cut)).toEqual([20]);
  expect(greys(reduceBilinear(row(255, 10, 30, 255), { left: 1, top: 0, width: 2, height: 1 }, { width: 2, height: 1 }))).toEqual(
    [10, 30],
  );
});
