import { describe, expect, it } from "vitest";
import { normalise } from "../../src/images/normalise.ts";
import { preprocess } from "../../src/inference/preprocess.ts";
import { presets } from "../../src/models/preprocessing.ts";

/** A picture whose red grows to the right and green downwards, in steps of their position. */
const ramp = (width: number, height: number) => {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set([(x * 255) / width, (y * 255) / height, 7], (y * width + x) * 3);
  return { width, height, data };
};

describe("normalising", () => {
  const rgb = Uint8Array.of(255, 0, 51, 0, 102, 204);

  it("is (x / scale - mean) / std for each channel", () => {
    const [red, , , , blue] = normalise(rgb, presets.torchvision, "NCHW");
    expect(red).toBeCloseTo((1 - 0.485) / 0.229, 5);
    expect(blue).toBeCloseTo((0.2 - 0.406) / 0.225, 5);
  });

  it("puts channels apart or together, as the layout says", () => {
    const plain = { ...presets.caffe, order: "RGB", mean: [0, 0, 0] } as const;
    expect([...normalise(rgb, { ...plain, mean: [0, 0, 0], std: [1, 1, 1] }, "NCHW")]).toEqual([255, 0, 0, 102, 51, 204]);
    expect([...normalise(rgb, { ...plain, mean: [0, 0, 0], std: [1, 1, 1] }, "NHWC")]).toEqual([255, 0, 51, 0, 102, 204]);
  });

  it("gives Caffe blue first, minus its mean", () => {
    const caffe = {
      ...presets.caffe,
      mean: [104, 117, 123] as [number, number, number],
      std: [1, 1, 1] as [number, number, number],
    };
    expect([...normalise(rgb, caffe, "NCHW")]).toEqual([51 - 104, 204 - 104, 0 - 117, 102 - 117, 255 - 123, 0 - 123]);
  });
});

describe("what a model sees", () => {
  it("is the middle of the shorter side's square: 224 of 256 lines of a landscape", async () => {
    const { input, seen } = await preprocess(ramp(800, 400), { ...presets.torchvision, mean: [0, 0, 0], std: [1, 1, 1] }, "NCHW");
    expect(input).toHaveLength(3 * 224 * 224);
    expect(seen.width).toBeCloseTo(224 / 512, 5);
    expect(seen.height).toBeCloseTo(224 / 256, 5);
    expect(seen.left).toBeCloseTo(144 / 512, 5);
    expect(input[0]).toBeCloseTo(seen.left, 1); // red tells where in the picture a pixel was
    expect(input[223]).toBeCloseTo(seen.left + seen.width, 1);
    expect(input[224 * 224]).toBeCloseTo(seen.top, 1);
  });

  it("is nearly everything when squashed", async () => {
    const { seen } = await preprocess(ramp(300, 900), { ...presets.caffe, mean: [104, 117, 123], std: [1, 1, 1] }, "NCHW");
    expect(seen).toEqual({ left: 0.0625, top: 0.0625, width: 0.875, height: 0.875 });
  });

  it.each([
    [1, 1],
    [10_000, 3],
    [2, 5000],
  ])("works on %i x %i", async (width, height) => {
    const { input, seen } = await preprocess(
      ramp(width, height),
      { ...presets.torchvision, mean: [0, 0, 0], std: [1, 1, 1] },
      "NHWC",
    );
    expect(input).toHaveLength(3 * 224 * 224);
    expect(input.every(Number.isFinite)).toBe(true);
    expect(seen.left + seen.width).toBeLessThanOrEqual(1);
  });
});
