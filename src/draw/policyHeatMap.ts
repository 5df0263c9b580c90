import { percent } from "../numbers.ts";
import type { Language } from "../text.ts";
import { box, column, heading, stack } from "./blocks.ts";
import { mixColours } from "./colours.ts";
import type { Drawing } from "./drawing.ts";
import { faint, type PolicySearch, palest, policyVerdict } from "./policyVerdict.ts";
import { renderSvg } from "./svg.ts";
import { drawText, shrinkToFit } from "./text.ts";
import { series, theme } from "./theme.ts";

/** RandAugment's grid: an accuracy (0 to 1) for each number of operations N, row by row, and each magnitude M. */
export interface PolicyGrid extends PolicySearch {
  ns: readonly number[];
  ms: readonly number[];
  /** [N][M]; null as long as it was not tried. */
  accuracies: readonly (readonly (number | null)[])[];
}

const words = {
  n: { en: "N: operations", ko: "N: 변형 수" },
  m: { en: "M: magnitude", ko: "M: 강도" },
} as const;

const LEFT = 60;
const CELL_HEIGHT = 112;
/** Cells narrower than this have no room for a percent sign. */
const NARROW = 150;
const textStyle = { size: 29 } as const;

/** Where a value stands between the smallest and the largest, 0 to 1; all alike stand in the middle. */
const shareIn = (values: readonly number[]) => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return (value: number) => (high > low ? (value - low) / (high - low) : 0.5);
};

/** A policy grid as an SVG. */
export const drawPolicyHeatMap = (
  { title, subtitle, ns, ms, accuracies, baseline, margin }: PolicyGrid,
  lang: Language,
): string => {
  const tried = accuracies.flatMap((row, i) =>
    row.flatMap((accuracy, k) =>
      accuracy === null ? [] : [{ row: i, column: k, name: `N = ${ns[i]}, M = ${ms[k]}`, accuracy }],
    ),
  );
  const best = tried.toSorted((a, b) => b.accuracy - a.accuracy)[0];
  const shareOf = shareIn(tried.map((it) => it.accuracy));
  const width = (column.width - LEFT) / Math.max(1, ms.length);
  const grid = box(84 + ns.length * CELL_HEIGHT, ({ x, y }) => {
    const [left, top] = [x + LEFT, y + 84];
    const cells = ns.flatMap((_, i) =>
      ms.map((_, k) => {
        const accuracy = accuracies[i]?.[k] ?? null;
        const at = { x: left + k * width, y: top + i * CELL_HEIGHT };
        const share = accuracy === null ? 0 : shareOf(accuracy);
        const fill = accuracy === null ? theme.panel : mixColours(palest, series[0], share);
        const text = accuracy === null ? "–" : width < NARROW ? (accuracy * 100).toFixed(1) : percent(accuracy);
        const isBest = best?.row === i && best.column === k;
        const style = { ...shrinkToFit(text, width - 26, textStyle, 22), weight: isBest ? 600 : 400 } as const;
        return (
          `<rect x="${at.x + 2}" y="${at.y + 2}" width="${width - 4}" height="${CELL_HEIGHT - 4}" rx="8" fill="${fill}"/>` +
          (isBest
            ? `<rect x="${at.x + 5}" y="${at.y + 5}" width="${width - 10}" height="${CELL_HEIGHT - 10}" rx="6" fill="none" stroke="${series[1]}" stroke-width="8"/>`
            : "") +
          drawText(
            text,
            { x: at.x + width / 2, y: at.y + CELL_HEIGHT / 2 },
            { ...style, anchor: "middle", centred: true, fill: share > 0.5 ? theme.paper : theme.ink },
          )
        );
      }),
    );
    return [
      drawText(words.n[lang], { x, y: y + 26 }, faint),
      drawText(words.m[lang], { x: x + column.width, y: y + 26 }, { ...faint, anchor: "end" }),
      ...ms.map((m, k) => drawText(String(m), { x: left + (k + 0.5) * width, y: y + 70 }, { ...textStyle, anchor: "middle" })),
      ...ns.map((n, i) => drawText(String(n), { x: x + 8, y: top + (i + 0.5) * CELL_HEIGHT }, { ...textStyle, centred: true })),
      ...cells,
    ].join("");
  });
  return stack([heading(title, subtitle), grid, policyVerdict(best, { baseline, margin }, lang)]);
};

/** RandAugment's grid of N and M as a heat map, the best outlined, and how far that is from training without it. */
export const policyHeatMap = (grid: PolicyGrid, lang: Language): Drawing => renderSvg(drawPolicyHeatMap(grid, lang));
