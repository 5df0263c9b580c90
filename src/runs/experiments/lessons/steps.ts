import type { Net } from "../../../nets/net.ts";
import { stepsWithin, trainingMacs } from "../../budget.ts";
import type { Setting } from "../../experiment.ts";
import type { PresetName } from "../../presets.ts";

/**
 * Shares of a preset's work that a lesson's arms may do. Lessons train several networks that are small for the processor, each compiled for
 * itself: they reach about this share of the speed that presets assume. A taste counts on so little of its time that they take all of it;
 * see docs/LOG.md.
 */
export const shares: Readonly<Record<PresetName, number>> = { taste: 1, lesson: 0.6, proper: 0.6 };
/** No arm sees a picture more often than this: a group's few uploads would be gone through for 45 minutes. */
const MOST_EPOCHS = 100;

/** Steps that each of a lesson's arms gets, the same for all: as many as the preset's work allows. `onceMacs` as in `LessonPlan`. */
export const equalSteps = (
  { work, dataset, spec: { preset } }: Pick<Setting, "work" | "dataset" | "spec">,
  { nets, batch, pictures, onceMacs = 0 }: { nets: readonly Net[]; batch: number; pictures: number; onceMacs?: number },
): number => {
  const macs = nets.reduce((sum, net) => sum + trainingMacs(net, dataset.classes.length), 0);
  return Math.min(stepsWithin(shares[preset] * work - onceMacs, macs, batch), Math.ceil((MOST_EPOCHS * pictures) / batch));
};
