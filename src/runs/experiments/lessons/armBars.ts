import { accuracyBars } from "../../../draw/accuracyBars.ts";
import { percent, spreadOf } from "../../../numbers.ts";
import type { Language, Text } from "../../../text.ts";
import type { ArmResult } from "../../experiment.ts";
import type { LessonPicture, LessonPlan } from "./lesson.ts";

const words = {
  measure: { en: "accuracy on test pictures", ko: "테스트 정확도" },
  own: { en: (share: string) => `${share} of the pictures it learned from`, ko: (share: string) => `학습한 사진에서는 ${share}` },
};

/** What every lesson shows: its arms beside each other with what they cost or how well they know their own pictures, and the finding. */
export const armBars = (
  { title, control, bars }: Pick<LessonPlan, "title" | "control" | "bars">,
  results: readonly ArmResult[],
  finding: Text,
  lang: Language,
): LessonPicture => {
  const { measure = words.measure, read = ({ test }: ArmResult) => test.accuracy, extra } = bars ?? {};
  const rows = [...new Set(results.map(({ arm }) => arm.name))].map((name) => {
    const own = results.filter(({ arm }) => arm.name === name);
    const known = percent(spreadOf(own.map(({ trainAccuracy }) => trainAccuracy)).mean);
    return {
      ...{ name, values: own.map(read) },
      extra: extra ? extra(name)[lang] : words.own[lang](known),
      ...(name === control && { isControl: true as const }),
    };
  });
  const said = rows.map(({ name, values }) => `${name} ${percent(spreadOf(values).mean)}`);
  return {
    name: "arms",
    image: accuracyBars({ title: title[lang], measure: measure[lang], rows, note: finding[lang] }, lang),
    alt: `${title[lang]}. ${measure[lang]}: ${said.join(", ")}.`,
  };
};
