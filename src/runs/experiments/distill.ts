import { takePerClass, targetsOf } from "../../data/labelSubset.ts";
import type { TaskSpec } from "../../learn/tasks/index.ts";
import type { Network } from "../../nets/net.ts";
import { armCost, macsOf, stepCost, stepsWithin, TEACHER_COST } from "../budget.ts";
import { distillationFindings } from "../distillationFindings.ts";
import type { Arm, Experiment, Setting } from "../experiment.ts";
import { netNamed } from "../netNamed.ts";
import { batchSizes, plainAugmentation, trainingFor } from "../training.ts";

/** A teacher's outputs are looked up for each picture as it is and mirrored, where pictures come back. */
const VIEWS = 2;
/** Comparing the student with its teacher at the end takes some two seconds, in multiply-accumulates of training: see budget.ts. */
export const COMPARING_COST = 80e9;
/** Methods that compare feature maps need the teacher in every step: what it sees is too large to keep. */
const needsFeatures = (method: Setting<"distill">["spec"]["method"]): boolean => method === "at" || method === "fitnet";

/** How long both arms train, and whether any picture comes back in that time, so that augmentation has something to add. */
interface Plan {
  steps: number;
  isRepeated: boolean;
}

/**
 * Steps of each of the two arms, so that both and the teacher fit into the work: it looks once at each picture that is shown, or at all
 * there are in both views where they come back; in every step, where feature maps are compared.
 */
const planOf = (setting: Setting<"distill">, net: Network, batch: number): Plan => {
  const { spec, train, dataset, models } = setting;
  const classes = dataset.classes.length;
  const work = setting.work - COMPARING_COST - 2 * armCost(net, setting);
  const taught = TEACHER_COST * (models["teacher"]?.card.macs ?? 20 * macsOf(net, classes));
  const trained = 2 * stepCost(net, classes, batch);
  const once = stepsWithin(work, trained + taught * batch);
  if (needsFeatures(spec.method) || once * batch <= train.length) return { steps: once, isRepeated: once * batch > train.length };
  return { steps: stepsWithin(work - VIEWS * train.length * taught, trained), isRepeated: true };
};

/** A student with a teacher, and the same one without: same seed, pictures and steps. */
export const distill = (setting: Setting<"distill">): Experiment => {
  const { spec, dataset, train, models } = setting;
  const { teacher } = models;
  if (!teacher) throw new Error("Expected the file of the teacher");
  const net = netNamed(spec.student, dataset.size);
  const classes = dataset.classes.length;
  const batch = Math.min(batchSizes[spec.preset], train.length);
  const { steps, isRepeated } = planOf(setting, net, batch);
  const augment = isRepeated ? plainAugmentation : {};
  const recipe = trainingFor(net, { steps, batch });
  const { temperature, soft, hard, method } = spec;
  const task: TaskSpec = { kind: "distill", method, temperature, soft, hard: spec.labels === "none" ? 0 : hard };
  // A teacher is asked about no more pictures than are shown.
  const shown = train.subarray(0, Math.max(batch, Math.min(train.length, steps * batch)));
  const common = { net, recipe };

  return {
    steps: 2 * steps,
    armCount: 2,
    control: "control",
    main: "student",
    arms: (seed, done) => {
      if (done.length > 0) return [];
      const { labels } = dataset.train;
      const told = typeof spec.labels === "number" ? takePerClass(train, labels, spec.labels, seed) : undefined;
      const hidden = spec.labels === "none" ? new Uint32Array() : told;
      const targets = hidden && targetsOf(labels, classes, hidden);
      const control: Arm = {
        ...{ ...common, name: "control", seed, task: { kind: "supervised" } },
        data: { pictures: told ?? shown, batch, augment },
      };
      const student: Arm = {
        ...{ ...common, name: "student", seed, task },
        data: {
          ...{ pictures: shown, batch, augment, ...(targets && { targets }) },
          teacher: { model: teacher, features: needsFeatures(method) },
        },
      };
      return [control, student];
    },
    findings: (results, report, lang) => distillationFindings(setting, teacher, results, report, lang),
  };
};
