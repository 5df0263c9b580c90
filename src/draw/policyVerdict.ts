import { compareAccuracies } from "../accuracies.ts";
import { percent } from "../numbers.ts";
import type { Language } from "../text.ts";
import { type Block, group, paragraph } from "./blocks.ts";
import { plusMinus, points } from "./spread.ts";
import { theme } from "./theme.ts";

/** What the picture of every policy search says besides its policies. */
export interface PolicySearch {
  title: string;
  subtitle?: string;
  /** Accuracy without the augmentation that is searched for, 0 to 1; null where it was not measured. */
  baseline: number | null;
  /** A difference as small as this (0 to 1) may be chance. */
  margin: number;
}

const words = {
  none: { en: "No policy was tried.", ko: "시도한 정책이 없어요." },
  better: {
    en: (name: string, accuracy: number) => `Best: ${name} with ${percent(accuracy)}`,
    ko: (name: string, accuracy: number) => `최고: ${name}, ${percent(accuracy)}`,
  },
  close: {
    en: (name: string, accuracy: number) => `None stands out. The nearest: ${name} with ${percent(accuracy)}`,
    ko: (name: string, accuracy: number) => `뚜렷하게 나은 것은 없었어요. 가장 가까운 것: ${name}, ${percent(accuracy)}`,
  },
  worse: {
    en: (name: string, accuracy: number) => `No policy helped. The nearest: ${name} with ${percent(accuracy)}`,
    ko: (name: string, accuracy: number) => `정책 없이보다 나은 것은 없었어요. 가장 가까운 것: ${name}, ${percent(accuracy)}`,
  },
  against: {
    en: (baseline: number, gain: number, margin: number) =>
      `Without it ${percent(baseline)}: a difference of ${points(gain)} points, of which ${plusMinus(margin)} may be chance.`,
    ko: (baseline: number, gain: number, margin: number) =>
      `없을 때 ${percent(baseline)}, 차이 ${points(gain)} %p (우연일 수 있는 폭 ${plusMinus(margin)} %p)예요.`,
  },
} as const;

/** The least blue of a scale whose other end is the series' first colour. */
export const palest = "#eef3fa";
export const faint = { size: 27, fill: theme.faint } as const;

/** The best policy of a search in words, and how far it is from training without it. */
export const policyVerdict = (
  best: { name: string; accuracy: number } | undefined,
  { baseline, margin }: Pick<PolicySearch, "baseline" | "margin">,
  lang: Language,
): Block =>
  best
    ? group(
        [
          paragraph(
            words[baseline === null ? "better" : compareAccuracies(best.accuracy, baseline, margin)][lang](
              best.name,
              best.accuracy,
            ),
            { size: 33, weight: 600 },
          ),
          ...(baseline === null ? [] : [paragraph(words.against[lang](baseline, best.accuracy - baseline, margin), faint)]),
        ],
        4,
      )
    : paragraph(words.none[lang]);
