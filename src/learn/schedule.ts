/**
 * How the learning rate changes over a run: plain data, part of a recipe. `learningRate` is the peak; `warmupShare`, `peak` and `at` are
 * shares of the run, 0..1.
 */
export type Schedule =
  /** Half a cosine down to nothing (Loshchilov & Hutter 2016), after a linear warm-up. */
  | { kind: "cosine"; learningRate: number; warmupShare?: number }
  /** Linear up to the peak and linear down again: from `start` to `end`, both as shares of `learningRate` (Smith 2018). */
  | { kind: "triangle"; learningRate: number; peak: number; start?: number; end?: number }
  /** Divided by `factor` at each of `at`; the ResNet paper: 10 at a half and three quarters. */
  | { kind: "steps"; learningRate: number; at: readonly number[]; factor?: number; warmupShare?: number }
  | { kind: "constant"; learningRate: number; warmupShare?: number }
  /** Multiplied by the same factor every step, from `from` up to `learningRate`: for the learning rate finder. */
  | { kind: "exponential"; learningRate: number; from: number };

/** Linear from nothing over the warm-up; its first step is one share of the peak, never zero. */
const warmup = (step: number, steps: number, share = 0): number => Math.min(1, (step + 1) / (share * steps || 1));

/** The learning rate of step 0 … steps - 1. */
export const learningRateAt = (schedule: Schedule, step: number, steps: number): number => {
  const { learningRate } = schedule;
  const done = step / steps;
  switch (schedule.kind) {
    case "constant":
      return learningRate * warmup(step, steps, schedule.warmupShare);
    case "exponential":
      return schedule.from * (learningRate / schedule.from) ** (step / Math.max(1, steps - 1));
    case "cosine": {
      const { warmupShare = 0 } = schedule;
      const after = Math.max(0, (done - warmupShare) / (1 - warmupShare));
      return learningRate * warmup(step, steps, warmupShare) * 0.5 * (1 + Math.cos(Math.PI * after));
    }
    case "steps": {
      const { at, factor = 10, warmupShare } = schedule;
      return (learningRate * warmup(step, steps, warmupShare)) / factor ** at.filter((it) => done >= it).length;
    }
    case "triangle": {
      const { peak, start = 0, end = 0 } = schedule;
      const share = done < peak ? start + (1 - start) * (done / peak) : 1 + (end - 1) * ((done - peak) / (1 - peak));
      return learningRate * share;
    }
  }
};
