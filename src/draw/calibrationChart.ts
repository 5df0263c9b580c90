import { percent } from "../numbers.ts";
import type { Language } from "../text.ts";
import { box, factGrid, group, heading, paragraph, stack } from "./blocks.ts";
import type { Drawing } from "./drawing.ts";
import { renderSvg } from "./svg.ts";
import { drawText, textWidth } from "./text.ts";
import { series, theme } from "./theme.ts";

/** Predictions whose confidence lies in one of the equal bins between 0 and 1. */
export interface CalibrationBin {
  /** How many; of none, the other two are not read. */
  count: number;
  /** Mean probability of the predicted class. */
  confidence: number;
  /** Share of them that are right. */
  accuracy: number;
}

/** How far a model's probabilities can be believed. */
export interface Calibration {
  title: string;
  subtitle?: string;
  /** From 0 to 1, all equally wide; ten as a rule. */
  bins: readonly CalibrationBin[];
  /** Expected calibration error (Guo et al. 2017), 0 to 1. */
  ece: number;
}

const words = {
  accuracy: { en: "share that is right", ko: "실제로 맞힌 비율" },
  confidence: { en: "probability that the model states", ko: "모델이 말한 확률" },
  ece: { en: "calibration error (ECE)", ko: "보정 오차 (ECE)" },
  mean: { en: "mean confidence", ko: "평균 확신도" },
  right: { en: "accuracy", ko: "정확도" },
  over: { en: "Overconfident: it is right less often than it says.", ko: "과신해요. 말한 확률보다 덜 맞혀요." },
  under: { en: "Underconfident: it is right more often than it says.", ko: "자신이 부족해요. 말한 확률보다 더 맞혀요." },
  calibrated: { en: "Well calibrated: it is right about as often as it says.", ko: "보정이 잘 됐어요. 말한 확률만큼 맞혀요." },
  none: { en: "No predictions.", ko: "예측이 없어요." },
  how: {
    en: "Bars: how often it was right, among predictions of that probability; the paler, the fewer. Dots: at their mean probability. Dashed: perfect calibration.",
    ko: "막대는 그 확률로 예측했을 때 실제로 맞힌 비율이고, 옅을수록 예측이 적어요. 점은 그 확률들의 평균 위치, 점선은 완벽한 보정이에요.",
  },
} as const;

/** A mean confidence this close to the accuracy is called calibrated. */
const CLOSE = 0.02;
const SIZE = 27;
const plot = { left: 104, top: 50, right: 12, bottom: 96, height: 760 } as const;

const drawPlot = (bins: readonly CalibrationBin[], place: { x: number; y: number; width: number }, lang: Language): string => {
  const [left, top] = [place.x + plot.left, place.y + plot.top];
  const [width, height] = [place.width - plot.left - plot.right, plot.height - plot.top - plot.bottom];
  const xOf = (share: number) => left + share * width;
  const yOf = (share: number) => top + (1 - share) * height;
  const most = Math.max(1, ...bins.map((it) => it.count));
  const faint = { size: SIZE, fill: theme.faint } as const;
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((share) => [
    `<rect x="${left}" y="${yOf(share) - 1}" width="${width}" height="2" fill="${theme.line}"/>`,
    drawText(`${share * 100} %`, { x: left - 14, y: yOf(share) }, { ...faint, anchor: "end", centred: true }),
    drawText(
      `${share * 100} %`,
      { x: xOf(share) - (share === 1 ? textWidth("100 %", faint) / 2 - plot.right : 0), y: top + height + 38 },
      { ...faint, anchor: "middle" },
    ),
  ]);
  const bars = bins.map(({ count, accuracy }, i) => {
    if (count === 0) return "";
    const [from, to] = [xOf(i / bins.length), xOf((i + 1) / bins.length)];
    const opacity = 0.25 + 0.75 * Math.sqrt(count / most);
    const shown = Math.max(4, accuracy * height);
    return `<rect x="${from + 3}" y="${top + height - shown}" width="${to - from - 6}" height="${shown}" fill="${series[0]}" opacity="${opacity.toFixed(3)}"/>`;
  });
  const dots = bins
    .filter((it) => it.count > 0)
    .map(
      ({ confidence, accuracy }) =>
        `<circle cx="${xOf(confidence)}" cy="${yOf(accuracy)}" r="10" fill="${series[5]}" stroke="${theme.paper}" stroke-width="3"/>`,
    );
  return [
    drawText(words.accuracy[lang], { x: place.x, y: place.y + 26 }, faint),
    ...ticks,
    ...bars,
    `<path d="M${xOf(0)} ${yOf(0)}L${xOf(1)} ${yOf(1)}" stroke="${theme.ink}" stroke-width="4" stroke-dasharray="14 10"/>`,
    ...dots,
    drawText(words.confidence[lang], { x: left + width / 2, y: top + height + 84 }, { ...faint, anchor: "middle" }),
  ].join("");
};

/** A reliability diagram as an SVG. */
export const drawCalibrationChart = ({ title, subtitle, bins, ece }: Calibration, lang: Language): string => {
  const filled = bins.filter((it) => it.count > 0);
  const total = filled.reduce((sum, it) => sum + it.count, 0);
  const meanOf = (value: (bin: CalibrationBin) => number) => filled.reduce((sum, it) => sum + it.count * value(it), 0) / total;
  const [confidence, accuracy] = [meanOf((it) => it.confidence), meanOf((it) => it.accuracy)];
  const gap = confidence - accuracy;
  const verdict = Math.abs(gap) <= CLOSE ? words.calibrated : gap > 0 ? words.over : words.under;
  const facts = [
    { label: words.ece[lang], value: percent(ece) },
    { label: words.mean[lang], value: percent(confidence) },
    { label: words.right[lang], value: percent(accuracy) },
  ];
  return stack([
    heading(title, subtitle),
    paragraph((total > 0 ? verdict : words.none)[lang], { size: 33, weight: 600 }),
    group(
      [box(plot.height, (place) => drawPlot(bins, place, lang)), paragraph(words.how[lang], { size: SIZE, fill: theme.faint })],
      12,
    ),
    total > 0 ? factGrid(facts) : undefined,
  ]);
};

/** A reliability diagram: how often a model is right against how sure it says it is, and its expected calibration error. */
export const calibrationChart = (calibration: Calibration, lang: Language): Drawing =>
  renderSvg(drawCalibrationChart(calibration, lang));
