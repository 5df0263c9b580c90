import { percent } from "../numbers.ts";
import type { Language } from "../text.ts";
import { type Block, group, paragraph } from "./blocks.ts";
import { points } from "./spread.ts";
import { theme } from "./theme.ts";

/** What the picture of every policy search says besides its policies. */
export interface PolicySearch {
  title: string;
  subtitle?: string;
  /** Accuracy without the augmentation that is searched for, 0 to 1; null where it was not measured. */
  baseline: number | null;
}

const words = {
  none: { en: "No policy was tried.", ko: "시도한 정책이 없어요." },
  best: {
    en: (name: string, accuracy: number) => `Best: ${name} with ${percent(accuracy)}`,
    ko: (name: string, accuracy: number) => `최고: ${name}, ${percent(accuracy)}`,
  },
  inVain: {
    en: (name: string, accuracy: number) => `None did better than none. The nearest: ${name} with ${percent(accuracy)}`,
    ko: (name: string, accuracy: number) => `정책 없이보다 나은 것은 없었어요. 가장 가까운 것: ${name}, ${percent(accuracy)}`,
  },
  against: {
    en: (baseline: number, gain: number) => `Without it ${percent(baseline)}: a difference of ${points(gain)} points.`,
    ko: (baseline: number, gain: number) => `없을 때 ${percent(baseline)}, 차이 ${points(gain)} %p예요.`,
  },
} as const;

/** The least blue of a scale whose other end is the series' first colour. */
export const palest = "#eef3fa";
export const faint = { size: 27, fill: theme.faint } as const;

/** The best policy of a search in words, and how far it is from training without it. */
export const policyVerdict = (
  best: { name: string; accuracy: number } | undefined,
  baseline: number | null,
  lang: Language,
): Block =>
  best
    ? group(
        [
          paragraph(words[baseline !== null && best.accuracy <= baseline ? "inVain" : "best"][lang](best.name, best.accuracy), {
            size: 33,
            weight: 600,
          }),
          ...(baseline === null ? [] : [paragraph(words.against[lang](baseline, best.accuracy - baseline), faint)]),
        ],
        4,
      )
    : paragraph(words.none[lang]);
