import type { Experiment, Setting } from "../experiment.ts";
import type { RunKind } from "../spec.ts";
import { distill } from "./distill.ts";
import { lesson } from "./lesson.ts";
import { train } from "./train.ts";
import { transfer } from "./transfer.ts";

/** Turns the spec of each kind into its experiment. */
const experiments: { readonly [K in RunKind]?: (setting: Setting<K>) => Experiment | Promise<Experiment> } = {
  train,
  distill,
  transfer,
  lesson,
};

/** The experiment of a setting. */
export const experimentOf = async <K extends RunKind>(setting: Setting<K>): Promise<Experiment> => {
  const make = experiments[setting.spec.kind] as ((setting: Setting<K>) => Experiment | Promise<Experiment>) | undefined;
  if (!make) throw new Error(`There is no experiment for ${setting.spec.kind}`);
  return make(setting);
};
