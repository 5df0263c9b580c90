import { percent } from "../../numbers.ts";
import { type DiagramArrow, type DiagramBox, diagram } from "../diagramParts.ts";
import { drawText } from "../text.ts";
import { theme } from "../theme.ts";
import type { TopicDiagram } from "./topicDiagram.ts";

/** One unlabelled picture, augmented weakly and strongly, through the same network (FixMatch, Fig. 1). */
export const semiSupervised: TopicDiagram = (lang) => {
  const boxes: DiagramBox[] = [
    {
      x: 0,
      y: 170,
      width: 190,
      height: 96,
      name: { en: "picture", ko: "사진" }[lang],
      note: { en: "no label", ko: "라벨 없음" }[lang],
      tone: "step",
    },
    {
      x: 250,
      y: 20,
      width: 200,
      height: 104,
      name: { en: "weak", ko: "약하게" }[lang],
      note: { en: "flip, shift", ko: "뒤집기, 이동" }[lang],
      tone: "pool",
    },
    { x: 250, y: 312, width: 200, height: 104, name: { en: "strong", ko: "강하게" }[lang], note: "RandAugment", tone: "pool" },
    { x: 510, y: 20, width: 190, height: 104, name: { en: "network", ko: "신경망" }[lang], tone: "conv" },
    {
      x: 510,
      y: 312,
      width: 190,
      height: 104,
      name: { en: "network", ko: "신경망" }[lang],
      note: { en: "learns", ko: "학습" }[lang],
      tone: "conv",
    },
    {
      x: 760,
      y: 20,
      width: 224,
      height: 104,
      name: { en: "its label", ko: "라벨로 씀" }[lang],
      note: { en: "if p ≥ 0.95", ko: "p ≥ 0.95일 때" }[lang],
      tone: "dense",
    },
    { x: 760, y: 312, width: 224, height: 104, name: { en: "prediction", ko: "예측" }[lang], tone: "dense" },
  ];
  const arrows: DiagramArrow[] = [
    { from: [95, 168], by: [95, 72], to: [246, 72] },
    { from: [95, 268], by: [95, 364], to: [246, 364] },
    { from: [452, 72], to: [506, 72] },
    { from: [452, 364], to: [506, 364] },
    { from: [702, 72], to: [756, 72] },
    { from: [702, 364], to: [756, 364] },
    { from: [872, 126], to: [872, 306], colour: theme.warn },
  ];
  const texts = [
    {
      x: 856,
      y: 226,
      text: { en: "has to agree: CE", ko: "같아야 해요: CE" }[lang],
      size: 27,
      weight: 600,
      fill: theme.warn,
      anchor: "end",
    } as const,
  ];
  return {
    title: { en: "A picture has to agree with itself", ko: "한 사진의 두 모습은 같은 클래스" }[lang],
    subtitle: { en: "FixMatch (Sohn et al. 2020), the unlabelled part", ko: "FixMatch (Sohn 외 2020)의 라벨 없는 부분" }[lang],
    blocks: [diagram(430, { boxes, arrows, texts })],
    caption: {
      en: "The confident prediction for the weak version is taken as the label of the strong one. Pictures the network is not sure of are left out for now.",
      ko: "약하게 증강한 사진에 대한 확신 높은 예측을 강하게 증강한 사진의 라벨로 써요. 아직 확신이 없는 사진은 빼 둬요.",
    }[lang],
  };
};

/** Confidences of six drawn examples; two of them are sure enough. */
const confidences = [0.99, 0.97, 0.81, 0.62, 0.44, 0.38] as const;
const THRESHOLD = 0.95;

