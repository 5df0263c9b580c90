import type { Text } from "../../../text.ts";
import { TEACHER_COST } from "../../budget.ts";
import { netNamed } from "../../netNamed.ts";
import type { PresetName } from "../../presets.ts";
import { batchSizes } from "../../training.ts";
import type { Lesson, Variant } from "./lesson.ts";
import { compare, type Outcomes, outcomeOf } from "./outcomes.ts";
import { drawSample } from "./samples.ts";
import { softened } from "./softened.ts";
import { apart, share } from "./words.ts";

const temperatures = [1, 2, 4, 8] as const;
const nameOf = (temperature: number): string => `T = ${temperature}`;
const ALONE = "no teacher";

/** Students small enough that five of them get through enough steps. */
const students: Record<PresetName, string> = { taste: "resnet8-16px", lesson: "resnet8-16px", proper: "resnet8" };

/** What a teacher says of a picture as it is and mirrored is looked up, for all students; it may take this share of the work. */
const [VIEWS, TEACHING_SHARE] = [2, 1 / 3];

/** Which temperature came out best, and whether a teacher helped at all. */
const find = (outcomes: Outcomes): Text => {
  const alone = outcomeOf(outcomes, ALONE).accuracy;
  const students = temperatures.map((temperature) => ({ temperature, ...outcomeOf(outcomes, nameOf(temperature)) }));
  const [best, ...others] = students.sort((a, b) => b.accuracy.mean - a.accuracy.mean) as [
    (typeof students)[number],
    ...typeof students,
  ];
  const worst = others.at(-1) ?? best;
  const facts: Text = {
    en: `The best student learned at T = ${best.temperature} (${share(best.accuracy)}) and the worst at T = ${worst.temperature} (${share(worst.accuracy)}); without a teacher it is ${share(alone)}`,
    ko: `가장 좋은 학생은 T = ${best.temperature} (${share(best.accuracy)}), 가장 나쁜 학생은 T = ${worst.temperature} (${share(worst.accuracy)})이고, 교사 없이는 ${share(alone)}예요`,
  };
  const ends = (en: string, ko: string): Text => ({ en: `${facts.en}: ${en}`, ko: `${facts.ko}. ${ko}` });
  const helped = compare(best.accuracy, alone);
  if (helped < 0)
    return ends(
      "here every student of the teacher is behind the one that had only labels; a teacher trained on smoothed labels, or one far too strong, can do that.",
      "여기서는 어떤 온도로도 라벨만 본 학생을 따라잡지 못했어요. 교사가 라벨 스무딩으로 배웠거나 학생보다 너무 강하면 그럴 수 있어요.",
    );
  if (helped === 0)
    return ends(
      "the differences are within chance, so neither teacher nor temperature is shown to matter; such gains are small, and several seeds and longer runs are needed to see them.",
      "우연으로 생길 수 있는 차이라 교사나 온도의 효과를 말할 수 없어요. 원래 작은 효과라서 시드를 늘리고 더 오래 학습해야 보여요.",
    );
  if (compare(best.accuracy, worst.accuracy) === 0)
    return ends(
      `a teacher is worth ${apart(best.accuracy, alone)} points, and its temperature hardly matters here.`,
      `교사의 효과는 ${apart(best.accuracy, alone)}%p이고, 온도는 거의 영향이 없었어요.`,
    );
  return ends(
    `a teacher is worth ${apart(best.accuracy, alone)} points at the right temperature, which has to be tried.`,
    `알맞은 온도에서 교사의 효과는 ${apart(best.accuracy, alone)}%p예요. 온도는 직접 찾아야 해요.`,
  );
};

/** How soft should a teacher's answers be? A student at each temperature, and one that sees only labels (Hinton et al. 2015). */
export const temperature: Lesson = (setting) => {
  const { preset } = setting.spec;
  const net = netNamed(students[preset]);
  const asked = VIEWS * TEACHER_COST * (setting.models["teacher"]?.card.macs ?? 0);
  const most = Math.floor((TEACHING_SHARE * setting.work) / Math.max(1, asked));
  const student = (t: number): Variant => ({
    name: nameOf(t),
    net,
    task: { kind: "distill", method: "kd", temperature: t, soft: 0.9, hard: 0.1 },
  });
  return {
    title: { en: "One student at each temperature", ko: "온도마다 학생 하나씩" },
    control: ALONE,
    main: nameOf(4),
    variants: (seed) => {
      const pictures = drawSample(setting.train, Math.max(batchSizes[preset], most), seed);
      return [{ name: ALONE, net }, ...temperatures.map(student)].map((it) => ({ ...it, pictures }));
    },
    batch: batchSizes[preset],
    learningRate: 0.2,
    // Every picture is seen as it is or mirrored, so that the teacher has to be asked only twice about each.
    augment: { flip: "alternating" },
    onceMacs: Math.min(setting.train.length, most) * asked,
    find,
    ...softened(setting, temperatures),
  };
};
