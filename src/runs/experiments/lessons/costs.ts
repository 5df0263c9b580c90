import { barGroups } from "../../../draw/barGroups.ts";
import { describe } from "../../../nets/backends/describe.ts";
import { percent, short } from "../../../numbers.ts";
import type { Language } from "../../../text.ts";
import type { ArmResult } from "../../experiment.ts";
import type { LessonPicture } from "./lesson.ts";
import { netNamed } from "./nets.ts";
import { outcomesOf } from "./outcomes.ts";

/** What a network costs: trained numbers, and multiply-accumulates for one picture. */
export const costOf = (name: string): { parameters: number; macs: number } => {
  const { parameters, macs } = describe(netNamed(name));
  return { parameters, macs };
};

const words = {
  title: { en: "Accuracy and its price", ko: "정확도와 그 값" },
  subtitle: { en: "on test pictures, after the same steps", ko: "같은 스텝을 학습한 뒤 테스트 사진에서" },
  accuracy: { en: "Accuracy", ko: "정확도" },
  macs: { en: "Multiply-adds for one picture", ko: "사진 한 장의 곱셈-덧셈" },
  parameters: { en: "Parameters", ko: "파라미터" },
};

/** Every arm's accuracy beside what its network costs. `main` is drawn strongest. */
export const costPicture = (results: readonly ArmResult[], main: string, lang: Language): LessonPicture => {
  const outcomes = Object.entries(outcomesOf(results));
  const netOf = (name: string) => results.find(({ arm }) => arm.name === name)?.arm.net.name ?? name;
  const label = (name: string) => (netOf(name) === name ? name : `${name}: ${netOf(name)}`);
  const bars = (measured: (name: string) => number, written: (value: number) => string) =>
    outcomes.map(([name]) => ({
      label: label(name),
      value: measured(name),
      text: written(measured(name)),
      strong: name === main,
    }));
  const accuracyOf = (name: string) => outcomes.find(([it]) => it === name)?.[1].accuracy.mean ?? 0;
  const groups = [
    { title: words.accuracy[lang], bars: bars(accuracyOf, percent) },
    { title: words.macs[lang], bars: bars((name) => costOf(netOf(name)).macs, short) },
    { title: words.parameters[lang], bars: bars((name) => costOf(netOf(name)).parameters, short) },
  ];
  const [title, subtitle] = [words.title[lang], words.subtitle[lang]];
  const said = groups.map((group) => `${group.title}: ${group.bars.map((bar) => `${bar.label} ${bar.text}`).join(", ")}`);
  return { name: "costs.png", image: barGroups({ title, subtitle }, groups), alt: `${title}. ${said.join(". ")}.` };
};
