import { percent } from "../numbers.ts";
import type { Language } from "../text.ts";
import { type Block, box, column, group, heading, paragraph, stack, wrapTo } from "./blocks.ts";
import type { Curve } from "./curves.ts";
import type { Drawing } from "./drawing.ts";
import { drawMarker, type LineLook, looksOf } from "./lineLooks.ts";
import { renderSvg } from "./svg.ts";
import { drawText, textWidth, truncate } from "./text.ts";
import { theme } from "./theme.ts";

/** A run in the list. */
export interface ListedRun {
  /** With the name or number by which commands know it. */
  title: string;
  subtitle: string;
  /** Accuracy over steps, 0 to 1; at most four are drawn. */
  curves: readonly { name: string; points: Curve }[];
}

const words = {
  title: { en: "Runs", ko: "학습 기록" },
  none: { en: "No runs yet.", ko: "아직 학습 기록이 없어요." },
  noCurve: { en: "no curve", ko: "곡선 없음" },
} as const;

const MOST_CURVES = 4;
/** Of a row: the curves to the right of its words, and the names of the curves below. */
const SKETCH = { width: 360, height: 132 } as const;
const GAP = 32;
const titleStyle = { size: 32, weight: 600 } as const;
const subtitleStyle = { size: 27, fill: theme.faint } as const;
const nameStyle = { size: 27 } as const;
const [TITLE_LINE, LINE] = [42, 37];

/** Curves without axes in a box, all on one scale. */
const sketch = (curves: readonly { points: Curve; look: LineLook }[], place: { x: number; y: number }): string => {
  const all = curves.flatMap((it) => it.points);
  const [steps, values] = [all.map(([step]) => step), all.map(([, value]) => value)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const most = Math.max(1, ...steps);
  const inset = 14;
  const [width, height] = [SKETCH.width - 2 * inset, SKETCH.height - 2 * inset];
  const xOf = (step: number) => place.x + inset + (step / most) * width;
  const yOf = (value: number) => place.y + inset + (high > low ? 1 - (value - low) / (high - low) : 0.5) * height;
  return curves
    .toReversed() // the first lies on top
    .map(({ points, look }) => {
      const last = points.at(-1);
      if (!last) return "";
      const line = points
        .map(([step, value], i) => `${i === 0 ? "M" : "L"}${xOf(step).toFixed(1)} ${yOf(value).toFixed(1)}`)
        .join("");
      return (
        `<path d="${line}" fill="none" stroke="${look.colour}" stroke-width="5" stroke-linejoin="round"${look.isDashed ? ' stroke-dasharray="12 8"' : ""}/>` +
        drawMarker(look, { x: xOf(last[0]), y: yOf(last[1]) }, 11)
      );
    })
    .join("");
};

/** One run: its words, and its curves in small beside them. */
export const runRow = ({ title, subtitle, curves }: ListedRun, lang: Language): Block => {
  const finite = curves.slice(0, MOST_CURVES).map((it) => ({
    name: it.name,
    points: it.points.filter(([, value]) => Number.isFinite(value)),
  }));
  const looks = looksOf(finite.map((_, i) => (i === 0 ? "main" : "other")));
  const looked = finite.flatMap((it, i) => (looks[i] ? [{ ...it, look: looks[i] }] : []));
  const drawn = looked.filter((it) => it.points.length > 0);
  const width = column.width - SKETCH.width - GAP;
  const titles = wrapTo(title, width, titleStyle, 2);
  const subtitles = wrapTo(subtitle, width, subtitleStyle, 2);
  const entriesTop = titles.length * TITLE_LINE + subtitles.length * LINE + 6;
  const height = Math.max(entriesTop + looked.length * LINE, SKETCH.height) + 24;
  return box(height, ({ x, y }) =>
    [
      `<rect x="${x}" y="${y}" width="${column.width}" height="2" fill="${theme.line}"/>`,
      ...titles.map((line, i) => drawText(line, { x, y: y + 24 + 30 + i * TITLE_LINE }, titleStyle)),
      ...subtitles.map((line, i) => drawText(line, { x, y: y + 24 + titles.length * TITLE_LINE + 27 + i * LINE }, subtitleStyle)),
      ...looked.map(({ name, points, look }, i) => {
        const middle = y + 24 + entriesTop + i * LINE + LINE / 2;
        const last = points.at(-1);
        const value = last ? percent(last[1]) : "–";
        const room = width - 36 - textWidth(value, nameStyle) - 20;
        return [
          drawMarker(look, { x: x + 12, y: middle }, 11),
          drawText(truncate(name, room, nameStyle), { x: x + 36, y: middle }, { ...nameStyle, centred: true }),
          drawText(value, { x: x + width, y: middle }, { ...nameStyle, weight: 600, anchor: "end", centred: true }),
        ].join("");
      }),
      drawSketchBox(drawn, { x: x + width + GAP, y: y + 24 }, lang),
    ].join(""),
  );
};

const drawSketchBox = (
  curves: readonly { points: Curve; look: LineLook }[],
  { x, y }: { x: number; y: number },
  lang: Language,
) =>
  `<rect x="${x}" y="${y}" width="${SKETCH.width}" height="${SKETCH.height}" rx="12" fill="${theme.panel}"/>` +
  (curves.length > 0
    ? sketch(curves, { x, y })
    : drawText(
        words.noCurve[lang],
        { x: x + SKETCH.width / 2, y: y + SKETCH.height / 2 },
        { ...subtitleStyle, anchor: "middle", centred: true },
      ));

/** Runs below each other as an SVG. */
export const drawRunList = (runs: readonly ListedRun[], lang: Language): string =>
  stack([
    heading(words.title[lang]),
    runs.length > 0
      ? group(
          runs.map((it) => runRow(it, lang)),
          16,
        )
      : paragraph(words.none[lang]),
  ]);

/** Runs below each other, each with its curves in small and the last value of each. */
export const runList = (runs: readonly ListedRun[], lang: Language): Drawing => renderSvg(drawRunList(runs, lang));
