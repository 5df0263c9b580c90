import type { Image } from "../images/image.ts";
import type { Prediction } from "../models/prediction.ts";
import { shownTop } from "../models/shownLabel.ts";
import { costs, percent } from "../numbers.ts";
import type { Language } from "../text.ts";
import { drawBars } from "./bars.ts";
import { fitWithin, type PhotoCard, type Size } from "./photoCard.ts";
import { drawText, truncate } from "./text.ts";
import { page, theme } from "./theme.ts";

/** One model's answer, as it is drawn. */
export interface Answer {
  model: string;
  params: number;
  macs?: number | undefined;
  ms: number;
  top: readonly Prediction[];
}

/** An answer for those who cannot see the chart. */
export const describeAnswer = ({ model, top }: Pick<Answer, "model" | "top">, lang: Language): string =>
  `${model}: ${shownTop(top, lang)
    .map(({ label, probability }) => `${label} ${percent(probability)}`)
    .join(", ")}`;

const { width: WIDTH, margin: PAD } = page;
const bars = { row: 92, size: 37 };
const nameStyle = { size: 46, weight: 600 } as const;
const costStyle = { size: 28, fill: theme.faint };
/** From the top of the list to its first bar: the model's name and its costs. */
const HEAD_HEIGHT = 120;

/** What a model of few classes says of a picture of something else, over its guesses in grey. */
const none = { en: "None of these, I think", ko: "이 중에는 없는 것 같아요" };
const unsureStyle = { size: 37, weight: 600 } as const;
const UNSURE_HEIGHT = 76;

/** A photo that is wider than this (width / height) stands over the bars, any other beside them. */
const WIDE = 1.25;
/** The most room that a photo beside the bars gets; one over them is as wide as the page. */
const besideBox = { width: 430, height: 640 };
const ABOVE_HEIGHT = 660;

const standsBeside = (photo: Size) => photo.width / photo.height < WIDE;

/** The room that a photo of this shape has on the card. */
export const classifiedBox = (photo: Size): Size =>
  standsBeside(photo) ? besideBox : { width: WIDTH - 2 * PAD, height: ABOVE_HEIGHT };

/** The reply to `/classify` with one model: the photo, what the model costs and its most likely classes. */
export const classificationCard = (photo: Image, answer: Answer & { unsure?: boolean }, lang: Language): PhotoCard => {
  const { unsure = false } = answer;
  const head = HEAD_HEIGHT + (unsure ? UNSURE_HEIGHT : 0);
  const listHeight = head + answer.top.length * bars.row - 24; // without the space below the last bar
  const isBeside = standsBeside(photo);
  const box = fitWithin(photo, classifiedBox(photo));
  const frame = isBeside
    ? { x: PAD, y: PAD, width: besideBox.width, height: Math.max(box.height, listHeight) }
    : { x: PAD, y: PAD, width: WIDTH - 2 * PAD, height: Math.max(box.height, 120) };
  const x = isBeside ? PAD + besideBox.width + 44 : PAD;
  const y = isBeside ? PAD + (frame.height - listHeight) / 2 : PAD + frame.height + 28;
  const width = WIDTH - PAD - x;
  const height = isBeside ? PAD * 2 + frame.height : y + listHeight + PAD;
  const words = [
    drawText(truncate(answer.model, width, nameStyle), { x, y: y + 44 }, nameStyle),
    drawText(truncate(costs(answer, lang), width, costStyle), { x, y: y + 90 }, costStyle),
    ...(unsure ? [drawText(truncate(none[lang], width, unsureStyle), { x, y: y + HEAD_HEIGHT + 40 }, unsureStyle)] : []),
    drawBars(shownTop(answer.top, lang), { x, y: y + head, width }, { ...bars, pale: unsure }),
  ];
  const band = { top: y, bottom: y + listHeight + bars.size, elements: words.join("") };
  return { width: WIDTH, height: Math.round(height), photos: [{ photo, frame }], words: [band] };
};
