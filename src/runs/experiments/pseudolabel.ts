import type { Experiment, Setting } from "../experiment.ts";
import { semiSupervised } from "./semiSupervised.ts";

/** Pseudo-labels (Lee 2013): the network's own confident predictions count as labels, the more the longer it has learned. */
export const pseudolabel = (setting: Setting<"pseudolabel">): Experiment => {
  const { threshold, ramp } = setting.spec;
  const task = { kind: "pseudo-label", threshold, weight: 1, ramp } as const;
  return semiSupervised(setting, { name: "pseudo-labels", task, views: 1 });
};
