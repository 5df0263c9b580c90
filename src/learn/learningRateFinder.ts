import { Diverged, type FitOptions, fit, type Recipe } from "./fit.ts";

export interface LearningRatePoint {
  learningRate: number;
  /** Smoothed, so that one unlucky batch is not mistaken for a bad learning rate. */
  loss: number;
}

/** The loss at every learning rate tried, lowest first. */
export interface LearningRateCurve {
  points: readonly LearningRatePoint[];
  /** A learning rate to train with. */
  suggestion: number;
}

/** The share of the running loss that a step keeps; its bias towards the zero it starts from is divided out. */
const LOSS_DECAY = 0.95;

/** The first steps, as a share of all, are left out of the suggestion: their running loss is the mean of too few. */
const WARMUP_SHARE = 0.1;

/** Above this multiple of the best loss seen, training has diverged, and higher learning rates are not worth a step. */
const DIVERGED = 4;

/**
 * fastai's "valley", its default since 2021 (fastai/callback/schedule.py): the middle of the longest stretch over which the loss
 * falls, which is fast and well before the loss turns. Points in between that are higher do not break a stretch, and it has as many
 * points as those that fall, counted back from its end: so a long wavering at the beginning does not pull its middle towards it.
 */
export const valley = (points: readonly LearningRatePoint[]): number => {
  /** For each point, how many points the longest fall that ends there has. */
  const lengths: number[] = [];
  for (const { loss } of points)
    lengths.push(1 + Math.max(0, ...lengths.filter((_, before) => loss < (points[before] as LearningRatePoint).loss)));
  const longest = Math.max(...lengths);
  const end = lengths.indexOf(longest);
  const start = Math.max(0, end - longest);
  const third = (end - start) / 3;
  return (points[start + Math.floor(third) + Math.floor(third / 2)] as LearningRatePoint).learningRate;
};

/**
 * The learning rate range test (Smith 2015): trains briefly with a learning rate that rises from far too small to far too large, and sees
 * where the loss falls. The weights are of no use afterwards. Takes about `steps` steps, fewer when training diverges earlier.
 */
export const learningRateFinder = async (
  options: Omit<FitOptions, "recipe" | "resume">,
  recipe: Pick<Recipe, "seed" | "optimiser" | "gradientClip" | "normLearningRateFactor">,
  { steps = 100, from = 1e-5, to = 10 }: { steps?: number; from?: number; to?: number } = {},
): Promise<LearningRateCurve> => {
  const points: LearningRatePoint[] = [];
  let [running, best] = [0, Number.POSITIVE_INFINITY];
  try {
    for await (const { step, learningRate, loss } of fit({
      ...options,
      recipe: { ...recipe, steps, schedule: { kind: "exponential", learningRate: to, from } },
    })) {
      running = running * LOSS_DECAY + loss * (1 - LOSS_DECAY);
      const smoothed = running / (1 - LOSS_DECAY ** step);
      best = Math.min(best, smoothed);
      if (smoothed > DIVERGED * best) break;
      points.push({ learningRate, loss: smoothed });
    }
  } catch (error) {
    // A learning rate that is too high is what is looked for.
    if (!(error instanceof Diverged) || points.length === 0) throw error;
  }
  return { points, suggestion: valley(points.slice(Math.floor(points.length * WARMUP_SHARE))) };
};
