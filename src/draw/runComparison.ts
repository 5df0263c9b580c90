import type { Language } from "../text.ts";
import { box, group, heading, paragraph, stack, subheading } from "./blocks.ts";
import { type Curve, drawCurves } from "./curves.ts";
import type { Drawing } from "./drawing.ts";
import { legend } from "./legend.ts";
import { type LineLook, looksOf, type Role } from "./lineLooks.ts";
import { spreadText } from "./spread.ts";
import { renderSvg } from "./svg.ts";
import { tableBlock } from "./tableBlock.ts";
import { theme } from "./theme.ts";

/** A run that is compared with another. */
export interface ComparedRun {
  /** Short: "#12". */
  name: string;
  /** Its main arm and its control; others are left out. */
  arms: readonly { name: string; role: Role; accuracies: readonly number[]; curves: readonly Curve[] }[];
}

/** Two runs, and the settings in which they differ with the value in each. */
export interface RunComparison {
  title: string;
  subtitle?: string;
  runs: readonly [ComparedRun, ComparedRun];
  differences: readonly { setting: string; values: readonly [string, string] }[];
}

const words = {
  steps: { en: "training steps", ko: "학습 스텝" },
  accuracy: { en: "validation accuracy", ko: "검증 정확도" },
  empty: { en: "no accuracy measured on the way", ko: "학습 중에 잰 정확도가 없어요" },
  control: { en: "Dashed: the control of each run.", ko: "점선은 각 학습의 대조군이에요." },
  differences: { en: "What differs", ko: "다른 설정" },
  setting: { en: "setting", ko: "설정" },
  same: { en: "Both have the same settings.", ko: "두 학습의 설정이 같아요." },
} as const;

const PLOT_HEIGHT = 520;

/** Two runs against each other as an SVG. */
export const drawRunComparison = ({ title, subtitle, runs, differences }: RunComparison, lang: Language): string => {
  // A colour and a marker for each run; its control has both too, but is dashed.
  const looks = [looksOf(["main"])[0], { ...looksOf(["main", ...Array<Role>(5).fill("other")])[5], isDashed: false }];
  const lines = runs.flatMap(({ name, arms }, i) =>
    arms
      .filter((it) => it.role !== "other")
      .map((arm) => ({
        ...arm,
        name: `${name} · ${arm.name}`,
        look: { ...looks[i], isDashed: arm.role === "control" } as LineLook,
      })),
  );
  const axes = { x: words.steps[lang], y: words.accuracy[lang], inPercent: true, empty: words.empty[lang] };
  const entries = legend(lines.map(({ look, name, accuracies }) => ({ look, name, value: spreadText(accuracies) })));
  const plot = [
    box(PLOT_HEIGHT, (place) => drawCurves(lines, place, axes)),
    entries,
    lines.some((it) => it.look.isDashed) ? paragraph(words.control[lang], { size: 27, fill: theme.faint }) : undefined,
  ].filter((it) => it !== undefined);
  const table = tableBlock(
    [words.setting[lang], runs[0].name, runs[1].name],
    differences.map(({ setting, values }) => [setting, ...values]),
  );
  return stack([
    heading(title, subtitle),
    group(plot, 14),
    table ? group([subheading(words.differences[lang]), table], 14) : paragraph(words.same[lang]),
  ]);
};

/** Two runs against each other: the curves of both and of their controls, and the settings in which they differ. */
export const runComparison = (comparison: RunComparison, lang: Language): Drawing =>
  renderSvg(drawRunComparison(comparison, lang));
