import type { Language } from "../../text.ts";
import { drawWire } from "../archWires.ts";
import { type DiagramArrow, type DiagramBox, diagram } from "../diagramParts.ts";
import { theme } from "../theme.ts";
import type { TopicDiagram } from "./topicDiagram.ts";

const words = {
  picture: { en: "picture", ko: "사진" },
  body: { en: "body", ko: "본체" },
  frozen: { en: "frozen", ko: "고정" },
  slow: { en: "η / r", ko: "η / r" },
  head: { en: "new last layer", ko: "새 마지막 레이어" },
  trained: { en: "trained, η", ko: "학습, η" },
  loss: { en: "loss", ko: "손실" },
  features: { en: "features", ko: "특징" },
  back: { en: "gradient", ko: "그래디언트" },
} as const;

/** Middles of body and head, in pixels. */
const [BODY, HEAD] = [325, 685];

/** What is computed from left to right, and below it how far the gradient comes back. */
const drawing = (lang: Language, isFrozen: boolean) => {
  const [top, height] = [40, 130];
  const middle = top + height / 2;
  const boxes: DiagramBox[] = [
    { x: 0, y: top + 25, width: 140, height: 80, name: words.picture[lang], tone: "step" },
    {
      ...{ x: 190, y: top, width: 270, height, name: words.body[lang] },
      ...(isFrozen
        ? ({ note: words.frozen[lang], tone: "frozen" } as const)
        : ({ note: `${words.trained[lang].split(",")[0]}, ${words.slow[lang]}`, tone: "conv" } as const)),
    },
    { x: 550, y: top, width: 270, height, name: words.head[lang], note: words.trained[lang], tone: "dense" },
    { x: 870, y: top + 25, width: 114, height: 80, name: words.loss[lang], tone: "step" },
  ];
  const back = top + height + 70;
  const colour = theme.warn;
  const behind = drawWire(`M927 ${top + 107}V${back}H${isFrozen ? HEAD : BODY}`, colour);
  const arrows: DiagramArrow[] = [
    { from: [142, middle], to: [186, middle] },
    { from: [462, middle], to: [546, middle] },
    { from: [822, middle], to: [866, middle] },
    ...[...(isFrozen ? [] : [BODY]), HEAD].map((x) => ({ from: [x, back], to: [x, top + height + 6], colour }) as const),
  ];
  const texts = [
    { x: 504, y: top + height + 38, text: words.features[lang], size: 26, fill: theme.faint, anchor: "middle" } as const,
    { x: 806, y: back + 42, text: words.back[lang], size: 27, fill: theme.warn, anchor: "middle" } as const,
  ];
  return diagram(back + 56, { behind, boxes, arrows, texts });
};

/** A body that stays as it is, and a last layer that learns. */
export const transferFrozen: TopicDiagram = (lang) => ({
  title: { en: "Only the last layer learns", ko: "마지막 레이어만 배워요" }[lang],
  subtitle: { en: "Transfer learning 1: frozen body", ko: "전이 학습 1: 본체 고정" }[lang],
  blocks: [drawing(lang, true)],
  caption: {
    en: "The gradient ends at the new layer. Each picture's features never change, so they are computed once.",
    ko: "그래디언트는 새 레이어에서 끝나요. 사진마다 특징이 바뀌지 않으니 한 번만 계산하면 돼요.",
  }[lang],
});

/** Both learn, the body in smaller steps. */
export const transferFinetune: TopicDiagram = (lang) => ({
  title: { en: "Everything learns, the body in smaller steps", ko: "전부 배우되 본체는 조금씩" }[lang],
  subtitle: { en: "Transfer learning 2: fine-tuning", ko: "전이 학습 2: 미세 조정" }[lang],
  blocks: [drawing(lang, false)],
  caption: {
    en: "The gradient goes through the whole network. The body's learning rate is r times smaller, since it is good already.",
    ko: "그래디언트가 신경망 전체를 지나가요. 본체는 이미 좋으니 학습률을 r배 작게 해요.",
  }[lang],
});
