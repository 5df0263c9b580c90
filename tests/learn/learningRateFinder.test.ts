import { describe, expect, it } from "vitest";
import { learningRateFinder, valley } from "../../src/learn/learningRateFinder.ts";
import { findNet } from "../../src/nets/index.ts";
import type { Net } from "../../src/nets/net.ts";
import { noise } from "../helpers/training.ts";

describe("finding a learning rate", () => {
  it("suggests the middle of the longest fall, over a bump in it", () => {
    const losses = [2.3, 2.31, 2.3, 2.2, 2.25, 2.0, 1.8, 1.6, 1.9, 3, 8];
    const points = losses.map((loss, i) => ({ loss, learningRate: 10 ** (i - 6) }));
    expect(valley(points)).toBeCloseTo(1e-2, 12); // the fall goes from the second point (2.31) to the eighth (1.6)
  });

  it("is not drawn to a long wavering before the fall", () => {
    const wavering = Array.from({ length: 40 }, (_, i) => 2.4 + (i % 2) * 0.01);
    const falling = Array.from({ length: 20 }, (_, i) => 2.3 - i * 0.05);
    const points = [...wavering, ...falling].map((loss, learningRate) => ({ loss, learningRate }));
    // 22 points fall (2.41, 2.40, then the twenty), so the stretch is taken from 59 - 22 to 59, and its middle is 37 + 7 + 3.
    expect(valley(points)).toBe(47);
  });

  it("finds for a real network one that is neither too small nor too large, the same every time", async () => {
    const search = () =>
      learningRateFinder(
        { net: findNet("resnet8") as Net, classes: 10, task: { kind: "supervised" }, source: noise(16, 32) },
        { seed: 2, optimiser: { kind: "sgd", momentum: 0.9 } },
        { steps: 60, from: 1e-5, to: 100 },
      );
    const found = await search();
    expect(found.suggestion).toBeGreaterThan(1e-4);
    expect(found.suggestion).toBeLessThan(3);
    expect(found.points.length).toBeLessThan(61);
    expect(await search()).toEqual(found);
  });
});
