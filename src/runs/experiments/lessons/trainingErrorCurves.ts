import { axis, chart } from "../../../draw/chart.ts";
import { niceScale } from "../../../draw/niceScale.ts";
import { series, theme } from "../../../draw/theme.ts";
import { percent } from "../../../numbers.ts";
import type { Language } from "../../../text.ts";
import type { ArmResult } from "../../experiment.ts";
import type { LessonPicture } from "./lesson.ts";
import { outcomeOf, outcomesOf } from "./outcomes.ts";

const words = {
  title: { en: "Loss on training pictures", ko: "학습 사진에서의 손실" },
  without: { en: "without shortcuts", ko: "스킵 연결 없음" },
  with: { en: "with shortcuts", ko: "스킵 연결 있음" },
  steps: { en: "steps", ko: "스텝" },
  error: { en: "training error", ko: "학습 오류율" },
  ended: { en: (share: string) => `${share} error`, ko: (share: string) => `오류율 ${share}` },
};

/** Left and width of the two charts, in the chart's own 640 units. */
const panels = [
  { left: 56, width: 262 },
  { left: 354, width: 262 },
] as const;

/** Training loss by step, plain networks on the left and residual ones on the right, as in figure 6 of the paper; of the first seed. */
export const trainingErrorCurves = (
  results: readonly ArmResult[],
  { plain, residual }: { plain: readonly string[]; residual: readonly string[] },
  lang: Language,
): LessonPicture => {
  const outcomes = outcomesOf(results);
  const errorOf = (name: string) => percent(1 - outcomeOf(outcomes, name).trainAccuracy.mean);
  const shown = [plain, residual].map((names) => names.flatMap((name) => results.find(({ arm }) => arm.name === name) ?? []));
  const losses = shown.flat().flatMap(({ lossCurve }) => lossCurve.map(([, loss]) => loss));
  const [low, high] = [Math.min(...losses), [...losses].sort((a, b) => a - b)[Math.floor(losses.length * 0.97)] ?? 1];
  const headings = [words.without[lang], words.with[lang]];
  const image = chart(words.title[lang], {
    grid: panels.map((it) => ({ ...it, top: 176, bottom: 60, outerBoundsMode: "none" as const })),
    xAxis: panels.map((_, gridIndex) => ({
      ...axis,
      gridIndex,
      type: "value" as const,
      max: "dataMax" as const,
      splitNumber: 3,
      axisLabel: { ...axis.axisLabel, showMaxLabel: false },
      name: gridIndex === 1 ? words.steps[lang] : "",
      nameLocation: "end" as const,
      nameTextStyle: { ...axis.nameTextStyle, align: "right" as const, verticalAlign: "top" as const, padding: [14, 0, 0, 0] },
      nameGap: 0,
    })),
    yAxis: panels.map((_, gridIndex) => ({
      ...axis,
      gridIndex,
      type: "value" as const,
      ...niceScale([low, high], { inPercent: false, steps: 4 }),
      axisLabel: { ...axis.axisLabel, show: gridIndex === 0 },
    })),
    title: [
      { text: words.title[lang], left: 28, top: 20, padding: 0, textStyle: { fontSize: 22, fontWeight: 600, color: theme.ink } },
      ...panels.map(({ left }, panel) => ({
        text: headings[panel] ?? "",
        ...{ left, top: 66, padding: 0 },
        textStyle: { fontSize: 18, fontWeight: 600 as const, color: theme.ink },
      })),
      ...shown.flatMap((arms, panel) =>
        arms.map(({ arm }, i) => ({
          text: `${arm.name}  ${words.ended[lang](errorOf(arm.name))}`,
          ...{ left: panels[panel]?.left ?? 0, top: 96 + 28 * i, padding: 0 },
          textStyle: { fontSize: 17, fontWeight: 600 as const, color: series[i] as string },
        })),
      ),
    ],
    series: shown.flatMap((arms, panel) =>
      arms.map(({ lossCurve }, i) => ({
        type: "line" as const,
        xAxisIndex: panel,
        yAxisIndex: panel,
        data: lossCurve.map(([step, loss]) => [step, Math.min(loss, high)]),
        symbol: "none",
        lineStyle: { width: 3, color: series[i] as string, join: "round" as const, cap: "round" as const },
      })),
    ),
  });
  const said = shown.map(
    (arms, panel) => `${headings[panel]}: ${arms.map(({ arm }) => `${arm.name} ${errorOf(arm.name)}`).join(", ")}`,
  );
  return { name: "training-error", image, alt: `${words.error[lang]}. ${said.join(". ")}.` };
};
