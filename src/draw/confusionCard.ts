import { percent } from "../numbers.ts";
import type { Language } from "../text.ts";
import { group, heading, paragraph, stack, subheading } from "./blocks.ts";
import { type Confusion, confusionMatrix, totalOf } from "./confusionMatrix.ts";
import type { Drawing } from "./drawing.ts";
import { renderSvg } from "./svg.ts";
import { tableBlock } from "./tableBlock.ts";
import { theme } from "./theme.ts";

/** How a model does class by class. */
export interface Confused extends Confusion {
  /** "resnet20.cifar10 on cifar10" */
  title: string;
  subtitle?: string;
}

/** With more classes than this a matrix cannot be read on a phone: their pairs and the worst of them are listed instead. */
const MOST_CLASSES = 20;
const MOST_PAIRS = { withMatrix: 5, alone: 10 } as const;
const MOST_WORST = 8;

const count = (it: number) => it.toLocaleString("en");

const words = {
  actual: { en: "actual", ko: "실제" },
  predicted: { en: "predicted", ko: "예측" },
  accuracy: { en: "right", ko: "정답률" },
  inCounts: {
    en: "Images; blue: right, orange: wrong, the stronger the more often.",
    ko: "이미지 수예요. 파랑은 맞힌 것, 주황은 틀린 것이고, 진할수록 잦아요.",
  },
  inPercent: {
    en: "Percent of each row; blue: right, orange: wrong, the stronger the more often.",
    ko: "행마다의 비율(%)이에요. 파랑은 맞힌 것, 주황은 틀린 것이고, 진할수록 잦아요.",
  },
  pairs: { en: "Most often confused", ko: "가장 자주 헷갈린 클래스" },
  pair: { en: "actual → predicted", ko: "실제 → 예측" },
  images: { en: "images", ko: "이미지" },
  ofClass: { en: "of its class", ko: "클래스 중" },
  none: { en: "No image was predicted wrongly.", ko: "틀린 예측이 없어요." },
  worst: { en: "Least often right", ko: "가장 자주 틀린 클래스" },
  class: { en: "class", ko: "클래스" },
} as const;

/** Pairs of classes by how many images of the first were taken for the second, the most first. */
const confusedPairs = ({ classes, confusion }: Confusion, most: number) =>
  confusion
    .flatMap((counts, i) =>
      counts.map((wrong, k) => ({
        name: `${classes[i]} → ${classes[k]}`,
        wrong: i === k ? 0 : wrong,
        share: wrong / Math.max(1, totalOf(counts)),
      })),
    )
    .filter((it) => it.wrong > 0)
    .toSorted((a, b) => b.wrong - a.wrong || b.share - a.share)
    .slice(0, most);

/** The confusions of a model as an SVG. */
export const drawConfusionCard = ({ title, subtitle, ...matrix }: Confused, lang: Language): string => {
  const { classes, confusion } = matrix;
  const hasMatrix = classes.length > 0 && classes.length <= MOST_CLASSES;
  const heads = { actual: words.actual[lang], predicted: words.predicted[lang], accuracy: words.accuracy[lang] };
  const map = hasMatrix ? confusionMatrix(matrix, heads) : undefined;
  const remark = map && paragraph(words[map.inCounts ? "inCounts" : "inPercent"][lang], { size: 27, fill: theme.faint });
  const pairs = confusedPairs(matrix, hasMatrix ? MOST_PAIRS.withMatrix : MOST_PAIRS.alone);
  const pairTable = tableBlock(
    [words.pair[lang], words.images[lang], words.ofClass[lang]],
    pairs.map(({ name, wrong, share }) => [name, count(wrong), percent(share)]),
  );
  const worst = classes
    .map((name, i) => ({ name, total: totalOf(confusion[i] ?? []), right: confusion[i]?.[i] ?? 0 }))
    .filter((it) => it.right < it.total)
    .toSorted((a, b) => a.right / a.total - b.right / b.total)
    .slice(0, MOST_WORST);
  const worstTable = tableBlock(
    [words.class[lang], words.images[lang], words.accuracy[lang]],
    worst.map(({ name, total, right }) => [name, `${count(right)} / ${count(total)}`, percent(right / total)]),
  );
  return stack([
    heading(title, subtitle),
    map && remark ? group([map, remark], 20) : undefined,
    pairTable ? group([subheading(words.pairs[lang]), pairTable], 14) : paragraph(words.none[lang]),
    !hasMatrix && worstTable ? group([subheading(words.worst[lang]), worstTable], 14) : undefined,
  ]);
};

/** A model's confusion matrix with its accuracy class by class and the pairs it confuses most; of over 20 classes the lists alone. */
export const confusionCard = (confused: Confused, lang: Language): Drawing => renderSvg(drawConfusionCard(confused, lang));
