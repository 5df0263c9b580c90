import type { ModelRecipe } from "./recipe.ts";

/** What suits most small networks in few epochs: one triangle of learning rates, Nesterov momentum, smoothed labels, an average. */
const quick = ({
  rate,
  batch = 128,
  ...rest
}: Partial<ModelRecipe> & { net: string; epochs: number; rate: number }): ModelRecipe => ({
  dataset: "cifar10",
  batch,
  seed: 1,
  smoothing: 0.1,
  augment: { crop: { pad: 3, edge: "reflect" }, flip: "alternating" },
  training: {
    optimiser: { kind: "sgd", momentum: 0.9, nesterov: true, decay: 5e-4 },
    schedule: { kind: "triangle", rate, peak: 0.2, start: 0.1, end: 0.01 },
    average: { kind: "ema", keep: 0.99 },
  },
  ...rest,
});

/** The models that ship, by their names. `npm run train -- --recipe resnet20.cifar10` makes one again. */
export const recipes: Readonly<Record<string, ModelRecipe>> = {
  "resnet8.cifar10": quick({ net: "resnet8", epochs: 20, rate: 0.4, smoothing: 0.05 }),
  "alexnet-mini.cifar10": quick({
    net: "alexnet-mini",
    epochs: 10,
    rate: 0.04,
    smoothing: 0.05,
    training: {
      optimiser: { kind: "sgd", momentum: 0.9, nesterov: true, decay: 5e-4 },
      schedule: { kind: "triangle", rate: 0.04, peak: 0.25, start: 0.1, end: 0.01 },
      average: { kind: "ema", keep: 0.99 },
      clip: 2, // without batch norm an early step can be far too long
    },
  }),
  "vgg-mini.cifar10": quick({
    net: "vgg-mini",
    epochs: 20,
    batch: 256,
    rate: 0.35,
    training: {
      optimiser: { kind: "sgd", momentum: 0.9, nesterov: true, decay: 5e-4 },
      schedule: { kind: "triangle", rate: 0.35, peak: 0.25, start: 0.1, end: 0.01 },
    },
  }),
  "resnet20.cifar10": quick({ net: "resnet20", epochs: 22, rate: 0.4, smoothing: 0.05 }),
  "googlenet-mini.cifar10": quick({ net: "googlenet-mini", epochs: 14, rate: 0.3 }),
  "se-resnet20.cifar10": quick({ net: "se-resnet20", epochs: 22, rate: 0.4, smoothing: 0.05 }),
  "densenet-mini.cifar10": quick({ net: "densenet-mini", epochs: 12, rate: 0.3 }),
  "efficientnet-mini.cifar10": quick({ net: "efficientnet-mini", epochs: 10, rate: 0.2 }),
  /** Jordan 2024, "94 % on CIFAR-10 in 3.29 seconds": its rates are per 1024 pictures summed, ours per picture averaged. */
  "airbench94.cifar10": {
    net: "airbench94",
    dataset: "cifar10",
    epochs: 14,
    batch: 1024,
    seed: 1,
    smoothing: 0.2,
    augment: { crop: { pad: 2, edge: "reflect" }, flip: "alternating" },
    training: {
      optimiser: { kind: "sgd", momentum: 0.85, nesterov: true, decay: 0.00133 },
      schedule: { kind: "triangle", rate: 1.5, peak: 0.23, start: 0.2, end: 0.07 },
      average: { kind: "lookahead", every: 5 },
      normRate: 64,
    },
  },
};
