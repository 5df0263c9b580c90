import type { LearningRateCurve } from "../learn/learningRateFinder.ts";
import type { Language, Text } from "../text.ts";
import { axis, chart } from "./chart.ts";
import type { Drawing } from "./drawing.ts";
import { theme } from "./theme.ts";

const words: Record<"title" | "rate" | "loss", Text> = {
  title: { en: "Which learning rate?", ko: "어떤 학습률이 좋을까요?" },
  rate: { en: "learning rate", ko: "학습률" },
  loss: { en: "loss", ko: "손실" },
};

/** 0.0316 as "0.032", 2e-5 as "2e-5". */
const rateText = (rate: number): string => (rate >= 1e-3 ? String(Number(rate.toPrecision(2))) : rate.toExponential(0));

/** The loss at every learning rate tried, the rates in equal ratios, and the one suggested. */
export const learningRateCurve = ({ points, suggestion }: LearningRateCurve, lang: Language): Drawing => {
  const losses = points.map((it) => it.loss);
  const rates = points.map((it) => it.learningRate);
  // Where training came apart the loss may be anything: the axis is for the rest.
  const high = Math.max(...losses.slice(0, Math.ceil(losses.length / 2)), Math.min(...losses) * 1.2);
  const chosen = points.find((it) => it.learningRate === suggestion)?.loss ?? Math.min(...losses);
  return chart(words.title[lang], {
    xAxis: {
      ...axis,
      type: "log",
      min: Math.min(...rates),
      max: Math.max(...rates),
      name: words.rate[lang],
      nameLocation: "middle",
      nameGap: 40,
      axisLabel: { ...axis.axisLabel, formatter: rateText },
    },
    yAxis: {
      ...axis,
      type: "value",
      scale: true,
      max: high,
      name: words.loss[lang],
      axisLabel: { ...axis.axisLabel, showMaxLabel: false },
      nameGap: 12,
      nameTextStyle: { ...axis.nameTextStyle, align: "right", padding: [0, 10, 0, 0] },
    },
    series: {
      type: "line",
      data: points.map(({ learningRate, loss }) => [learningRate, loss]),
      symbol: "none",
      lineStyle: { width: 3, color: theme.accent, join: "round", cap: "round" },
      markLine: {
        symbol: "none",
        precision: 12, // ECharts rounds to two decimals unless told otherwise, and would draw 0.0056 at 0.01
        lineStyle: { color: theme.warn, width: 2, type: [5, 5] },
        label: { formatter: rateText(suggestion), color: theme.warn, fontSize: 20, fontWeight: 600 },
        data: [{ xAxis: suggestion }],
      },
      markPoint: {
        symbol: "circle",
        symbolSize: 14,
        itemStyle: { color: theme.warn, borderColor: theme.paper, borderWidth: 2 },
        label: { show: false },
        data: [{ name: "suggestion", coord: [suggestion, chosen] }],
      },
    },
  });
};
