import type { Net } from "../../../nets/net.ts";
import { armCost, stepCost, stepsWithin } from "../../budget.ts";
import type { Setting } from "../../experiment.ts";

/** No arm sees a picture more often than this: a group's few uploads would be gone through for 45 minutes. */
const MOST_EPOCHS = 100;

/** Steps that each of a lesson's arms gets, the same for all: as many as the preset's work allows. `onceMacs` as in `LessonPlan`. */
export const equalSteps = (
  setting: Pick<Setting, "work" | "dataset" | "spec">,
  { nets, batch, pictures, onceMacs = 0 }: { nets: readonly Net[]; batch: number; pictures: number; onceMacs?: number },
): number => {
  const classes = setting.dataset.classes.length;
  const perStep = nets.reduce((sum, net) => sum + stepCost(net, classes, batch), 0);
  const besides = nets.reduce((sum, net) => sum + armCost(net, setting), onceMacs);
  return Math.min(stepsWithin(setting.work - besides, perStep), Math.ceil((MOST_EPOCHS * pictures) / batch));
};
