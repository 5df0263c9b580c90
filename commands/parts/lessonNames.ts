import type { LessonTopic } from "../../src/runs/kinds/lesson.ts";
import type { Text } from "../../src/text.ts";

/** What the lessons are called. */
export const lessonNames: Readonly<Record<LessonTopic, Text>> = {
  degradation: { en: "degradation", ko: "성능저하" },
  temperature: { en: "temperature", ko: "온도" },
  "one-by-one": { en: "one-by-one", ko: "1x1합성곱" },
  auxiliary: { en: "auxiliary", ko: "보조분류기" },
  squeeze: { en: "squeeze", ko: "채널주의" },
  dense: { en: "dense", ko: "덴스연결" },
  scaling: { en: "scaling", ko: "스케일링" },
  augmentation: { en: "augmentation", ko: "데이터증강" },
  bias: { en: "bias", ko: "표본편향" },
  "label-noise": { en: "label-noise", ko: "라벨잡음" },
};