/** Confident predictions become labels, the others wait. */
export const pseudoLabels: TopicDiagram = (lang) => {
  const [left, width, row] = [250, 430, 76];
  const bars = confidences.map((value, i) => {
    const [y, isKept] = [70 + i * row, value >= THRESHOLD];
    const fill = isKept ? theme.good : theme.accentPale;
    const name = { en: `picture ${i + 1}`, ko: `사진 ${i + 1}` }[lang];
    const fate = isKept ? { en: "→ label", ko: "→ 라벨" } : { en: "left out", ko: "쓰지 않음" };
    return [
      drawText(name, { x: 0, y }, { size: 29, centred: true }),
      drawText(percent(value), { x: left - 16, y }, { size: 27, fill: theme.faint, anchor: "end", centred: true }),
      `<rect x="${left}" y="${y - 16}" width="${width}" height="32" rx="8" fill="${theme.line}"/>`,
      `<rect x="${left}" y="${y - 16}" width="${width * value}" height="32" rx="8" fill="${fill}"/>`,
      drawText(
        fate[lang],
        { x: 720, y },
        { size: 29, weight: isKept ? 600 : 400, fill: isKept ? theme.good : theme.faint, centred: true },
      ),
    ].join("");
  });
  const at = left + width * THRESHOLD;
  const bottom = 70 + confidences.length * row - 20;
  const line = `<line x1="${at}" y1="36" x2="${at}" y2="${bottom}" stroke="${theme.warn}" stroke-width="4" stroke-dasharray="10 8"/>`;
  return {
    title: { en: "Sure enough to be a label?", ko: "라벨로 쓸 만큼 확신하나요?" }[lang],
    subtitle: {
      en: "The probability of the most probable class of six unlabelled pictures (an example)",
      ko: "라벨 없는 사진 여섯 장에서 가장 높은 클래스 확률 (예시)",
    }[lang],
    blocks: [
      diagram(bottom + 10, {
        behind: bars.join("") + line,
        texts: [{ x: at, y: 22, text: `τ = ${THRESHOLD}`, size: 27, weight: 600, fill: theme.warn, anchor: "middle" }],
      }),
    ],
    caption: {
      en: "A sure prediction may still be wrong, and then the mistake is learned: look at how many of those that were taken are right.",
      ko: "확신해도 틀릴 수 있고, 그러면 실수를 배우게 돼요. 쓰기로 한 것 중에 몇 개가 맞는지 보세요.",
    }[lang],
  };
};

/** A teacher labels, a noised student learns, and is the next teacher (Xie et al. 2020, Fig. 1). */
export const noisyStudent: TopicDiagram = (lang) => {
  const boxes: DiagramBox[] = [
    {
      x: 0,
      y: 20,
      width: 280,
      height: 116,
      name: { en: "teacher", ko: "교사" }[lang],
      note: { en: "no noise", ko: "노이즈 없음" }[lang],
      tone: "frozen",
    },
    {
      x: 352,
      y: 20,
      width: 280,
      height: 116,
      name: { en: "labels pictures", ko: "라벨 붙이기" }[lang],
      note: { en: "that had none", ko: "라벨 없던 사진에" }[lang],
      tone: "pool",
    },
    {
      x: 704,
      y: 20,
      width: 280,
      height: 116,
      name: { en: "student", ko: "학생" }[lang],
      note: { en: "as large, or larger", ko: "크기가 같거나 더 큼" }[lang],
      tone: "conv",
    },
    {
      x: 704,
      y: 206,
      width: 220,
      height: 116,
      name: { en: "noise", ko: "노이즈" }[lang],
      note: "RandAugment",
      tone: "dense",
    },
    { x: 352, y: 206, width: 280, height: 116, name: { en: "labelled pictures", ko: "라벨 있는 사진" }[lang], tone: "step" },
  ];
  const arrows: DiagramArrow[] = [
    { from: [282, 78], to: [348, 78] },
    { from: [634, 78], to: [700, 78] },
    { from: [814, 204], to: [814, 140] },
    { from: [634, 264], by: [668, 264], to: [668, 84] },
    { from: [140, 160], to: [140, 140], colour: theme.accent },
  ];
  const loop = `<path d="M954 138V380H140V142" fill="none" stroke="${theme.accent}" stroke-width="4" stroke-dasharray="12 9"/>`;
  return {
    title: { en: "The student becomes the teacher", ko: "학생이 다음 교사가 돼요" }[lang],
    subtitle: { en: "Noisy Student (Xie et al. 2020)", ko: "Noisy Student (Xie 외 2020)" }[lang],
    blocks: [
      diagram(430, {
        behind: loop,
        boxes,
        arrows,
        texts: [
          {
            x: 552,
            y: 418,
            text: { en: "next round", ko: "다음 라운드" }[lang],
            size: 28,
            weight: 600,
            fill: theme.accent,
            anchor: "middle",
          },
        ],
      }),
    ],
    caption: {
      en: "The teacher sees clean pictures, so its labels are as good as it can make them. The student has to say the same under harder conditions, and so becomes better.",
      ko: "교사는 깨끗한 사진을 보니 가장 좋은 라벨을 붙여요. 학생은 더 어려운 조건에서 같은 답을 해야 해서 더 나아져요.",
    }[lang],
  };
};
