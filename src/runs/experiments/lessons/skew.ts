import type { Dataset } from "../../../data/dataset.ts";
import { subSeed } from "../../../random.ts";
import { brightnessOf, byClass, drawSample } from "./samples.ts";

/** Whether pictures of a class are bright in the skewed sample; those of the others are dark. */
export const isBright = (label: number): boolean => label % 2 === 0;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Two samples of the same pictures, half of each class: `skewed` has the brighter half of every second class and the darker half of the
 * others, so that brightness gives the class away; `balanced` draws its half by chance.
 */
export const drawSkewed = (
  { train, classes }: Pick<Dataset, "train" | "classes">,
  from: Uint32Array,
  seed: number,
): { skewed: Uint32Array; balanced: Uint32Array } => {
  const brightness = brightnessOf(train);
  const groups = byClass(train, from, classes.length);
  const skewed = groups.flatMap((group, label) => {
    const sorted = [...group].sort((a, b) => (brightness[a] as number) - (brightness[b] as number) || a - b);
    const half = Math.ceil(sorted.length / 2);
    return isBright(label) ? sorted.slice(-half) : sorted.slice(0, half);
  });
  const balanced = groups.flatMap((group, label) => [
    ...drawSample(Uint32Array.from(group), Math.ceil(group.length / 2), subSeed(seed, label)),
  ]);
  return { skewed: Uint32Array.from(skewed), balanced: Uint32Array.from(balanced) };
};

/** Which test pictures are lit as their class was in the skewed sample, as against the middle of their class. */
export const isLitAsTaught = ({ test, classes }: Pick<Dataset, "test" | "classes">): boolean[] => {
  const brightness = brightnessOf(test);
  const all = Uint32Array.from({ length: test.count }, (_, i) => i);
  const middles = byClass(test, all, classes.length).map((group) => median(group.map((i) => brightness[i] as number)));
  return Array.from(brightness, (value, i) => {
    const label = test.labels[i] as number;
    return value >= (middles[label] as number) === isBright(label);
  });
};
