import { percent } from "../numbers.ts";
import type { Language } from "../text.ts";
import { type Block, box, group, heading, paragraph, stack } from "./blocks.ts";
import type { Drawing } from "./drawing.ts";
import { niceScale } from "./niceScale.ts";
import { points } from "./spread.ts";
import { renderSvg } from "./svg.ts";
import { drawText, textWidth, truncate } from "./text.ts";
import { series, theme } from "./theme.ts";

/** One round of self-training. */
export interface SelfTrainingRound {
  /** From 1. */
  round: number;
  /** Pseudo-labels above the threshold, of so many pictures. */
  kept: number;
  total: number;
  /** Share of the kept ones that are right by the hidden labels; null of none. */
  precision: number | null;
  /** Kept ones of each class. */
  histogram: readonly number[];
  /** Of the round's student, 0 to 1. */
  accuracy: number;
}

/** What became of a model that taught itself. */
export interface SelfTraining {
  title: string;
  subtitle?: string;
  classes: readonly string[];
  rounds: readonly SelfTrainingRound[];
  /** Accuracy with the same steps on the labels alone; null where it was not measured. */
  control: number | null;
}

const words = {
  round: { en: (it: number) => `Round ${it}`, ko: (it: number) => `${it}라운드` },
  kept: { en: "pseudo-labels kept", ko: "남긴 의사 라벨" },
  precision: { en: "of them right", ko: "그중 맞은 비율" },
  accuracy: { en: "student's accuracy", ko: "학생의 정확도" },
  classes: { en: "kept, by class", ko: "클래스별 의사 라벨 수" },
  control: {
    en: (accuracy: number) => `Dashed: the control, the same steps on the labels alone, ${percent(accuracy)}.`,
    ko: (accuracy: number) => `점선은 같은 스텝을 라벨만으로 학습한 대조군(${percent(accuracy)})이에요.`,
  },
  order: {
    en: (first: string, last: string) => `Classes from left to right: ${first} to ${last}.`,
    ko: (first: string, last: string) => `클래스는 왼쪽부터 ${first} … ${last} 순서예요.`,
  },
  gain: {
    en: (round: number, gain: number) => `After round ${round}: ${points(gain)} points against the control`,
    ko: (round: number, gain: number) => `${round}라운드까지 대조군 대비 ${points(gain)} %p`,
  },
  none: { en: "No round was finished.", ko: "끝난 라운드가 없어요." },
} as const;

const faint = { size: 27, fill: theme.faint } as const;
const figure = { size: 38, weight: 600 } as const;
const HISTOGRAM = { width: 470, height: 104 } as const;
const ROW = 286;
const TRACK = 34;

/** Counts of each class as columns in a box, the highest as high as that. */
const drawHistogram = (counts: readonly number[], { x, y }: { x: number; y: number }): string => {
  const most = Math.max(1, ...counts);
  const step = HISTOGRAM.width / Math.max(1, counts.length);
  const gap = Math.min(8, step * 0.2);
  const columns = counts.map((count, i) => {
    const height = count > 0 ? Math.max(3, (count / most) * HISTOGRAM.height) : 0;
    return `<rect x="${(x + i * step).toFixed(1)}" y="${(y + HISTOGRAM.height - height).toFixed(1)}" width="${(step - gap).toFixed(1)}" height="${height.toFixed(1)}" fill="${series[4]}"/>`;
  });
  return `${columns.join("")}<rect x="${x}" y="${y + HISTOGRAM.height}" width="${HISTOGRAM.width}" height="2" fill="${theme.faint}"/>`;
};

const roundBlock = (it: SelfTrainingRound, scale: { min: number; max: number }, control: number | null, lang: Language): Block =>
  box(ROW, ({ x, y, width }) => {
    const xOf = (accuracy: number) => x + Math.max(0, Math.min(1, (accuracy - scale.min) / (scale.max - scale.min))) * width;
    const right = x + width - HISTOGRAM.width;
    const share = it.total > 0 ? percent(it.kept / it.total) : "–";
    const kept = it.kept.toLocaleString("en");
    const track = y + ROW - TRACK;
    const accuracy = percent(it.accuracy);
    return [
      `<rect x="${x}" y="${y}" width="${width}" height="2" fill="${theme.line}"/>`,
      drawText(words.round[lang](it.round), { x, y: y + 48 }, { size: 34, weight: 600 }),
      drawText(words.kept[lang], { x, y: y + 92 }, faint),
      drawText(kept, { x, y: y + 136 }, figure),
      drawText(share, { x: x + textWidth(kept, figure) + 14, y: y + 136 }, { size: 29, fill: theme.faint }),
      drawText(words.classes[lang], { x: right, y: y + 48 }, faint),
      drawHistogram(it.histogram, { x: right, y: y + 64 }),
      drawText(words.precision[lang], { x: x + 290, y: y + 92 }, faint),
      drawText(it.precision === null ? "–" : percent(it.precision), { x: x + 290, y: y + 136 }, figure),
      drawText(words.accuracy[lang], { x, y: y + 228 }, faint),
      drawText(accuracy, { x: x + width, y: y + 230 }, { ...figure, anchor: "end" }),
      `<rect x="${x}" y="${track}" width="${width}" height="${TRACK}" fill="${theme.line}"/>`,
      `<rect x="${x}" y="${track}" width="${xOf(it.accuracy) - x}" height="${TRACK}" fill="${series[0]}"/>`,
      control === null
        ? ""
        : `<path d="M${xOf(control)} ${track - 8}V${track + TRACK + 8}" stroke="${theme.paper}" stroke-width="9"/>` +
          `<path d="M${xOf(control)} ${track - 8}V${track + TRACK + 8}" stroke="${theme.ink}" stroke-width="5" stroke-dasharray="9 5"/>`,
    ].join("");
  });

/** The rounds of self-training as an SVG. */
export const drawSelfTrainingCard = ({ title, subtitle, classes, rounds, control }: SelfTraining, lang: Language): string => {
  const accuracies = [...rounds.map((it) => it.accuracy), ...(control === null ? [] : [control])].filter(Number.isFinite);
  // Bars begin at 0 where that shows the differences; the scale's end is the same for every round.
  const scale = { min: 0, max: niceScale([0, ...accuracies], { inPercent: true, steps: 5 }).max };
  const last = rounds.at(-1);
  const [first, end] = [classes[0], classes.at(-1)];
  const nameStyle = { size: 27 } as const;
  const remarks = [
    ...(control === null ? [] : [words.control[lang](control)]),
    ...(first !== undefined && end !== undefined && classes.length > 1
      ? [words.order[lang](truncate(first, 260, nameStyle), truncate(end, 260, nameStyle))]
      : []),
  ];
  return stack([
    heading(title, subtitle),
    last && control !== null
      ? paragraph(words.gain[lang](last.round, last.accuracy - control), { size: 34, weight: 600 })
      : undefined,
    rounds.length > 0
      ? group(
          rounds.map((it) => roundBlock(it, scale, control, lang)),
          36,
        )
      : paragraph(words.none[lang]),
    rounds.length > 0 && remarks.length > 0 ? paragraph(remarks.join(" "), faint) : undefined,
  ]);
};

/** Round by round: how many pseudo-labels were kept, how many of them are right, of which classes, and what their student reached. */
export const selfTrainingCard = (it: SelfTraining, lang: Language): Drawing => renderSvg(drawSelfTrainingCard(it, lang));
