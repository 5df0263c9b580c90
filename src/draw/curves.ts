import { axis, type ChartOption, drawChart, type LineSeriesOption } from "./chart.ts";
import { type LineLook, MOST_LOOKS } from "./lineLooks.ts";
import { niceScale } from "./niceScale.ts";
import { drawText } from "./text.ts";
import { theme } from "./theme.ts";

/** [step, accuracy or loss] */
export type Point = readonly [number, number];
export type Curve = readonly Point[];

/** The mean of one arm's curves over its seeds, at the steps that all of them have reached. Seeds without a point do not count. */
export const meanCurve = (curves: readonly Curve[]): Curve => {
  const [first, ...others] = curves.filter((it) => it.length > 0).map((it) => new Map(it));
  return [...(first ?? [])].flatMap(([step, value]): Point[] => {
    const values = [value, ...others.map((it) => it.get(step))].filter((it) => it !== undefined);
    return values.length === others.length + 1 ? [[step, values.reduce((sum, it) => sum + it, 0) / values.length]] : [];
  });
};

/** An arm on a plot: the curve of each seed, drawn thinly behind their mean. */
export interface PlottedArm {
  curves: readonly Curve[];
  look: LineLook;
  /** Drawn thickly in the place of the mean: the seed that is being trained. */
  lead?: Curve | undefined;
}

/** What the axes of a plot say. */
export interface PlotAxes {
  /** Under the horizontal axis. */
  x: string;
  /** Over the vertical one. */
  y: string;
  /** Whether values are shares of 1, shown in percent. */
  inPercent: boolean;
  /** Stands in the middle as long as there is no point. */
  empty: string;
}

const SIZE = 27;
/** Markers along a curve stand about so many pixels apart. */
const MARKER_DISTANCE = 140;

const percentLabel = (value: number) => `${Number((value * 100).toFixed(1))} %`;
const numberLabel = (value: number) =>
  Math.abs(value) >= 1000 ? value.toLocaleString("en") : String(Number(value.toPrecision(3)));

const seriesOf = ({ curves, look, lead }: PlottedArm, index: number, markers: number): LineSeriesOption[] => {
  const shown = curves.map((it) => it.filter(([, value]) => Number.isFinite(value))).filter((it) => it.length > 0);
  const mean = lead?.filter(([, value]) => Number.isFinite(value)) ?? meanCurve(shown);
  const thick = mean.length > 0 ? mean : (shown[0] ?? []);
  const line = { color: look.colour, cap: "round", join: "round" } as const;
  const common = { type: "line", silent: true, showAllSymbol: true } as const;
  const every = Math.max(1, Math.ceil(thick.length / markers));
  const thin = shown.length > 1 ? shown : [];
  return [
    ...thin.map(
      (data): LineSeriesOption => ({
        ...common,
        z: 0,
        data: data.map(([x, y]) => [x, y]),
        symbol: "none",
        lineStyle: { ...line, width: 2, opacity: 0.4 },
      }),
    ),
    {
      ...common,
      z: MOST_LOOKS + 1 - index, // the first arm lies on top
      data: thick.map(([x, y], i) => ({
        value: [x, y],
        symbol: (thick.length - 1 - i) % every === 0 ? `path://${look.marker}` : "none",
        symbolSize: i === thick.length - 1 ? 24 : 17,
      })),
      itemStyle: { color: look.colour, borderColor: theme.paper, borderWidth: 2 },
      lineStyle: { ...line, width: 5, ...(look.isDashed ? { type: [14, 10], cap: "butt" } : {}) },
    },
  ];
};

/** Curves over steps with their axes in a box of a card. Values that are not finite are left out. */
export const drawCurves = (
  arms: readonly PlottedArm[],
  place: { x: number; y: number; width: number; height: number },
  { x, y, inPercent, empty }: PlotAxes,
): string => {
  const points = arms.flatMap((it) => it.curves.flat()).filter(([, value]) => Number.isFinite(value));
  const steps = points.map(([step]) => step);
  const isEmpty = points.length === 0;
  const scale = niceScale(
    points.map(([, value]) => value),
    { inPercent, steps: Math.max(2, Math.round(place.height / 110)) },
  );
  const label = { ...axis.axisLabel, fontSize: SIZE, hideOverlap: true };
  const name = { ...axis.nameTextStyle, fontSize: SIZE };
  const option: ChartOption = {
    grid: { left: 104, right: 48, top: 58, bottom: 96, outerBoundsMode: "none" },
    xAxis: {
      ...axis,
      type: "value",
      min: Math.min(0, ...steps),
      max: Math.max(1, ...steps),
      splitNumber: Math.max(2, Math.round(place.width / 200)),
      splitLine: { show: false },
      axisLabel: { ...label, formatter: numberLabel, show: !isEmpty },
      name: x,
      nameLocation: "middle",
      nameGap: 52,
      nameTextStyle: name,
    },
    yAxis: {
      ...axis,
      type: "value",
      ...scale,
      axisLabel: { ...label, formatter: inPercent ? percentLabel : numberLabel, show: !isEmpty },
    },
    series: arms.flatMap((arm, index) => seriesOf(arm, index, Math.round(place.width / MARKER_DISTANCE))),
  };
  const middle = { x: place.x + place.width / 2, y: place.y + place.height / 2 };
  return (
    drawChart(place, option) +
    drawText(y, { x: place.x, y: place.y + 26 }, { size: SIZE, fill: theme.faint }) +
    (isEmpty ? drawText(empty, middle, { size: 29, fill: theme.faint, anchor: "middle" }) : "")
  );
};
