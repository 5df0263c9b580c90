import type { Image } from "../images/image.ts";
import { shownTop } from "../models/shownLabel.ts";
import { duration, short } from "../numbers.ts";
import type { Language } from "../text.ts";
import { drawBars } from "./bars.ts";
import type { Answer } from "./classificationCard.ts";
import { fitWithin, type PhotoCard, type Size } from "./photoCard.ts";
import { drawText, shrinkToFit, truncate } from "./text.ts";
import { page, theme } from "./theme.ts";

const { width: WIDTH, margin: PAD } = page;
/** Width of the left column: the model's name and what it costs. */
const LEFT = 380;
const bars = { row: 74, size: 31 };
const titleStyle = { size: 46, weight: 600 } as const;
const nameStyle = { size: 34, weight: 600 } as const;
/** Long names are set smaller before they are cut: "efficientnet-mini.cifar10" fits. */
const LEAST_NAME_SIZE = 28;
const costStyle = { size: 28, fill: theme.faint };
const reasonStyle = { size: 31, fill: theme.faint };
/** Height of a model that did not answer. One that did needs room for its name and two lines of costs, and for its bars. */
const FAILED_HEIGHT = 92;
const LEAST_HEIGHT = 150;
/** Classes of each model: fewer where there are many models, so that a phone shows them on one screen and a half. */
const shownOf = (models: number): number => (models > 4 ? 2 : 3);

const texts = {
  title: { en: (count: number) => `${count} models on one picture`, ko: (count: number) => `사진 한 장, 모델 ${count}개` },
  parameters: { en: (count: string) => `${count} parameters`, ko: (count: string) => `파라미터 ${count}` },
};

/** A model that did not answer, and why not. */
interface Failure {
  model: string;
  reason: string;
}

/** The room that a photo has on the card. */
export const comparedBox = (): Size => ({ width: WIDTH - 2 * PAD, height: 460 });

/** The reply to `/classify model:all`: each model's likeliest classes on the same picture and what it costs, or why it has none. */
export const comparisonCard = (photo: Image, outcomes: readonly (Answer | Failure)[], lang: Language): PhotoCard => {
  const width = WIDTH - 2 * PAD;
  const box = fitWithin(photo, comparedBox());
  const frame = { x: PAD, y: PAD + 78, width, height: Math.max(box.height, 100) };
  const right = { x: PAD + LEFT, width: width - LEFT };
  let y = frame.y + frame.height + 36;
  const rows = outcomes.map((outcome) => {
    const above = `<rect x="${PAD}" y="${y}" width="${width}" height="2" fill="${theme.line}"/>`;
    const style = shrinkToFit(outcome.model, LEFT - 30, nameStyle, LEAST_NAME_SIZE);
    const name = drawText(truncate(outcome.model, LEFT - 30, style), { x: PAD, y: y + 57 }, style);
    if ("reason" in outcome) {
      const reason = drawText(truncate(outcome.reason, right.width, reasonStyle), { x: right.x, y: y + 57 }, reasonStyle);
      y += FAILED_HEIGHT;
      return above + name + reason;
    }
    const { params, macs, ms, top } = outcome;
    const shown = shownTop(top.slice(0, shownOf(outcomes.length)), lang);
    const cost = [...(macs === undefined ? [] : [`${short(macs)} MACs`]), duration(ms)].join(" · ");
    const facts = [texts.parameters[lang](short(params)), cost].map((fact) => truncate(fact, LEFT - 30, costStyle));
    const row = [
      above,
      name,
      ...facts.map((fact, index) => drawText(fact, { x: PAD, y: y + 104 + index * 40 }, costStyle)),
      drawBars(shown, { ...right, y: y + 24 }, bars),
    ];
    y += Math.max(shown.length * bars.row, LEAST_HEIGHT) + 40;
    return row.join("");
  });
  const title = drawText(texts.title[lang](outcomes.length), { x: PAD, y: PAD + 42 }, titleStyle);
  const words = [
    { top: 0, bottom: frame.y, elements: title },
    { top: frame.y + frame.height, bottom: y, elements: rows.join("") },
  ];
  return { width: WIDTH, height: y, photos: [{ photo, frame }], words };
};
