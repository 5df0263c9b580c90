import { describe, expect, it } from "vitest";
import { showIn, testViewNames, testViews } from "../../src/inference/testViews.ts";
import { noisePictures } from "../helpers/noisePictures.ts";

/** A square RGB picture whose channels all have these numbers. */
const grey = (...rows: readonly number[][]) => Uint8Array.from(rows.flat().flatMap((it) => [it, it, it]));

describe("the views of a test picture", () => {
  const picture = grey([1, 2, 3], [4, 5, 6], [7, 8, 9]);

  it("are, of nine pixels, what one gets by hand", () => {
    // Padded by a mirrored pixel: 5 4 5 6 5 | 2 1 2 3 2 | 5 4 5 6 5 | 8 7 8 9 8 | 5 4 5 6 5.
    expect(testViews.six.map((view) => showIn(picture, 3, view))).toEqual([
      picture,
      grey([3, 2, 1], [6, 5, 4], [9, 8, 7]),
      grey([5, 4, 5], [2, 1, 2], [5, 4, 5]),
      grey([5, 4, 5], [2, 1, 2], [5, 4, 5]),
      grey([5, 6, 5], [8, 9, 8], [5, 6, 5]),
      grey([5, 6, 5], [8, 9, 8], [5, 6, 5]),
    ]);
    // Of sixteen, the window moved down and right is mirrored after it was moved.
    const larger = grey([1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, 16]);
    const moved = grey([7, 8, 7, 6], [11, 12, 11, 10], [15, 16, 15, 14], [11, 12, 11, 10]);
    expect(showIn(larger, 4, { shift: 1, mirror: true })).toEqual(moved);
  });

  it("mirrored twice are the picture again, each of several by itself", () => {
    const { pixels } = noisePictures(4, 8, 3);
    const mirror = (of: Uint8Array) => showIn(of, 8, { shift: 0, mirror: true });
    expect(mirror(pixels)).not.toEqual(pixels);
    expect(mirror(mirror(pixels))).toEqual(pixels);
    expect(mirror(pixels).subarray(192, 384)).toEqual(mirror(pixels.slice(192, 384)));
  });

  it.each(testViewNames)("begin with the picture as it is and count 1 together (%s)", (name) => {
    const [first, ...others] = testViews[name];
    expect(first).toMatchObject({ shift: 0, mirror: false });
    expect([first, ...others].reduce((sum, { weight }) => sum + weight, 0)).toBe(1);
  });
});
