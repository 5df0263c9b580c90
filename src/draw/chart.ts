import { LineChart, type LineSeriesOption } from "echarts/charts";
import {
  GridComponent,
  type GridComponentOption,
  MarkLineComponent,
  MarkPointComponent,
  TitleComponent,
  type TitleComponentOption,
} from "echarts/components";
import { type ComposeOption, init, setPlatformAPI, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Drawing } from "./drawing.ts";
import { renderSvg } from "./svg.ts";
import { textWidth } from "./text.ts";
import { theme } from "./theme.ts";

use([LineChart, GridComponent, MarkLineComponent, MarkPointComponent, TitleComponent, SVGRenderer]);

/** ECharts guesses how wide text is where there is no browser; this tells it. `font` is CSS: "600 22px Pretendard". */
const measureText = (text: string, font = "") => {
  const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 12);
  return { width: textWidth(text, { size, weight: /\b600\b/.test(font) ? 600 : 400 }) };
};
setPlatformAPI({ measureText });

export type { LineSeriesOption };

/** What a chart may be made of: ECharts' own options for what is in use here. */
export type ChartOption = ComposeOption<LineSeriesOption | GridComponentOption | TitleComponentOption>;

const [WIDTH, HEIGHT] = [640, 400];
/** Pixels for each of the chart's units: sharp on a phone. */
const SCALE = 2;

/** Text size of everything but the title: readable when a phone shows the chart across its width. */
const SIZE = 15;

/** How an axis of ours looks: no line of its own, a pale grid, grey labels. */
export const axis = {
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { show: true, lineStyle: { color: theme.line } },
  axisLabel: { color: theme.faint, fontSize: SIZE, margin: 12 },
  nameTextStyle: { color: theme.faint, fontSize: SIZE },
} as const;

/** A chart as ECharts draws it: an SVG of its own. */
const toSvg = (size: { width: number; height: number }, option: ChartOption): string => {
  const drawing = init(null, null, { renderer: "svg", ssr: true, ...size });
  try {
    drawing.setOption({ animation: false, textStyle: { fontFamily: theme.font }, ...option });
    return drawing.renderToSVGString();
  } finally {
    drawing.dispose();
  }
};

/** A chart in our style, 1280 × 800 pixels. */
export const chart = (title: string, option: ChartOption): Drawing =>
  renderSvg(
    toSvg(
      { width: WIDTH, height: HEIGHT },
      {
        backgroundColor: theme.paper,
        title: { text: title, left: 28, top: 20, padding: 0, textStyle: { fontSize: 22, fontWeight: 600, color: theme.ink } },
        grid: { left: 72, right: 28, top: 84, bottom: 68, outerBoundsMode: "none" },
        ...option,
      },
    ),
    SCALE,
  );

/** A chart as elements of a card, in a box of it. Its sizes, of text too, are the card's pixels. */
export const drawChart = (
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  option: ChartOption,
): string => {
  const svg = toSvg({ width, height }, option);
  const inside = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>")).replace(/<style[\s\S]*?<\/style>/g, "");
  return `<g transform="translate(${x} ${y})">${inside}</g>`;
};
