import type { ModelRecipe } from "./recipe.ts";

/** What suits most small networks in few epochs: a triangular learning rate, Nesterov momentum, label smoothing, an average. */
const quick = ({
  learningRate,
  batch = 128,
  ...rest
}: Partial<ModelRecipe> & { net: string; epochs: number; learningRate: number }): ModelRecipe => ({
  dataset: "cifar10",
  batch,
  seed: 1,
  labelSmoothing: 0.1,
  augment: { crop: { pad: 3, edge: "reflect" }, flip: "alternating" },
  training: {
    optimiser: { kind: "sgd", momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
    schedule: { kind: "triangle", learningRate, peak: 0.2, start: 0.1, end: 0.01 },
    average: { kind: "ema", emaDecay: 0.99 },
  },
  ...rest,
});

/** Jordan 2024, "94 % on CIFAR-10 in 3.29 seconds": its rates are per 1024 pictures summed, ours per picture averaged. */
const airbench94 = (labelSmoothing: number): ModelRecipe => ({
  net: "airbench94",
  dataset: "cifar10",
  epochs: 14,
  batch: 1024,
  seed: 1,
  labelSmoothing,
  augment: { crop: { pad: 2, edge: "reflect" }, flip: "alternating" },
  training: {
    optimiser: { kind: "sgd", momentum: 0.85, nesterov: true, weightDecay: 0.00133 },
    schedule: { kind: "triangle", learningRate: 1.5, peak: 0.23, start: 0.2, end: 0.07 },
    average: { kind: "lookahead", every: 5 },
    normLearningRateFactor: 64,
  },
  testViews: "six",
});

/** The models that ship, by their names. `npm run train -- --recipe resnet20.cifar10` makes one again. */
export const recipes: Readonly<Record<string, ModelRecipe>> = {
  "resnet8.cifar10": quick({ net: "resnet8", epochs: 20, learningRate: 0.4, labelSmoothing: 0.05 }),
  "alexnet-mini.cifar10": quick({
    net: "alexnet-mini",
    epochs: 10,
    learningRate: 0.04,
    labelSmoothing: 0.05,
    training: {
      optimiser: { kind: "sgd", momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
      schedule: { kind: "triangle", learningRate: 0.04, peak: 0.25, start: 0.1, end: 0.01 },
      average: { kind: "ema", emaDecay: 0.99 },
      gradientClip: 2, // without batch norm an early step can be far too long
    },
  }),
  "vgg-mini.cifar10": quick({
    net: "vgg-mini",
    epochs: 20,
    batch: 256,
    learningRate: 0.35,
    training: {
      optimiser: { kind: "sgd", momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
      schedule: { kind: "triangle", learningRate: 0.35, peak: 0.25, start: 0.1, end: 0.01 },
    },
  }),
  "resnet20.cifar10": quick({ net: "resnet20", epochs: 22, learningRate: 0.4, labelSmoothing: 0.05 }),
  "googlenet-mini.cifar10": quick({ net: "googlenet-mini", epochs: 14, learningRate: 0.3 }),
  "se-resnet20.cifar10": quick({ net: "se-resnet20", epochs: 22, learningRate: 0.4, labelSmoothing: 0.05 }),
  "densenet-mini.cifar10": quick({ net: "densenet-mini", epochs: 12, learningRate: 0.3 }),
  "efficientnet-mini.cifar10": quick({ net: "efficientnet-mini", epochs: 10, learningRate: 0.2 }),
  /** The teacher of the drawn data set; without label smoothing, which spoils teachers (Müller, Kornblith & Hinton 2019). */
  "resnet20.shapes": quick({ net: "resnet20", dataset: "shapes", epochs: 12, learningRate: 0.4, labelSmoothing: 0 }),
  "airbench94.cifar10": airbench94(0.2),
  /** What label smoothing takes from the outputs of a network is what a student would learn from (Müller et al. 2019). */
  "airbench94-unsmoothed.cifar10": { ...airbench94(0), role: "teacher" },
};
