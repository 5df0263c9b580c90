import type { BatchAugmentation } from "../data/augmentedPicture.ts";
import type { Recipe } from "../learn/fit.ts";
import type { Family, Network } from "../nets/net.ts";
import type { PresetName } from "./presets.ts";

/** Peak learning rates of SGD at batch 128 that suit short runs of each family; see docs/LOG.md. */
const learningRates: Readonly<Record<Family, number>> = {
  alexnet: 0.04,
  vgg: 0.2,
  googlenet: 0.2,
  resnet: 0.3,
  densenet: 0.2,
  senet: 0.3,
  efficientnet: 0.2,
  airbench: 0.3,
};

/** Images a step: fewer where there are few steps to take. */
export const batchSizes: Readonly<Record<PresetName, number>> = { taste: 32, lesson: 64, proper: 128 };

/** What runs do to their pictures unless they study just that: mirrored, so that a teacher's outputs can be looked up. */
export const plainAugmentation: BatchAugmentation = { flip: "random" };

/** Strong augmentation for students and FixMatch: RandAugment, small shifts, mirroring, and a hole (Sohn et al. 2020). */
export const strongAugmentation: BatchAugmentation = {
  policy: "rand-m10-n2-inc1-p0.5",
  crop: { pad: 3, edge: "reflect" },
  flip: "random",
  cutout: 12,
};

/** How a network is trained in so many steps where a run says nothing of it: SGD with a triangular learning rate, and its average. */
export const trainingFor = (
  net: Pick<Network, "family">,
  { steps, batch, learningRate }: { steps: number; batch: number; learningRate?: number },
): Omit<Recipe, "seed"> => {
  // Goyal et al. 2017: a batch of half the size takes half the learning rate.
  const peak = learningRate ?? (learningRates[net.family ?? "resnet"] * batch) / 128;
  return {
    steps,
    optimiser: { kind: "sgd", momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
    schedule: { kind: "triangle", learningRate: peak, peak: 0.2, start: 0.1, end: 0.01 },
    average: { kind: "ema", emaDecay: 0.99 },
    ...(net.family === "alexnet" && { gradientClip: 2 }), // without batch norm an early step can be far too long
  };
};
