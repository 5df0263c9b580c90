import type { Language } from "../text.ts";
import { box, type Fact, factGrid, group, heading, paragraph, stack } from "./blocks.ts";
import { type Curve, drawCurves } from "./curves.ts";
import type { Drawing } from "./drawing.ts";
import { type Gain, headline } from "./headline.ts";
import { legend } from "./legend.ts";
import { looksOf, MOST_LOOKS, type Role } from "./lineLooks.ts";
import { finiteSpread, spreadText } from "./spread.ts";
import { renderSvg } from "./svg.ts";
import { tableBlock } from "./tableBlock.ts";
import { theme } from "./theme.ts";

/** One arm of a run with all its seeds. */
export interface RunArm {
  name: string;
  role: Role;
  /** On the test pictures, 0 to 1, one for each seed that came to its end. */
  accuracies: readonly number[];
  /** [step, accuracy on the validation pictures], one curve for each seed. */
  curves: readonly Curve[];
}

/** What the card of a run shows. */
export interface RunResult {
  /** "Distillation on cifar10" */
  title: string;
  /** The spec in words. */
  subtitle: string;
  arms: readonly RunArm[];
  /** Null where nothing is claimed. */
  gain: Gain | null;
  /** Seeds, steps, images/s, seconds, engine: short texts. */
  facts: readonly Fact[];
  /** Teacher, student and control beside each other: the first column names the rows. */
  table?: { columns: readonly string[]; rows: readonly (readonly string[])[] };
  /** A sentence at the end. */
  note?: string;
}

const words = {
  steps: { en: "training steps", ko: "학습 스텝" },
  accuracy: { en: "validation accuracy", ko: "검증 정확도" },
  empty: { en: "no accuracy measured on the way", ko: "학습 중에 잰 정확도가 없어요" },
  seeds: {
    en: "Thin lines: each seed. Thick lines: their mean.",
    ko: "가는 선은 시드별 결과, 굵은 선은 그 평균이에요.",
  },
  more: {
    en: (count: number) => `${count} further ${count === 1 ? "arm is" : "arms are"} not drawn.`,
    ko: (count: number) => `그리지 않은 조건이 ${count}개 더 있어요.`,
  },
} as const;

const PLOT_HEIGHT = 540;

/** The arms that are drawn: main and control, and of the others the most accurate, in their own order. */
const shownOf = (arms: readonly RunArm[]): readonly RunArm[] => {
  if (arms.length <= MOST_LOOKS) return arms;
  const rank = ({ role, accuracies }: RunArm) => (role === "other" ? (finiteSpread(accuracies)?.mean ?? -1) : 2);
  const chosen = new Set(arms.toSorted((a, b) => rank(b) - rank(a)).slice(0, MOST_LOOKS));
  return arms.filter((it) => chosen.has(it));
};

/** The result of a run as an SVG. */
export const drawRunCard = ({ title, subtitle, arms, gain, facts, table, note }: RunResult, lang: Language): string => {
  const shown = shownOf(arms);
  const looks = looksOf(shown.map((it) => it.role));
  const looked = shown.flatMap((arm, i) => (looks[i] ? [{ ...arm, look: looks[i] }] : []));
  const main = looked.find((it) => it.role === "main");
  const control = looked.find((it) => it.role === "control");
  const large = [main, control].filter((it) => it !== undefined);
  const rest = looked.filter((it) => !large.includes(it));
  const axes = { x: words.steps[lang], y: words.accuracy[lang], inPercent: true, empty: words.empty[lang] };
  const remarks = [
    ...(shown.some((it) => it.curves.filter((curve) => curve.length > 0).length > 1) ? [words.seeds[lang]] : []),
    ...(shown.length < arms.length ? [words.more[lang](arms.length - shown.length)] : []),
  ];
  const plot = [
    box(PLOT_HEIGHT, (place) => drawCurves(looked, place, axes)),
    legend(rest.map(({ look, name, accuracies }) => ({ look, name, value: spreadText(accuracies) }))),
    remarks.length > 0 ? paragraph(remarks.join(" "), { size: 27, fill: theme.faint }) : undefined,
  ].filter((it) => it !== undefined);
  return stack([
    heading(title, subtitle),
    headline(large, gain, lang),
    group(plot, 14),
    table && tableBlock(table.columns, table.rows),
    factGrid(facts),
    note ? paragraph(note) : undefined,
  ]);
};

/** The result of a run: large figures of the main arm against its control, every arm's curves, and what it took. */
export const runCard = (result: RunResult, lang: Language): Drawing => renderSvg(drawRunCard(result, lang));
