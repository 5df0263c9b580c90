import { duration, short } from "../numbers.ts";
import type { Language } from "../text.ts";
import { drawBars, line, shortened } from "./bars.ts";
import type { Answer } from "./classificationCard.ts";
import { drawPhoto, fitWithin, type Photo, svgDocument } from "./photo.ts";
import { theme } from "./theme.ts";

const WIDTH = 1080;
const PAD = 48;
const LEFT = 350;
const ROW = 74;
const SIZE = 31;
/** Guesses of each model: fewer where there are many models, so that a phone shows them on one screen and a half. */
const shownOf = (models: number): number => (models > 4 ? 2 : 3);

const words = {
  title: { en: (count: number) => `${count} models on one picture`, ko: (count: number) => `사진 한 장, 모델 ${count}개` },
  parameters: { en: (count: string) => `${count} parameters`, ko: (count: string) => `파라미터 ${count}` },
};

/** A model that did not answer, and why not. */
interface Failure {
  model: string;
  reason: string;
}
const FAILED_HEIGHT = 92;

/** The reply to `/classify model:all`: each model's best guesses on the same picture and what it costs, or why it has none. */
export const comparisonCard = (photo: Photo, outcomes: readonly (Answer | Failure)[], lang: Language): string => {
  const box = fitWithin(photo, { width: WIDTH - 2 * PAD, height: 460 });
  const frame = { x: PAD, y: PAD + 78, width: WIDTH - 2 * PAD, height: Math.max(box.height, 100) };
  let y = frame.y + frame.height + 36;
  const rows = outcomes.map((outcome) => {
    const { model } = outcome;
    const above = `<rect x="${PAD}" y="${y}" width="${WIDTH - 2 * PAD}" height="2" fill="${theme.line}"/>`;
    const name = line(shortened(model, LEFT - 30, 34), { x: PAD, y: y + 57 }, 34, { weight: 600 });
    if ("reason" in outcome) {
      const place = { x: PAD + LEFT, y: y + 57 };
      y += FAILED_HEIGHT;
      return above + name + line(shortened(outcome.reason, WIDTH - PAD - place.x, SIZE), place, SIZE, { fill: theme.faint });
    }
    const { params, macs, ms, top } = outcome;
    const shown = top.slice(0, shownOf(outcomes.length));
    const right = { x: PAD + LEFT, y: y + 24, width: WIDTH - 2 * PAD - LEFT };
    const cost = [...(macs === undefined ? [] : [`${short(macs)} MACs`]), duration(ms)].join(" · ");
    const facts = [words.parameters[lang](short(params)), cost];
    const row = [
      above,
      name,
      ...facts.map((fact, index) => line(fact, { x: PAD, y: y + 104 + index * 40 }, 28, { fill: theme.faint })),
      drawBars(shown, right, { row: ROW, size: SIZE }),
    ];
    y += Math.max(shown.length * ROW, 150) + 40;
    return row.join("");
  });
  const title = line(words.title[lang](outcomes.length), { x: PAD, y: PAD + 42 }, 46, { weight: 600 });
  return svgDocument(WIDTH, y, title + drawPhoto(photo, frame) + rows.join(""));
};
