import type { Language } from "../../text.ts";
import { type DiagramArrow, type DiagramBox, diagram } from "../diagramParts.ts";
import type { TopicDiagram } from "./topicDiagram.ts";

const words = {
  picture: { en: "picture", ko: "사진" },
  teacher: { en: "teacher", ko: "교사" },
  large: { en: "large, frozen", ko: "크고, 고정" },
  student: { en: "student", ko: "학생" },
  small: { en: "small, learns", ko: "작고, 학습" },
  soft: { en: "softmax(z / T)", ko: "softmax(z / T)" },
  label: { en: "label", ko: "라벨" },
  softLoss: { en: "soft loss", ko: "소프트 손실" },
  hardLoss: { en: "hard loss", ko: "하드 손실" },
} as const;

/** One picture seen by both; the student's outputs are held to the teacher's, and where there are labels to them too. */
const drawing = (lang: Language, isLabelled: boolean) => {
  const boxes: DiagramBox[] = [
    { x: 0, y: 170, width: 140, height: 84, name: words.picture[lang], tone: "step" },
    { x: 210, y: 20, width: 240, height: 116, name: words.teacher[lang], note: words.large[lang], tone: "frozen" },
    { x: 210, y: 288, width: 240, height: 116, name: words.student[lang], note: words.small[lang], tone: "conv" },
    { x: 510, y: 38, width: 230, height: 80, name: words.soft[lang], tone: "pool" },
    { x: 510, y: 306, width: 230, height: 80, name: words.soft[lang], tone: "pool" },
    { x: 784, y: 160, width: 200, height: 104, name: words.softLoss[lang], note: isLabelled ? "α T² KL" : "KL", tone: "dense" },
    ...(isLabelled
      ? [
          { x: 510, y: 452, width: 230, height: 80, name: "softmax(z)", tone: "pool" } as const,
          { x: 210, y: 588, width: 240, height: 80, name: words.label[lang], tone: "step" } as const,
          { x: 784, y: 488, width: 200, height: 104, name: words.hardLoss[lang], note: "(1 − α) CE", tone: "dense" } as const,
        ]
      : []),
  ];
  const arrows: DiagramArrow[] = [
    { from: [70, 168], by: [70, 78], to: [206, 78] },
    { from: [70, 256], by: [70, 346], to: [206, 346] },
    { from: [452, 78], to: [506, 78] },
    { from: [452, 346], to: [506, 346] },
    { from: [742, 78], by: [884, 78], to: [884, 156] },
    { from: [742, 346], by: [884, 346], to: [884, 268] },
    ...(isLabelled
      ? ([
          { from: [330, 406], by: [330, 492], to: [506, 492] },
          { from: [742, 510], to: [780, 510] },
          { from: [452, 628], by: [884, 628], to: [884, 596] },
        ] as const)
      : []),
  ];
  return diagram(isLabelled ? 678 : 420, { boxes, arrows });
};

/** A student that learns from outputs and labels. */
export const distillation: TopicDiagram = (lang) => ({
  title: { en: "Two things to learn from", ko: "배울 것이 두 가지" }[lang],
  subtitle: { en: "Knowledge distillation with labels (Hinton et al. 2015)", ko: "지식 증류, 라벨 있음 (Hinton 외 2015)" }[lang],
  blocks: [drawing(lang, true)],
  caption: {
    en: "Teacher and student are softened by the same temperature T; the label is compared at T = 1. T² keeps the soft gradients at their size.",
    ko: "교사와 학생은 같은 온도 T로 부드럽게 하고, 라벨과는 T = 1에서 비교해요. T²를 곱해 소프트 그래디언트의 크기를 유지해요.",
  }[lang],
});

/** A student that learns from outputs alone. */
export const distillationUnlabelled: TopicDiagram = (lang) => ({
  title: { en: "The teacher's outputs are enough", ko: "교사의 출력만으로 배워요" }[lang],
  subtitle: { en: "Knowledge distillation without labels", ko: "지식 증류, 라벨 없음" }[lang],
  blocks: [drawing(lang, false)],
  caption: {
    en: "No label is needed, so any pictures will do that resemble those to come. Only the student learns.",
    ko: "라벨이 필요 없으니 앞으로 만날 사진과 비슷하기만 하면 어떤 사진이든 돼요. 학생만 배워요.",
  }[lang],
});
