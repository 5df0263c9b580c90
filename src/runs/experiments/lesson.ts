import type { Text } from "../../text.ts";
import type { Arm, Experiment, Setting } from "../experiment.ts";
import { lessons } from "./lessons/index.ts";
import type { LessonPlan, Variant } from "./lessons/lesson.ts";
import { type Outcomes, outcomesOf } from "./lessons/outcomes.ts";
import { equalSteps } from "./lessons/steps.ts";
import { joined } from "./lessons/words.ts";

/** Accuracy above guessing, 0 to 1, that one arm at least has to reach on its own pictures before anything is made of the results. */
const LEARNED = 0.05;

const armOf = (setting: Setting<"lesson">, plan: LessonPlan, variant: Variant, run: { steps: number; seed: number }): Arm => {
  const { name, net, pictures = setting.train, targets, augment = plan.augment, task = { kind: "supervised" } } = variant;
  const teacher = task.kind === "distill" ? setting.models["teacher"] : undefined;
  if (task.kind === "distill" && !teacher) throw new Error(`${name} needs a teacher among the run's models.`);
  return {
    ...{ name, net, task, seed: run.seed },
    data: {
      ...{ pictures, augment, batch: Math.min(plan.batch, pictures.length) },
      ...(targets && { targets }),
      ...(teacher && { teacher: { model: teacher, features: false } }),
    },
    recipe: {
      steps: run.steps,
      optimiser: { kind: "sgd", momentum: 0.9, nesterov: true, weightDecay: plan.weightDecay ?? 5e-4 },
      schedule: { kind: "triangle", learningRate: plan.learningRate, peak: 0.2, start: 0.1, end: 0.01 },
      average: { kind: "ema", emaDecay: 0.98 },
    },
  };
};

/** What to say where a run was too short, or stopped too early, to say anything. */
const tooShort = (outcomes: Outcomes, names: readonly string[], chance: number): Text | undefined => {
  if (names.some((name) => !outcomes[name]))
    return {
      en: "The run was stopped before every arm had its turn, so there is nothing to compare.",
      ko: "모든 실험군이 끝나기 전에 멈춰서 비교할 수 없어요.",
    };
  if (names.some((name) => (outcomes[name]?.trainAccuracy.mean ?? 0) > chance + LEARNED)) return undefined;
  return {
    en: "In so few steps no arm got clearly beyond guessing, so this says nothing yet: try a longer preset.",
    ko: "스텝이 너무 적어 어느 실험군도 찍기 수준을 넘지 못했어요. 아직 아무것도 말할 수 없으니 더 긴 규모로 해 보세요.",
  };
};

/** An experiment that is explained: a lesson's variants, trained alike, and what they show in one sentence. */
export const lesson = async (setting: Setting<"lesson">): Promise<Experiment> => {
  const { spec, dataset } = setting;
  const plan = await lessons[spec.topic](setting);
  const variants = plan.variants(spec.seed);
  const counts = variants.map(({ pictures }) => (pictures ?? setting.train).length);
  const batch = Math.min(plan.batch, ...counts);
  const { extraMacs = 0 } = plan;
  const steps = equalSteps(setting, { nets: variants.map(({ net }) => net), batch, pictures: Math.min(...counts), extraMacs });
  return {
    control: plan.control,
    main: plan.main,
    steps: steps * variants.length,
    arms: (seed, done) => (done.length > 0 ? [] : plan.variants(seed).map((it) => armOf(setting, plan, it, { steps, seed }))),
    findings: async (results, _, lang) => {
      const outcomes = outcomesOf(results);
      const names = variants.map(({ name }) => name);
      const shown = tooShort(outcomes, names, 1 / dataset.classes.length) ?? plan.find(outcomes);
      const finding = plan.counted ? joined(plan.counted, shown) : shown;
      return {
        fields: { finding, ...plan.measure?.(results) },
        pictures: (await plan.draw?.(results, lang)) ?? [],
      };
    },
  };
};
