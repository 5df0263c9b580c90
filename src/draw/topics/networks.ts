import { tones } from "../archFlow.ts";
import { type DiagramArrow, type DiagramBox, type DiagramText, diagram } from "../diagramParts.ts";
import { theme } from "../theme.ts";
import type { TopicDiagram } from "./topicDiagram.ts";

/** GoogLeNet's trunk with its two classifiers on the way (Szegedy et al. 2015, Fig. 3). */
export const auxiliary: TopicDiagram = (lang) => {
  const [x, width, height, step] = [0, 400, 104, 152];
  const trunk = [
    { en: "stem, 3a, 3b, 4a", ko: "스템, 3a, 3b, 4a" },
    { en: "4b, 4c, 4d", ko: "4b, 4c, 4d" },
    { en: "4e, 5a, 5b", ko: "4e, 5a, 5b" },
  ];
  const last = { en: "classes", ko: "클래스" }[lang];
  const boxes: DiagramBox[] = [
    ...trunk.map((it, i) => ({ ...({ x, y: i * step, width, height, name: it[lang], tone: "conv" } as const) })),
    { x, y: 3 * step, width, height, name: last, note: { en: "loss × 1", ko: "손실 × 1" }[lang], tone: "dense" },
    ...[0, 1].map((i) => ({
      ...({ x: 500, y: i * step, width: 484, height, tone: "dense" } as const),
      name: { en: `auxiliary classifier ${i + 1}`, ko: `보조 분류기 ${i + 1}` }[lang],
      note: { en: "loss × 0.3, only while training", ko: "손실 × 0.3, 학습할 때만" }[lang],
    })),
  ];
  const arrows: DiagramArrow[] = [
    ...[0, 1, 2].map((i) => ({ from: [200, i * step + height + 2], to: [200, (i + 1) * step - 4] }) as const),
    ...[0, 1].map(
      (i) =>
        ({ from: [402, i * step + height / 2], to: [496, i * step + height / 2], colour: theme.warn, dashes: "10 8" }) as const,
    ),
  ];
  return {
    title: { en: "Classifiers on the way", ko: "중간에 놓인 분류기" }[lang],
    subtitle: { en: "GoogLeNet's modules, and what is trained beside them", ko: "GoogLeNet의 모듈과 함께 학습하는 보조 분류기" }[
      lang
    ],
    blocks: [diagram(3 * step + height, { boxes, arrows })],
    caption: {
      en: "Both are removed after training. Looked at again in 2016, they hardly speed up the beginning and act as a regulariser.",
      ko: "둘 다 학습이 끝나면 떼어 내요. 2016년에 다시 살펴보니 초반을 빠르게 하기보다 규제 역할을 했어요.",
    }[lang],
  };
};

/** One way to grow: how many layers are drawn, how wide, and how large the picture. */
interface Growth {
  name: { en: string; ko: string };
  work: string;
  layers: number;
  width: number;
  side: number;
}

/** φ = 2 in each way, with the paper's α = 1.2, β = 1.1, γ = 1.15 for the last; layers and pixels are drawn to scale. */
const growths: readonly Growth[] = [
  { name: { en: "base", ko: "기본" }, work: "× 1", layers: 4, width: 70, side: 60 },
  { name: { en: "wider", ko: "너비" }, work: "× 4", layers: 4, width: 140, side: 60 },
  { name: { en: "deeper", ko: "깊이" }, work: "× 2", layers: 8, width: 70, side: 60 },
  { name: { en: "resolution", ko: "해상도" }, work: "× 4", layers: 4, width: 70, side: 120 },
  { name: { en: "compound", ko: "복합" }, work: "× 3.7", layers: 6, width: 85, side: 79 },
];

/** A network that grows in width, depth, resolution, and in all three (Tan & Le 2019, Fig. 2). */
export const compoundScaling: TopicDiagram = (lang) => {
  const [column, layer, gap, foot] = [984 / growths.length, 30, 9, 420];
  const { fill, edge } = tones.conv;
  const drawn = growths.map(({ layers, width, side }, i) => {
    const middle = column * (i + 0.5);
    const top = foot - layers * (layer + gap);
    const stack = Array.from(
      { length: layers },
      (_, k) =>
        `<rect x="${middle - width / 2}" y="${top + k * (layer + gap)}" width="${width}" height="${layer}" rx="7" fill="${fill}" stroke="${edge}" stroke-width="3"/>`,
    );
    const picture = `<rect x="${middle - side / 2}" y="${foot + 22}" width="${side}" height="${side}" rx="6" fill="${tones.pool.fill}" stroke="${tones.pool.edge}" stroke-width="3"/>`;
    return stack.join("") + picture;
  });
  const texts: DiagramText[] = growths.flatMap(({ name, work }, i) => [
    { x: column * (i + 0.5), y: 34, text: name[lang], size: 29, weight: 600, anchor: "middle" },
    { x: column * (i + 0.5), y: foot + 196, text: work, size: 28, fill: theme.faint, anchor: "middle" },
  ]);
  return {
    title: { en: "Grow in all directions at once", ko: "세 방향으로 함께 키워요" }[lang],
    subtitle: {
      en: "Layers above, the input picture below, and how much work it takes",
      ko: "위는 레이어, 아래는 입력 사진, 맨 아래는 연산량",
    }[lang],
    blocks: [diagram(foot + 206, { behind: drawn.join(""), texts })],
    caption: {
      en: "Twice the width or the side means four times the work, twice the layers only twice. Compound scaling, here φ = 2: depth × 1.44, width × 1.21, resolution × 1.32, and 1.92² = 3.7 times the work.",
      ko: "너비나 한 변을 2배로 하면 연산량은 4배, 레이어를 2배로 하면 2배예요. 복합 스케일링 φ = 2: 깊이 × 1.44, 너비 × 1.21, 해상도 × 1.32, 연산량은 1.92² = 3.7배예요.",
    }[lang],
  };
};
