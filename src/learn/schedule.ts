/** How the learning rate changes over a run. Rates are for the whole schedule's peak `rate`; `warmup` and `peak` are shares of the run. */
export type Schedule =
  /** Half a cosine down to nothing (Loshchilov & Hutter 2016), after a linear warm-up. */
  | { kind: "cosine"; rate: number; warmup?: number }
  /** Linear up to the peak and linear down again: from `start` to `end`, both as shares of `rate` (Smith 2018). */
  | { kind: "triangle"; rate: number; peak: number; start?: number; end?: number }
  /** Divided by `factor` at each of `at`, shares of the run; the ResNet paper: 10 at a half and three quarters. */
  | { kind: "steps"; rate: number; at: readonly number[]; factor?: number; warmup?: number }
  | { kind: "constant"; rate: number; warmup?: number }
  /** Multiplied by the same factor every step, from `from` up to `rate`: to find out which rates are good. */
  | { kind: "rising"; rate: number; from: number };

/** Linear from nothing over the warm-up; its first step is one share of it, never zero. */
const warm = (step: number, steps: number, warmup = 0): number => Math.min(1, (step + 1) / (warmup * steps || 1));

/** The learning rate of step 0 … steps - 1. */
export const rateAt = (schedule: Schedule, step: number, steps: number): number => {
  const { rate } = schedule;
  const done = step / steps;
  switch (schedule.kind) {
    case "constant":
      return rate * warm(step, steps, schedule.warmup);
    case "rising":
      return schedule.from * (rate / schedule.from) ** (step / Math.max(1, steps - 1));
    case "cosine": {
      const { warmup = 0 } = schedule;
      const after = Math.max(0, (done - warmup) / (1 - warmup));
      return rate * warm(step, steps, warmup) * 0.5 * (1 + Math.cos(Math.PI * after));
    }
    case "steps": {
      const { at, factor = 10, warmup } = schedule;
      return (rate * warm(step, steps, warmup)) / factor ** at.filter((it) => done >= it).length;
    }
    case "triangle": {
      const { peak, start = 0, end = 0 } = schedule;
      const share = done < peak ? start + (1 - start) * (done / peak) : 1 + (end - 1) * ((done - peak) / (1 - peak));
      return rate * share;
    }
  }
};
