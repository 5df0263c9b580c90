import type { Experiment, Setting } from "../experiment.ts";
import type { RunKind } from "../spec.ts";
import { distill } from "./distill.ts";
import { fixmatch } from "./fixmatch.ts";
import { lesson } from "./lesson.ts";
import { policysearch } from "./policysearch.ts";
import { pseudolabel } from "./pseudolabel.ts";
import { selftrain } from "./selftrain.ts";
import { train } from "./train.ts";
import { transfer } from "./transfer.ts";

/** Turns the spec of each kind into its experiment. Adding a kind: its file, its line here and in `spec.ts`. */
const experiments: { readonly [K in RunKind]: (setting: Setting<K>) => Experiment | Promise<Experiment> } = {
  train,
  distill,
  transfer,
  pseudolabel,
  fixmatch,
  selftrain,
  policysearch,
  lesson,
};

/** The experiment of a setting. */
export const experimentOf = async <K extends RunKind>(setting: Setting<K>): Promise<Experiment> => {
  const make = experiments[setting.spec.kind] as (setting: Setting<K>) => Experiment | Promise<Experiment>;
  return make(setting);
};
