import { percent } from "../numbers.ts";
import type { Language, Text } from "../text.ts";
import { type Block, box, column, wrapTo } from "./blocks.ts";
import { drawSwatch, type LineLook } from "./lineLooks.ts";
import { finiteSpread, plusMinus, points } from "./spread.ts";
import { drawText, shrinkToFit, textWidth } from "./text.ts";
import { theme } from "./theme.ts";

/** An arm whose accuracy is shown large. */
interface Figure {
  name: string;
  look: LineLook;
  /** One for each seed. */
  accuracies: readonly number[];
}

/** Accuracy of one arm minus that of its control, seed by seed. */
export interface Gain {
  mean: number;
  /** Over the seeds. */
  std: number;
}

const words = {
  gain: { en: "gain", ko: "차이" },
  unit: { en: "points", ko: "%p" },
  clear: { en: "more than the spread of the seeds", ko: "시드에 따른 편차보다 커요" },
  within: { en: "within the spread of the seeds", ko: "시드에 따른 편차 이내예요" },
  worse: { en: "worse, by more than the spread of the seeds", ko: "시드에 따른 편차보다 크게 낮아요" },
  single: { en: "one seed: its spread is not known", ko: "시드가 하나라 편차는 알 수 없어요" },
} as const satisfies Record<string, Text>;

/** What a gain over so many seeds is worth: a colour and the words for it. */
const verdictOf = ({ mean, std }: Gain, seeds: number): { colour: string; words: Text } => {
  if (seeds < 2) return { colour: theme.ink, words: words.single };
  if (Math.abs(mean) <= std) return { colour: theme.faint, words: words.within };
  return mean > 0 ? { colour: theme.good, words: words.clear } : { colour: theme.warn, words: words.worse };
};

const nameStyle = { size: 29 } as const;
/** Long names are set smaller before they are cut. */
const LEAST_NAME_SIZE = 26;
const NAME_LINE = 38;
const figureStyle = { size: 68, weight: 600 } as const;
const besideStyle = { size: 30, fill: theme.faint } as const;
const verdictStyle = { size: 27 } as const;
const VERDICT_LINE = 36;
const GAP = 36;

/** A large figure at (x, baseline), with something smaller behind it, all within `width`. */
const drawFigure = (figure: string, beside: string, at: { x: number; y: number }, width: number, fill: string): string => {
  const room = width - (beside ? textWidth(beside, besideStyle) + 12 : 0);
  const style = shrinkToFit(figure, room, figureStyle, 40);
  const left = at.x + textWidth(figure, style) + 12;
  return drawText(figure, at, { ...style, fill }) + (beside ? drawText(beside, { x: left, y: at.y }, besideStyle) : "");
};

/** The result in large figures: the main arm, its control, and how far they are apart and whether that means anything. */
export const headline = (figures: readonly Figure[], gain: Gain | null, lang: Language): Block | undefined => {
  if (figures.length === 0) return undefined;
  const columns = figures.length + (gain ? 1 : 0);
  const width = (column.width - (columns - 1) * GAP) / columns;
  const longest = figures
    .flatMap((it) => it.name.split(" "))
    .reduce((a, b) => (textWidth(b, nameStyle) > textWidth(a, nameStyle) ? b : a));
  const style = shrinkToFit(longest, width, nameStyle, LEAST_NAME_SIZE);
  const names = figures.map((it) => wrapTo(it.name, width, style, 2));
  const seeds = Math.min(...figures.map((it) => finiteSpread(it.accuracies)?.n ?? 0));
  const verdict = gain && verdictOf(gain, seeds);
  const verdictLines = verdict ? wrapTo(verdict.words[lang], width, verdictStyle, 3) : [];
  const nameHeight = 36 + Math.max(...names.map((it) => it.length)) * NAME_LINE;
  const height = nameHeight + 78 + (verdictLines.length > 0 ? verdictLines.length * VERDICT_LINE + 6 : 0);
  return box(height, ({ x, y }) => {
    const leftOf = (index: number) => x + index * (width + GAP);
    const baseline = y + nameHeight + 64;
    const drawn = figures.map(({ look, accuracies }, i) => {
      const spread = finiteSpread(accuracies);
      const lines = (names[i] ?? []).map((line, k) => drawText(line, { x: leftOf(i), y: y + 36 + 28 + k * NAME_LINE }, style));
      const beside = spread && spread.n > 1 ? plusMinus(spread.std) : "";
      const figure = drawFigure(spread ? percent(spread.mean) : "–", beside, { x: leftOf(i), y: baseline }, width, theme.ink);
      return drawSwatch(look, { x: leftOf(i), y: y + 16 }) + lines.join("") + figure;
    });
    if (gain && verdict) {
      const left = leftOf(figures.length);
      const beside = [...(seeds > 1 ? [plusMinus(gain.std)] : []), words.unit[lang]].join(" ");
      drawn.push(
        drawText(words.gain[lang], { x: left, y: y + 36 + 28 }, nameStyle),
        drawFigure(points(gain.mean), beside, { x: left, y: baseline }, width, verdict.colour),
        ...verdictLines.map((line, k) =>
          drawText(line, { x: left, y: baseline + 48 + k * VERDICT_LINE }, { ...verdictStyle, fill: verdict.colour }),
        ),
      );
    }
    return drawn.join("");
  });
};
