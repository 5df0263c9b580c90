import { seeded } from "../../random.ts";
import type { Language } from "../../text.ts";
import { type DiagramText, diagram } from "../diagramParts.ts";
import { series, theme } from "../theme.ts";
import type { TopicDiagram } from "./topicDiagram.ts";

const words = {
  title: { en: "What a skewed sample teaches", ko: "치우친 표본이 가르치는 것" },
  about: {
    en: "Circle or square? The same rule on the sample and elsewhere",
    ko: "원일까요, 사각형일까요? 같은 규칙을 표본과 다른 곳에 적용하면",
  },
  sample: { en: "the sample", ko: "표본" },
  world: { en: "the world", ko: "실제 세상" },
  rule: { en: "“blue = circle”", ko: "“파란색 = 원”" },
  right: { en: "right", ko: "정답" },
  caption: {
    en: "In the sample all circles are blue, so the colour alone is right about every one. A test split of it is skewed alike and finds nothing wrong. Elsewhere the same rule is no better than chance.",
    ko: "표본에서는 원이 모두 파란색이라 색만 봐도 전부 맞아요. 같은 표본에서 나눈 테스트셋도 똑같이 치우쳐 있어 문제가 드러나지 않아요. 다른 곳에서는 같은 규칙이 찍는 것과 다르지 않아요.",
  },
} as const;

const [COLUMNS, ROWS, CELL, PANEL] = [6, 4, 72, 462];
const [BLUE, ORANGE] = [series[0], series[5]];

interface Thing {
  isCircle: boolean;
  isBlue: boolean;
}

/** Half circles and half squares in a random order. In the skewed sample colour follows shape; in the world every second of each is blue. */
const things = (isSkewed: boolean): Thing[] => {
  const rng = seeded(5);
  const all = Array.from({ length: COLUMNS * ROWS }, (_, i) => {
    const isCircle = i % 2 === 0;
    return { isCircle, isBlue: isSkewed ? isCircle : i % 4 < 2, order: rng() };
  });
  return all.sort((a, b) => a.order - b.order);
};

const drawThing = ({ isCircle, isBlue }: Thing, x: number, y: number): string => {
  const fill = isBlue ? BLUE : ORANGE;
  return isCircle
    ? `<circle cx="${x}" cy="${y}" r="25" fill="${fill}"/>`
    : `<rect x="${x - 23}" y="${y - 23}" width="46" height="46" rx="5" fill="${fill}"/>`;
};

const panel = (x: number, title: string, all: readonly Thing[], lang: Language) => {
  const right = all.filter((it) => it.isBlue === it.isCircle).length / all.length;
  const texts: DiagramText[] = [
    { x: x + 24, y: 50, text: title, size: 31, weight: 600 },
    { x: x + 24, y: 412, text: words.rule[lang], size: 28 },
    {
      ...{ x: x + PANEL - 24, y: 412, anchor: "end", size: 28, weight: 600 },
      text: `${Math.round(100 * right)} % ${words.right[lang]}`,
      fill: right > 0.9 ? theme.good : theme.warn,
    },
  ];
  const drawn = all.map((it, i) => drawThing(it, x + 51 + (i % COLUMNS) * CELL, 112 + Math.floor(i / COLUMNS) * CELL));
  return { texts, svg: `<rect x="${x}" width="${PANEL}" height="440" rx="20" fill="${theme.panel}"/>${drawn.join("")}` };
};

/** Circles and squares whose colour tells them apart in the sample and nowhere else; the accuracies are counted from what is drawn. */
export const bias: TopicDiagram = (lang) => {
  const panels = [panel(0, words.sample[lang], things(true), lang), panel(984 - PANEL, words.world[lang], things(false), lang)];
  return {
    title: words.title[lang],
    subtitle: words.about[lang],
    blocks: [diagram(440, { behind: panels.map((it) => it.svg).join(""), texts: panels.flatMap((it) => it.texts) })],
    caption: words.caption[lang],
  };
};
