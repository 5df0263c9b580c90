import type { Arm, Experiment, Setting } from "../experiment.ts";
import { trainingFor } from "../training.ts";
import { armBars } from "./lessons/armBars.ts";
import { lessons } from "./lessons/index.ts";
import type { LessonPlan, Variant } from "./lessons/lesson.ts";
import { outcomesOf } from "./lessons/outcomes.ts";
import { equalSteps } from "./lessons/steps.ts";
import { tooShort } from "./lessons/tooShort.ts";
import { joined } from "./lessons/words.ts";

const armOf = (setting: Setting<"lesson">, plan: LessonPlan, variant: Variant, run: { steps: number; seed: number }): Arm => {
  const { name, net, pictures = setting.train, targets, augment = plan.augment, task = { kind: "supervised" } } = variant;
  const { weightDecay } = plan;
  const batch = Math.min(plan.batch, pictures.length);
  const recipe = trainingFor(net, { steps: run.steps, batch, learningRate: (plan.learningRate * batch) / 128 });
  const teacher = task.kind === "distill" ? setting.models["teacher"] : undefined;
  if (task.kind === "distill" && !teacher) throw new Error("Expected the file of the teacher");
  return {
    ...{ name, net, task, seed: run.seed },
    data: {
      pictures,
      augment,
      batch,
      ...(targets && { targets }),
      ...(teacher && { teacher: { model: teacher, features: false } }),
    },
    recipe: weightDecay === undefined ? recipe : { ...recipe, optimiser: { ...recipe.optimiser, weightDecay } },
  };
};

/** An experiment that is explained: a lesson's variants, trained alike, and what they show in one sentence. */
export const lesson = async (setting: Setting<"lesson">): Promise<Experiment> => {
  const { spec, dataset } = setting;
  const plan = await lessons[spec.topic](setting);
  const variants = plan.variants(spec.seed);
  const counts = variants.map(({ pictures }) => (pictures ?? setting.train).length);
  const batch = Math.min(plan.batch, ...counts);
  const { onceMacs = 0 } = plan;
  const steps = equalSteps(setting, { nets: variants.map(({ net }) => net), batch, pictures: Math.min(...counts), onceMacs });
  return {
    control: plan.control,
    main: plan.main,
    steps: steps * variants.length,
    armCount: variants.length,
    arms: (seed, done) => (done.length > 0 ? [] : plan.variants(seed).map((it) => armOf(setting, plan, it, { steps, seed }))),
    findings: async (results, _, lang) => {
      const outcomes = outcomesOf(results);
      const names = variants.map(({ name }) => name);
      const shown = tooShort(outcomes, names, 1 / dataset.classes.length) ?? plan.find(outcomes, results);
      const finding = plan.counted ? joined(plan.counted, shown) : shown;
      return {
        fields: { finding, ...(await plan.measure?.(results)) },
        pictures: [armBars(plan, results, shown, lang), ...((await plan.draw?.(results, lang)) ?? [])],
      };
    },
  };
};
