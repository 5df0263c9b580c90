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

/** The first so many of all steps are not looked at for a suggestion: their mean is of few losses yet. */
const UNSETTLED = 0.1;

/** Above this multiple of the best loss seen, training has come apart and higher rates are not worth a step. */
const APART = 4;

/**
 * fastai's "valley", its default since 2021 (fastai/callback/schedule.py): the middle of the longest stretch over which the loss
 * falls, which is fast and well before the loss turns. Points in between that are higher do not break a stretch, and it has as many
 * points as those that fall, counted back from its end: so a long wavering at the beginning does not pull its middle there.
 */
export const valley = (points: readonly RatePoint[]): number => {
  /** For each point, how many points the longest fall that ends there has. */
  const lengths: number[] = [];
  for (const { loss } of points)
    lengths.push(1 + Math.max(0, ...lengths.filter((_, before) => loss < (points[before] as RatePoint).loss)));
  const longest = Math.max(...lengths);
  const end = lengths.indexOf(longest);
  const start = Math.max(0, end - longest);
  const third = (end - start) / 3;
  return (points[start + Math.floor(third) + Math.floor(third / 2)] as RatePoint).rate;
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
  return { points, suggestion: valley(points.slice(Math.floor(points.length * UNSETTLED))) };
};
