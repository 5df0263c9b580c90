import { type Fit, type Recipe, fit as train } from "./fit.ts";

export interface RatePoint {
  rate: number;
  /** Smoothed, so that one unlucky batch is not mistaken for a bad rate. */
  loss: number;
}

export interface RateSearch {
  points: readonly RatePoint[];
  /** A rate to train with. */
  suggestion: number;
}

/** The share of the running loss that a step keeps; its bias towards the zero it starts from is divided out. */
const SMOOTHING = 0.95;

/** Above this multiple of the best loss seen, training has come apart and higher rates are not worth a step. */
const APART = 4;

/**
 * A third to a half into the longest stretch over which the loss falls: fast, and well before it turns. Points in between that
 * are higher do not break a stretch. (fastai's "valley", its default since 2021.)
 */
export const valley = (points: readonly RatePoint[]): number => {
  /** For each point: how many points the longest fall that ends there has, and where it comes from. */
  const falls = points.map(() => ({ length: 1, from: -1 }));
  points.forEach(({ loss }, i) => {
    for (let j = 0; j < i; j++) {
      const [here, there] = [falls[i], falls[j]] as [{ length: number; from: number }, { length: number }];
      if (loss < (points[j] as RatePoint).loss && there.length + 1 > here.length)
        Object.assign(here, { length: there.length + 1, from: j });
    }
  });
  const end = falls.reduce((best, it, i) => (it.length > (falls[best]?.length ?? 0) ? i : best), 0);
  let start = end;
  for (let at = end; at >= 0; at = falls[at]?.from ?? -1) start = at;
  return (points[start + Math.floor((end - start) / 2)] as RatePoint).rate;
};

/**
 * Trains for a short while with a learning rate that rises from nothing to far too much, and sees where the loss falls (Smith 2015).
 * The weights it comes to are of no use. Takes about `steps` steps, fewer when training comes apart before.
 */
export const findRate = async (
  it: Omit<Fit, "recipe" | "checkpoint">,
  recipe: Pick<Recipe, "seed" | "optimiser" | "clip" | "normRate">,
  { steps = 100, from = 1e-5, to = 10 }: { steps?: number; from?: number; to?: number } = {},
): Promise<RateSearch> => {
  const points: RatePoint[] = [];
  let [running, best] = [0, Number.POSITIVE_INFINITY];
  try {
    for await (const { step, rate, loss } of train({
      ...it,
      recipe: { ...recipe, steps, schedule: { kind: "rising", rate: to, from } },
    })) {
      running = running * SMOOTHING + loss * (1 - SMOOTHING);
      const smoothed = running / (1 - SMOOTHING ** step);
      best = Math.min(best, smoothed);
      if (smoothed > APART * best) break;
      points.push({ rate, loss: smoothed });
    }
  } catch (error) {
    it.signal?.throwIfAborted();
    if (points.length === 0) throw error; // not a rate too high, which is what we are here for
  }
  return { points, suggestion: valley(points) };
};
