import type { Prediction } from "../models/prediction.ts";
import { costs, percent } from "../numbers.ts";
import type { Language } from "../text.ts";
import { drawBars, line, shortened } from "./bars.ts";
import { drawPhoto, fitWithin, type Photo, svgDocument } from "./photo.ts";
import { theme } from "./theme.ts";

/** One model's answer, as it is drawn. */
export interface Answer {
  model: string;
  params: number;
  macs?: number | undefined;
  ms: number;
  top: readonly Prediction[];
}

/** An answer for those who cannot see the chart. */
export const describeAnswer = ({ model, top }: Pick<Answer, "model" | "top">): string =>
  `${model}: ${top.map(({ label, probability }) => `${label} ${percent(probability)}`).join(", ")}`;

const WIDTH = 1080; // three pixels for each of a phone's, so that nothing below 30 units is hard to read
const PAD = 48;
const ROW = 92;
const SIZE = 37;

/** Above this shape a photo stands over the bars, below it beside them. */
const WIDE = 1.25;

/** The reply to `/classify` with one model: the photo, what the model costs and its five best guesses. */
export const classificationCard = (photo: Photo, answer: Answer, lang: Language): string => {
  const listHeight = 120 + answer.top.length * ROW;
  const beside = photo.width / photo.height < WIDE;
  const box = fitWithin(photo, beside ? { width: 430, height: 640 } : { width: WIDTH - 2 * PAD, height: 660 });
  const frame = beside
    ? { x: PAD, y: PAD, width: 430, height: Math.max(box.height, listHeight - 24) }
    : { x: PAD, y: PAD, width: WIDTH - 2 * PAD, height: Math.max(box.height, 120) };
  const x = beside ? PAD + 430 + 44 : PAD;
  const y = beside ? PAD + Math.max(0, (frame.height - listHeight + 24) / 2) : PAD + frame.height + 28;
  const width = WIDTH - PAD - x;
  const height = beside ? PAD * 2 + frame.height : y + listHeight + PAD - 28;
  const content = [
    drawPhoto(photo, frame),
    line(shortened(answer.model, width, 46), { x, y: y + 44 }, 46, { weight: 600 }),
    line(shortened(costs(answer, lang), width, 28), { x, y: y + 90 }, 28, { fill: theme.faint }),
    drawBars(answer.top, { x, y: y + 122, width }, { row: ROW, size: SIZE }),
  ];
  return svgDocument(WIDTH, Math.round(height), content.join(""));
};
