import type { Language } from "../text.ts";
import { box, column, group, heading, paragraph, stack, wrapTo } from "./blocks.ts";
import { mixColours } from "./colours.ts";
import type { Drawing } from "./drawing.ts";
import { niceScale } from "./niceScale.ts";
import { finiteSpread, spreadText } from "./spread.ts";
import { renderSvg } from "./svg.ts";
import { drawText, textWidth } from "./text.ts";
import { series, theme } from "./theme.ts";

/** An arm as a bar. */
export interface BarRow {
  name: string;
  /** Shares of 1, one for each seed. */
  values: readonly number[];
  /** A second quantity in words: "12.6 M MACs". */
  extra?: string;
  /** What the others are compared with: its mean is drawn through all rows. */
  isControl?: true;
}

/** Arms beside each other by one share of 1: an accuracy or an error. */
export interface Bars {
  title: string;
  subtitle?: string;
  /** What is measured: "test accuracy". */
  measure: string;
  rows: readonly BarRow[];
  /** What it shows, in a sentence or two. */
  note?: string;
}

const words = {
  how: {
    en: "The scale does not begin at 0.",
    ko: "축이 0에서 시작하지 않아요.",
  },
  seeds: {
    en: "Thick line: mean ± standard deviation of the seeds; rings: each seed.",
    ko: "굵은 선은 시드 평균 ± 표준편차, 고리는 시드별 결과예요.",
  },
  control: { en: "Dashed: the control.", ko: "점선은 대조군이에요." },
  none: { en: "Nothing was measured.", ko: "측정한 결과가 없어요." },
} as const;

const nameStyle = { size: 30, weight: 600 } as const;
const valueStyle = { size: 30, weight: 600 } as const;
const faint = { size: 27, fill: theme.faint } as const;
const NAME_LINE = 40;
const TRACK = 54;
/** Room for half a label at both ends of the scale. */
const INSET = 40;

/** Arms as an SVG. */
export const drawAccuracyBars = ({ title, subtitle, measure, rows, note }: Bars, lang: Language): string => {
  const values = rows.flatMap((it) => it.values).filter(Number.isFinite);
  const spreads = rows.map((it) => finiteSpread(it.values));
  const ends = spreads.flatMap((it) => (it ? [Math.max(0, it.mean - it.std), Math.min(1, it.mean + it.std)] : []));
  const scale = niceScale([...values, ...ends], { inPercent: true, steps: 5 });
  const [left, width] = [column.x + INSET, column.width - 2 * INSET];
  const xOf = (value: number) => left + ((value - scale.min) / (scale.max - scale.min)) * width;
  const ticks = Array.from(
    { length: Math.round((scale.max - scale.min) / scale.interval) + 1 },
    (_, i) => scale.min + i * scale.interval,
  );
  const control = finiteSpread(rows.find((it) => it.isControl)?.values ?? [])?.mean;
  const lines = (y: number, height: number) =>
    ticks.map((it) => `<rect x="${xOf(it) - 1}" y="${y}" width="2" height="${height}" fill="${theme.line}"/>`).join("") +
    (control === undefined
      ? ""
      : `<path d="M${xOf(control)} ${y}V${y + height}" stroke="${theme.ink}" stroke-width="3" stroke-dasharray="9 7"/>`);

  const head = box(84, ({ x, y }) =>
    [
      drawText(measure, { x, y: y + 26 }, faint),
      ...ticks.map((it) =>
        drawText(`${Number((it * 100).toFixed(1))} %`, { x: xOf(it), y: y + 70 }, { ...faint, anchor: "middle" }),
      ),
    ].join(""),
  );
  const bars = rows.map(({ name, values, extra, isControl }, i) => {
    const spread = spreads[i];
    const value = spreadText(values);
    const names = wrapTo(name, column.width - textWidth(value, valueStyle) - 24, nameStyle, 2);
    const extras = extra ? wrapTo(extra, column.width, faint, 2) : [];
    const track = (names.length + extras.length) * NAME_LINE + 8;
    const colour = isControl ? theme.ink : series[0];
    return box(track + TRACK, ({ x, y }) => {
      const middle = y + track + TRACK / 2;
      const [from, to] = spread ? [Math.max(0, spread.mean - spread.std), Math.min(1, spread.mean + spread.std)] : [0, 0];
      return [
        ...names.map((line, k) => drawText(line, { x, y: y + 28 + k * NAME_LINE }, nameStyle)),
        ...extras.map((line, k) => drawText(line, { x, y: y + 28 + (names.length + k) * NAME_LINE }, faint)),
        drawText(value, { x: x + column.width, y: y + 28 }, { ...valueStyle, anchor: "end" }),
        `<rect x="${x}" y="${y + track}" width="${column.width}" height="${TRACK}" rx="8" fill="${theme.panel}"/>`,
        lines(y + track, TRACK),
        spread && scale.min === 0
          ? `<rect x="${xOf(0)}" y="${middle - 14}" width="${xOf(spread.mean) - xOf(0)}" height="28" fill="${mixColours(theme.paper, colour, 0.35)}"/>`
          : "",
        ...(values.length > 1
          ? values
              .filter(Number.isFinite)
              .map((it) => `<circle cx="${xOf(it)}" cy="${middle}" r="8" fill="none" stroke="${series[1]}" stroke-width="4"/>`)
          : []),
        ...(spread
          ? [
              `<path d="M${xOf(from)} ${middle}H${xOf(to)}M${xOf(from)} ${middle - 14}V${middle + 14}M${xOf(to)} ${middle - 14}V${middle + 14}" stroke="${colour}" stroke-width="6"/>`,
              `<circle cx="${xOf(spread.mean)}" cy="${middle}" r="14" fill="${colour}" stroke="${theme.paper}" stroke-width="3"/>`,
            ]
          : []),
      ].join("");
    });
  });
  const remarks = [
    ...(rows.some((it) => it.values.length > 1) ? [words.seeds[lang]] : []),
    ...(control === undefined ? [] : [words.control[lang]]),
    ...(scale.min > 0 ? [words.how[lang]] : []),
  ];
  return stack([
    heading(title, subtitle),
    values.length === 0 ? paragraph(words.none[lang]) : group([head, group(bars, 22)], 8),
    values.length > 0 && remarks.length > 0 ? paragraph(remarks.join(" "), faint) : undefined,
    note ? paragraph(note) : undefined,
  ]);
};

/**
 * Arms beside each other: the mean of each with whiskers for the spread of its seeds, on a scale that shows their differences. Bars
 * are drawn where it begins at 0, and only there: elsewhere their lengths would mislead.
 */
export const accuracyBars = (bars: Bars, lang: Language): Drawing => renderSvg(drawAccuracyBars(bars, lang));
