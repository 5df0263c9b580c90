import { seeded, shuffled, subSeed } from "../../../random.ts";
import type { Text } from "../../../text.ts";
import type { PresetName } from "../../presets.ts";
import { batchSizes } from "../../training.ts";
import { houseNet } from "./houseNet.ts";
import type { Lesson } from "./lesson.ts";
import { compare, type Outcomes, outcomeOf } from "./outcomes.ts";
import { drawSample } from "./samples.ts";
import { apart, share } from "./words.ts";

const shares = [0, 0.2, 0.4] as const;
const nameOf = (wrong: number): string => `${100 * wrong} % wrong`;

/** Few enough to be learned by heart: only then are wrong labels learned as well. */
const PICTURES: Record<PresetName, number> = { taste: 250, lesson: 500, proper: 2_000 };

/**
 * Labels as shares, [all × classes], of which this share of `pictures` says another class, each wrong one as likely. What is wrong at a
 * smaller share is wrong at a larger one too, and in the same way.
 */
export const noisyTargets = (
  { labels }: { labels: ArrayLike<number> },
  pictures: Uint32Array,
  { classes, wrong, seed }: { classes: number; wrong: number; seed: number },
): Float32Array => {
  const targets = new Float32Array(labels.length * classes);
  const order = shuffled(pictures.length, seed);
  for (const [at, position] of order.entries()) {
    const index = pictures[position] as number;
    const label = labels[index] as number;
    const other = Math.floor(seeded(subSeed(seed, index))() * (classes - 1));
    const said = at < Math.round(wrong * pictures.length) ? (other < label ? other : other + 1) : label;
    targets[index * classes + said] = 1;
  }
  return targets;
};

const find = (outcomes: Outcomes): Text => {
  const [clean, some, many] = shares.map((it) => outcomeOf(outcomes, nameOf(it))) as [
    Outcomes[string],
    Outcomes[string],
    Outcomes[string],
  ];
  const facts: Text = {
    en: `With 0, 20 and 40 % wrong labels the network fits ${share(clean.trainAccuracy)}, ${share(some.trainAccuracy)} and ${share(many.trainAccuracy)} of what it was told, and knows ${share(clean.accuracy)}, ${share(some.accuracy)} and ${share(many.accuracy)} of new pictures`,
    ko: `틀린 라벨이 0, 20, 40%일 때 배운 라벨은 ${share(clean.trainAccuracy)}, ${share(some.trainAccuracy)}, ${share(many.trainAccuracy)}만큼 맞히고, 새 사진은 ${share(clean.accuracy)}, ${share(some.accuracy)}, ${share(many.accuracy)}를 맞혀요`,
  };
  const ends = (en: string, ko: string): Text => ({ en: `${facts.en}: ${en}`, ko: `${facts.ko}. ${ko}` });
  if (compare(many.accuracy, clean.accuracy) >= 0)
    return ends(
      "wrong labels do no visible harm here, since a short run learns what pictures have in common before it learns exceptions by heart.",
      "여기서는 틀린 라벨의 피해가 보이지 않아요. 짧은 학습은 예외를 외우기 전에 공통점부터 배우기 때문이에요.",
    );
  // More than the share of right labels can only be had by learning wrong ones.
  if (many.trainAccuracy.mean > 1 - shares[2] + 0.1)
    return ends(
      `wrong labels were learned by heart as well as right ones, and cost ${apart(clean.accuracy, many.accuracy)} points on new pictures.`,
      `틀린 라벨까지 그대로 외웠고, 새 사진에서 ${apart(clean.accuracy, many.accuracy)}%p를 잃었어요.`,
    );
  return ends(
    `wrong labels cost ${apart(clean.accuracy, many.accuracy)} points on new pictures, though there was no time yet to learn them by heart.`,
    `틀린 라벨을 외울 만큼 오래 학습하지 않았는데도 새 사진에서 ${apart(clean.accuracy, many.accuracy)}%p를 잃었어요.`,
  );
};

/** What do wrong labels do? A network that can learn them all by heart, told 0, 20 and 40 % wrong (Zhang et al. 2017). */
export const labelNoise: Lesson = ({ spec: { preset }, dataset, train }) => {
  const net = houseNet(preset);
  const classes = dataset.classes.length;
  return {
    title: { en: "More and more wrong labels", ko: "틀린 라벨이 늘어날 때" },
    control: nameOf(0),
    main: nameOf(0.4),
    variants: (seed) => {
      const pictures = drawSample(train, PICTURES[preset], seed);
      return shares.map((wrong) => ({
        ...{ name: nameOf(wrong), net, pictures },
        targets: noisyTargets(dataset.train, pictures, { classes, wrong, seed }),
      }));
    },
    batch: batchSizes[preset],
    learningRate: 0.1,
    weightDecay: 0, // nothing that keeps it from learning by heart
    augment: {},
    find,
  };
};
