import { armCost, stepCost, stepsWithin } from "../budget.ts";
import type { Experiment, Setting } from "../experiment.ts";
import { netNamed } from "../netNamed.ts";
import { batchSizes, plainAugmentation, trainingFor } from "../training.ts";

/** One network from scratch on all labels: a single arm, and nothing is claimed. */
export const train = (setting: Setting<"train">): Experiment => {
  const { spec, dataset, train: pictures, work } = setting;
  const net = netNamed(spec.net, dataset.size);
  const batch = Math.min(batchSizes[spec.preset], pictures.length);
  const steps = stepsWithin(work - armCost(net, setting), stepCost(net, dataset.classes.length, batch));
  return {
    steps,
    armCount: 1,
    control: null,
    main: net.name,
    arms: (seed, done) => {
      if (done.length > 0) return [];
      const data = { pictures, batch, augment: plainAugmentation };
      const recipe = trainingFor(net, {
        steps,
        batch,
        ...(spec.lr !== undefined && { learningRate: spec.lr }),
      });
      return [{ name: net.name, net, seed, data, task: { kind: "supervised" }, recipe }];
    },
  };
};
