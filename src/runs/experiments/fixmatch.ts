import type { Experiment, Setting } from "../experiment.ts";
import { strongAugmentation } from "../training.ts";
import { semiSupervised } from "./semiSupervised.ts";

/** FixMatch (Sohn et al. 2020): what a network predicts of a picture as it is, it has to predict of it strongly augmented. */
export const fixmatch = (setting: Setting<"fixmatch">): Experiment => {
  const task = { kind: "consistency", threshold: setting.spec.threshold, weight: 1 } as const;
  return semiSupervised(setting, { name: "FixMatch", task, views: 2, strong: strongAugmentation });
};
