import { describe, expect, it } from "vitest";
import { averageUpdateAt } from "../../src/learn/average.ts";
import { learningRateAt, type Schedule } from "../../src/learn/schedule.ts";

const over = (schedule: Schedule, steps: number) =>
  Array.from({ length: steps }, (_, step) => learningRateAt(schedule, step, steps));

describe("learning rates over a run of ten steps", () => {
  it("follows half a cosine from the peak to almost nothing", () => {
    const rates = over({ kind: "cosine", learningRate: 2 }, 10);
    expect(rates[0]).toBe(2);
    expect(rates[5]).toBeCloseTo(1, 12);
    expect(rates[9]).toBeCloseTo(1 + Math.cos(0.9 * Math.PI), 12); // 0.0489
  });

  it("warms up first where asked: a fifth of the run is two steps, then the cosine begins at its peak", () => {
    const rates = over({ kind: "cosine", learningRate: 1, warmupShare: 0.2 }, 10);
    expect(rates.slice(0, 3)).toEqual([0.5, 1, 1]);
    expect(rates[6]).toBeCloseTo(0.5, 12);
  });

  it("rises and falls in straight lines", () => {
    expect(over({ kind: "triangle", learningRate: 1, peak: 0.5, start: 0.2, end: 0.1 }, 10)).toEqual(
      [0.2, 0.36, 0.52, 0.68, 0.84, 1, 0.82, 0.64, 0.46, 0.28].map((it) => expect.closeTo(it, 12)),
    );
  });

  it("divides by ten at a half and at three quarters, as the ResNet paper does", () => {
    const rates = over({ kind: "steps", learningRate: 0.1, at: [0.5, 0.75] }, 8);
    expect(rates).toEqual([0.1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001].map((it) => expect.closeTo(it, 12)));
  });

  it("never asks for nothing or for more than the peak", () => {
    const schedules: Schedule[] = [
      { kind: "constant", learningRate: 0.3, warmupShare: 0.1 },
      { kind: "cosine", learningRate: 0.3, warmupShare: 0.05 },
      { kind: "triangle", learningRate: 0.3, peak: 0.23, start: 0.2, end: 0.07 },
      { kind: "steps", learningRate: 0.3, at: [0.3], warmupShare: 0.5 },
    ];
    for (const schedule of schedules)
      for (const steps of [1, 2, 7, 1000])
        for (const rate of over(schedule, steps)) {
          expect(rate).toBeGreaterThan(0);
          expect(rate).toBeLessThanOrEqual(0.3);
        }
  });
});

describe("averages of the weights", () => {
  it("forgets the first steps of an exponential average quickly", () => {
    expect(averageUpdateAt({ kind: "ema", emaDecay: 0.999 }, 0, 100)).toEqual({ emaDecay: 0.1, sync: 0 });
    expect(averageUpdateAt({ kind: "ema", emaDecay: 0.5 }, 90, 100)).toEqual({ emaDecay: 0.5, sync: 0 });
  });

  it("looks ahead every fifth step, ever more slowly, and ends on the slow weights", () => {
    const pulls = Array.from({ length: 12 }, (_, step) => averageUpdateAt({ kind: "lookahead", every: 5 }, step, 12));
    expect(pulls.map((it) => it.sync)).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1]);
    expect(pulls[4]?.emaDecay).toBeCloseTo(0.95 ** 5 * (5 / 12) ** 3, 12);
    expect(pulls[11]).toEqual({ emaDecay: 1, sync: 1 });
  });
});
