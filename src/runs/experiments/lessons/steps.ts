import { describe } from "../../../nets/backends/describe.ts";
import type { Net } from "../../../nets/net.ts";
import type { Setting } from "../../experiment.ts";
import { TRAINING_PASSES } from "../../presets.ts";

/**
 * Share of a preset's work that a lesson's arms may do. Lessons train networks that are small for the processor, several of them, each
 * compiled for itself: they reach about this share of the speed that presets assume.
 */
const SHARE = 0.6;
/** No arm sees a picture more often than this: a group's few uploads would be learned by heart for 45 minutes. */
const MOST_EPOCHS = 100;

/** Multiply-accumulates of one picture while training, auxiliary classifiers included. */
export const trainingMacs = (net: Net, classes: number): number => describe(net, { classes, training: true }).macs;

/** Steps that each of a lesson's arms gets, the same for all: as many as the preset's work allows. `extraMacs` as in `LessonPlan`. */
export const equalSteps = (
  { work, dataset }: Pick<Setting, "work" | "dataset">,
  { nets, batch, pictures, extraMacs = 0 }: { nets: readonly Net[]; batch: number; pictures: number; extraMacs?: number },
): number => {
  const macs = nets.reduce((sum, net) => sum + trainingMacs(net, dataset.classes.length), 0);
  const affordable = Math.floor((SHARE * work) / (batch * (TRAINING_PASSES * macs + extraMacs)));
  return Math.max(1, Math.min(affordable, Math.ceil((MOST_EPOCHS * pictures) / batch)));
};
