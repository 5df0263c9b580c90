import { percent } from "../numbers.ts";
import type { Language, Text } from "../text.ts";
import { axis, chart } from "./chart.ts";
import type { Drawing } from "./drawing.ts";
import { textWidth } from "./text.ts";
import { series, theme } from "./theme.ts";

/** Accuracies 0..1 of each approach that was tried with so many labels a class. */
export interface LabelCountRow {
  labels: number;
  head?: number | undefined;
  finetune?: number | undefined;
  scratch?: number | undefined;
}

/** How each approach is called, its colour, and its marker, for those who see no colours. */
const approaches = {
  head: { name: { en: "new last layer", ko: "마지막 레이어만" }, colour: series[0], symbol: "circle" },
  finetune: { name: { en: "fine-tuned", ko: "미세 조정" }, colour: series[5], symbol: "triangle" },
  scratch: { name: { en: "from scratch", ko: "처음부터" }, colour: series[2], symbol: "rect" },
} as const satisfies Record<Exclude<keyof LabelCountRow, "labels">, { name: Text; colour: string; symbol: string }>;
type Approach = keyof typeof approaches;

const words = {
  title: { en: "How many labels does it take?", ko: "라벨이 얼마나 필요할까요?" },
  x: { en: "labels per class", ko: "클래스당 라벨 수" },
  y: { en: "test accuracy", ko: "테스트 정확도" },
} as const satisfies Record<string, Text>;

/** The plot within the chart, in its units; names stand to the right of the lines they belong to. */
const [LEFT, TOP, PLOT_HEIGHT, NAME_SIZE] = [72, 84, 248, 17];
const NAME_GAP = 22;

/** How far each name is moved down from the end of its line, so that no two lie on each other; `heights` in the chart's units. */
const movesOf = (heights: readonly number[]): number[] => {
  const order = Array.from(heights.keys()).sort((a, b) => (heights[a] as number) - (heights[b] as number));
  const moved = heights.slice();
  order.forEach((index, i) => {
    const above = order[i - 1];
    if (above !== undefined) moved[index] = Math.max(moved[index] as number, (moved[above] as number) + NAME_GAP);
  });
  const over = Math.max(0, Math.max(...moved) - PLOT_HEIGHT); // back into the plot, from the lowest up
  for (let i = order.length - 1, lowest = PLOT_HEIGHT; over > 0 && i >= 0; i--, lowest -= NAME_GAP) {
    const index = order[i] as number;
    moved[index] = Math.min(moved[index] as number, lowest);
  }
  return moved.map((it, i) => it - (heights[i] as number));
};

const steps = [0.02, 0.05, 0.1, 0.2];
/** The accuracies between which the plot lies, in whole steps of which there are at most five. */
const scaleOf = (values: readonly number[]): { min: number; max: number; interval: number } => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const fits = (step: number) => Math.ceil(high / step - 1e-9) - Math.floor(low / step + 1e-9) <= 5;
  const interval = steps.find(fits) ?? 0.25;
  const min = Math.floor(low / interval + 1e-9) * interval;
  return { min, max: Math.max(min + interval, Math.ceil(high / interval - 1e-9) * interval), interval };
};

/** Test accuracy against labels a class, one line for each approach, the counts in equal ratios. Needs two counts or more. */
export const labelCountChart = (rows: readonly LabelCountRow[], lang: Language): { image: Drawing; alt: string } => {
  const shown = (Object.keys(approaches) as Approach[]).flatMap((approach) => {
    const points = rows.flatMap((row) => (row[approach] === undefined ? [] : [[row.labels, row[approach]] as [number, number]]));
    return points.length > 0 ? [{ ...approaches[approach], points }] : [];
  });
  const scale = scaleOf(shown.flatMap((it) => it.points.map(([, accuracy]) => accuracy)));
  const ends = shown.map(({ points }) => points.at(-1)?.[1] ?? 0);
  const moves = movesOf(ends.map((it) => ((scale.max - it) / (scale.max - scale.min)) * PLOT_HEIGHT));
  const room = Math.max(...shown.map(({ name }) => textWidth(name[lang], { size: NAME_SIZE, weight: 600 })));
  const counts = rows.map((it) => it.labels);
  const [first = 1, last = 10] = [counts[0], counts.at(-1)];
  const image = chart(words.title[lang], {
    grid: { left: LEFT, right: room + 44, top: TOP, bottom: 68, outerBoundsMode: "none" },
    xAxis: {
      ...axis,
      type: "log",
      // A little room, so that the first and the last markers stand inside.
      min: first / (last / first) ** 0.04,
      max: last * (last / first) ** 0.04,
      splitLine: { show: false },
      axisLabel: { ...axis.axisLabel, customValues: counts, formatter: (value: number) => String(value) },
      axisTick: { show: false, customValues: counts },
      name: words.x[lang],
      nameLocation: "middle",
      nameGap: 40,
    },
    yAxis: {
      ...axis,
      type: "value",
      ...scale,
      axisLabel: { ...axis.axisLabel, formatter: (value: number) => `${Math.round(100 * value)} %` },
      name: words.y[lang],
      nameGap: 14,
      nameTextStyle: { ...axis.nameTextStyle, align: "left", padding: [0, 0, 0, -40] },
    },
    series: shown.map(({ name, colour, symbol, points }, i) => ({
      type: "line",
      data: points,
      symbol,
      symbolSize: 12,
      showAllSymbol: true,
      itemStyle: { color: colour, borderColor: theme.paper, borderWidth: 1.5 },
      lineStyle: { width: 3, color: colour, join: "round", cap: "round" },
      endLabel: {
        show: true,
        formatter: name[lang],
        color: colour,
        fontSize: NAME_SIZE,
        fontWeight: 600,
        distance: 12,
        offset: [0, moves[i] as number],
      },
    })),
  });
  const lines = shown.map(({ name, points }) => {
    const said = points.map(([labels, accuracy]) => `${labels}: ${percent(accuracy)}`).join(", ");
    return `${name[lang]} ${said}`;
  });
  return { image, alt: `${words.y[lang]}, ${words.x[lang]}. ${lines.join("; ")}` };
};
