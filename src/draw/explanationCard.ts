import type { Image } from "../images/image.ts";
import type { Prediction } from "../models/prediction.ts";
import { shownLabel } from "../models/shownLabel.ts";
import { percent } from "../numbers.ts";
import type { Language } from "../text.ts";
import { turbo } from "./heatMap.ts";
import { fitWithin, type PhotoCard, type Size } from "./photoCard.ts";
import { drawText, truncate } from "./text.ts";
import { page, theme } from "./theme.ts";

const { width: WIDTH, margin: PAD } = page;
const GAP = 24;
/** Photos that are wider than this (width / height) stand one above the other, all others side by side. */
const WIDE = 1.25;
/** How thick the bar of a heat map's colours is. */
const SCALE_HEIGHT = 18;
const titleStyle = { size: 46, weight: 600 } as const;
const methodStyle = { size: 30, fill: theme.faint };
const noteStyle = { size: 28, fill: theme.faint };

const words = {
  cam: { en: "class activation map", ko: "클래스 활성화 맵(CAM)" },
  occlusion: { en: "occlusion: what changed when it was covered", ko: "오클루전 분석: 가렸을 때 확률이 떨어진 곳" },
  little: { en: "little evidence", ko: "근거 약함" },
  much: { en: "most evidence", ko: "근거 강함" },
  unseen: {
    en: "The dark edges were cropped away; the model never saw them.",
    ko: "어두운 가장자리는 모델이 보기 전에 잘린 부분이에요.",
  },
};

/** What is explained. */
export interface Explanation {
  model: string;
  target: Prediction;
  method: "cam" | "occlusion";
  /** Whether the model saw less than the whole photo. */
  cut: boolean;
}

/** The colours from 0 to 1 as a bar, and what both ends mean. */
const colourScale = (x: number, y: number, width: number, lang: Language): string => {
  const stops = Array.from({ length: 17 }, (_, i) => `<stop offset="${i / 16}" stop-color="rgb(${turbo(i / 16).join()})"/>`);
  return (
    `<linearGradient id="turbo">${stops.join("")}</linearGradient><rect x="${x}" y="${y}" width="${width}" height="${SCALE_HEIGHT}" rx="${SCALE_HEIGHT / 2}" fill="url(#turbo)"/>` +
    drawText(words.little[lang], { x, y: y + 54 }, noteStyle) +
    drawText(words.much[lang], { x: x + width, y: y + 54 }, { ...noteStyle, anchor: "end" })
  );
};

const WHOLE = WIDTH - 2 * PAD;
const isStacked = (photo: Size) => photo.width / photo.height > WIDE;

/** The room that a photo of this shape has on the card, twice. */
export const explainedBox = (photo: Size): Size =>
  isStacked(photo) ? { width: WHOLE, height: 660 } : { width: (WHOLE - GAP) / 2, height: 860 };

/** The reply to `/explain`: the photo and, beside or below it, the same under its heat map; then which class was sought, and how. */
export const explanationCard = (
  photo: Image,
  heatMap: Image,
  { model, target, method, cut }: Explanation,
  lang: Language,
): PhotoCard => {
  const width = WHOLE;
  const each = explainedBox(photo).width;
  const box = { width: each, height: fitWithin(photo, explainedBox(photo)).height };
  const top = PAD + 128;
  const second = isStacked(photo) ? { x: PAD, y: top + box.height + GAP } : { x: PAD + each + GAP, y: top };
  const end = second.y + box.height + 36;
  const title = truncate(`${shownLabel(target, lang)} · ${percent(target.probability)}`, width, titleStyle);
  const head = [
    drawText(title, { x: PAD, y: PAD + 44 }, titleStyle),
    drawText(truncate(`${model} · ${words[method][lang]}`, width, methodStyle), { x: PAD, y: PAD + 92 }, methodStyle),
  ];
  const foot = [
    colourScale(PAD, end, width, lang),
    ...(cut ? [drawText(words.unseen[lang], { x: PAD, y: end + 104 }, noteStyle)] : []),
  ];
  const height = end + (cut ? 146 : 96);
  const photos = [
    { photo, frame: { x: PAD, y: top, ...box } },
    { photo: heatMap, frame: { ...second, ...box } },
  ];
  const bands = [
    { top: 0, bottom: top, elements: head.join("") },
    { top: end, bottom: height, elements: foot.join("") },
  ];
  const scale = { left: PAD, top: Math.round(end), width, height: SCALE_HEIGHT, radius: SCALE_HEIGHT / 2 };
  return { width: WIDTH, height, photos, words: bands, kept: [scale] };
};
