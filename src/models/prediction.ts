import { z } from "zod";
import type { Card } from "./card.ts";

/** One class a model considers, with its probability 0..1. */
export const Prediction = z.object({
  index: z.int().nonnegative().describe("place among the model's classes, from 0"),
  label: z.string().describe("the class's name"),
  probability: z.number().describe("0 to 1"),
});
export type Prediction = z.infer<typeof Prediction>;

/** A model of so many classes or fewer knows little of what a photo may show, and says what. */
const FEW_CLASSES = 20;
/** Of such a model, a likeliest class below this is no answer: see docs/LOG.md for how often that is so, and how often rightly. */
const SURE = 0.5;

/** What a model of few classes says about itself and its answer; nothing of one that knows many things. */
export const Vocabulary = z.object({
  classes: z.array(z.string()).describe("all that the model can say"),
  unsure: z.boolean().describe("none of them fits: the likeliest has less than 50 %"),
});
export type Vocabulary = z.infer<typeof Vocabulary>;

/** Whether a model knows few things. */
export const knowsFew = ({ classes }: Pick<Card, "classes">): boolean => classes.length <= FEW_CLASSES;

export const vocabularyOf = ({ classes }: Pick<Card, "classes">, [best]: readonly Prediction[]): Vocabulary | undefined =>
  !knowsFew({ classes }) ? undefined : { classes, unsure: (best?.probability ?? 0) < SURE };

/** Class scores as probabilities: logits go through a softmax, a graph that ends in one has done so already. */
export const toProbabilities = (scores: Float32Array, kind: Card["output"]["kind"]): Float32Array => {
  if (kind === "probabilities") return scores;
  const largest = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = scores.map((it) => Math.exp(it - largest)); // the largest is subtracted so that no power overflows
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((it) => it / sum);
};

export const predictionOf = (probabilities: Float32Array, classes: readonly string[], index: number): Prediction => ({
  index,
  label: classes[index] ?? `#${index}`,
  probability: probabilities[index] ?? 0,
});

/** The `count` most probable classes, most probable first; of equals, the lower index. */
export const topPredictions = (probabilities: Float32Array, classes: readonly string[], count: number): Prediction[] =>
  Array.from(probabilities.keys())
    .sort((a, b) => (probabilities[b] as number) - (probabilities[a] as number) || a - b)
    .slice(0, count)
    .map((index) => predictionOf(probabilities, classes, index));
