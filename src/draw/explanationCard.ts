import type { Prediction } from "../models/prediction.ts";
import { percent } from "../numbers.ts";
import type { Language } from "../text.ts";
import { line, shortened } from "./bars.ts";
import { turbo } from "./heatMap.ts";
import { drawPhoto, fitWithin, type Photo, svgDocument } from "./photo.ts";
import { theme } from "./theme.ts";

const WIDTH = 1080;
const PAD = 48;
const GAP = 24;
const WIDE = 1.25;

const words = {
  cam: { en: "class activation map", ko: "클래스 활성화 맵(CAM)" },
  occlusion: { en: "occlusion: what changed when it was covered", ko: "가림 실험: 가렸을 때 확률이 떨어진 곳" },
  little: { en: "spoke little for it", ko: "근거 약함" },
  much: { en: "spoke most for it", ko: "근거 강함" },
  unseen: { en: "Dark edges were cut off before the model looked.", ko: "어두운 가장자리는 모델이 보기 전에 잘린 부분이에요." },
};

/** What is explained. */
export interface Explanation {
  model: string;
  target: Prediction;
  method: "cam" | "occlusion";
  /** Whether the model saw less than the whole photo. */
  cut: boolean;
}

const scale = (x: number, y: number, width: number, lang: Language): string => {
  const stops = Array.from({ length: 17 }, (_, i) => `<stop offset="${i / 16}" stop-color="rgb(${turbo(i / 16).join()})"/>`);
  return (
    `<linearGradient id="turbo">${stops.join("")}</linearGradient><rect x="${x}" y="${y}" width="${width}" height="18" rx="9" fill="url(#turbo)"/>` +
    line(words.little[lang], { x, y: y + 54 }, 28, { fill: theme.faint }) +
    line(words.much[lang], { x: x + width, y: y + 54 }, 28, { fill: theme.faint, anchor: "end" })
  );
};

/** The reply to `/explain`: the photo and, beside or below it, the same with the heat map; then what was looked for and how. */
export const explanationCard = (
  photo: Photo,
  heated: Photo,
  { model, target, method, cut }: Explanation,
  lang: Language,
): string => {
  const width = WIDTH - 2 * PAD;
  const stacked = photo.width / photo.height > WIDE;
  const each = stacked ? width : (width - GAP) / 2;
  const box = { width: each, height: fitWithin(photo, { width: each, height: stacked ? 660 : 860 }).height };
  const head = PAD + 128;
  const second = stacked ? { x: PAD, y: head + box.height + GAP } : { x: PAD + each + GAP, y: head };
  const end = second.y + box.height + 36;
  const content = [
    line(shortened(`${target.label} · ${percent(target.probability)}`, width, 46), { x: PAD, y: PAD + 44 }, 46, { weight: 600 }),
    line(shortened(`${model} · ${words[method][lang]}`, width, 30), { x: PAD, y: PAD + 92 }, 30, { fill: theme.faint }),
    drawPhoto(photo, { x: PAD, y: head, ...box }, "photo"),
    drawPhoto(heated, { ...second, ...box }, "heated"),
    scale(PAD, end, width, lang),
    ...(cut ? [line(words.unseen[lang], { x: PAD, y: end + 104 }, 28, { fill: theme.faint })] : []),
  ];
  return svgDocument(WIDTH, end + (cut ? 146 : 96), content.join(""));
};
