import type { RunProgress } from "../draw/progressCard.ts";
import type { RunResult } from "../draw/runCard.ts";
import { timeSpan } from "../draw/timeSpan.ts";
import type { Language, Text } from "../text.ts";
import type { Experiment } from "./experiment.ts";
import type { RunState } from "./progress.ts";
import type { RunReport } from "./report.ts";
import type { RunKind, RunSpec } from "./spec.ts";
import { specWords } from "./specWords.ts";

/** What each kind of run is called. */
export const kindTitles: { readonly [K in RunKind]: Text } = {
  train: { en: "Training", ko: "학습" },
  distill: { en: "Knowledge distillation", ko: "지식 증류" },
  transfer: { en: "Transfer learning", ko: "전이 학습" },
  pseudolabel: { en: "Pseudo-labels", ko: "의사 라벨" },
  fixmatch: { en: "FixMatch", ko: "FixMatch" },
  selftrain: { en: "Self-training", ko: "자가 학습" },
  policysearch: { en: "Policy search", ko: "증강 정책 탐색" },
  lesson: { en: "Lesson", ko: "실험 수업" },
};

/** "Knowledge distillation · cifar10" */
export const titleOf = ({ kind, data }: RunSpec, lang: Language): string => `${kindTitles[kind][lang]} · ${data}`;

type Roles = Pick<Experiment, "main" | "control">;
const roleOf = (name: string, { main, control }: Roles) => (name === main ? "main" : name === control ? "control" : "other");

const words = {
  seed: { en: "seed", ko: "시드" },
  steps: { en: "steps", ko: "스텝" },
  speed: { en: "images/s", ko: "초당 이미지" },
  time: { en: "time", ko: "시간" },
} as const;

/** A report as its card shows it. */
export const resultOf = (
  report: RunReport,
  roles: Roles,
  lang: Language,
  more: Pick<RunResult, "table" | "note"> = {},
): RunResult => {
  const { spec, arms, gain, seconds, imagesPerSecond } = report;
  const names = [...new Set(arms.map(({ name }) => name))];
  const last = spec.seed + spec.seeds - 1;
  const steps = [...new Set(arms.map((arm) => arm.steps))];
  return {
    ...{ title: titleOf(spec, lang), subtitle: specWords(spec, lang), gain, ...more },
    arms: names.map((name) => {
      const own = arms.filter((arm) => arm.name === name);
      return { name, role: roleOf(name, roles), accuracies: own.map((it) => it.accuracy), curves: own.map((it) => it.curve) };
    }),
    facts: [
      { label: words.seed[lang], value: spec.seeds > 1 ? `${spec.seed}–${last}` : `${spec.seed}` },
      { label: words.steps[lang], value: steps.length > 2 ? `${Math.min(...steps)}–${Math.max(...steps)}` : steps.join(", ") },
      { label: words.speed[lang], value: `${imagesPerSecond}` },
      { label: words.time[lang], value: timeSpan(seconds, lang) },
    ],
  };
};

/** A run's state as its picture shows it. */
export const progressOf = (
  spec: RunSpec,
  state: RunState,
  experiment: Roles & Pick<Experiment, "armCount">,
  lang: Language,
): RunProgress => {
  const { arms, done, of, secondsLeft, imagesPerSecond, loss } = state;
  const names = [...new Set(arms.map(({ name }) => name))];
  const now = arms.at(-1);
  return {
    title: titleOf(spec, lang),
    arms: names.map((name) => {
      const own = arms.filter((arm) => arm.name === name);
      return {
        name,
        role: roleOf(name, experiment),
        curves: own.map(({ curve }) => [...curve]),
        losses: [...(own.at(-1)?.lossCurve ?? [])],
      };
    }),
    arm: Math.max(1, arms.filter(({ seed }) => seed === now?.seed).length),
    ofArms: experiment.armCount,
    seed: now ? now.seed - spec.seed + 1 : 1,
    ofSeeds: spec.seeds,
    ...{ done: done / Math.max(1, of), secondsLeft, imagesPerSecond, loss },
  };
};
