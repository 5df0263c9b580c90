import type { BatchAugmentation } from "../../../data/augmentedPicture.ts";
import type { Text } from "../../../text.ts";
import type { PresetName } from "../../presets.ts";
import { batchSizes } from "../../training.ts";
import { houseNet } from "./houseNet.ts";
import type { Lesson } from "./lesson.ts";
import { compare, type Outcomes, outcomeOf } from "./outcomes.ts";
import { drawSample } from "./samples.ts";
import { apart, share } from "./words.ts";

const NONE = "no augmentation";
const basic: BatchAugmentation = { crop: { pad: 3, edge: "reflect" }, flip: "random" };
const augmentations: Readonly<Record<string, BatchAugmentation>> = {
  [NONE]: {},
  "flip + crop": basic,
  RandAugment: { ...basic, policy: "rand-m5-n2-inc1" },
  CutMix: { ...basic, mix: { kind: "cutmix", alpha: 1, probability: 0.5 } },
};

/** So few pictures that they are seen many times: what is seen once or twice needs no variation. */
const PICTURES: Record<PresetName, number> = { taste: 500, lesson: 1_000, proper: 5_000 };

const find = (outcomes: Outcomes): Text => {
  const none = outcomeOf(outcomes, NONE);
  const tried = Object.keys(augmentations).filter((it) => it !== NONE);
  const others = tried.map((name) => ({ name, ...outcomeOf(outcomes, name) }));
  const [best] = others.sort((a, b) => b.accuracy.mean - a.accuracy.mean) as [(typeof others)[number]];
  const facts: Text = {
    en: `Unaugmented, the network knows ${share(none.trainAccuracy)} of its own pictures and ${share(none.accuracy)} of new ones; with ${best.name}, the best here, ${share(best.trainAccuracy)} and ${share(best.accuracy)}`,
    ko: `증강 없이는 학습 사진 ${share(none.trainAccuracy)}, 새 사진 ${share(none.accuracy)}를 맞히고, 여기서 가장 좋은 ${best.name} 증강으로는 ${share(best.trainAccuracy)}와 ${share(best.accuracy)}예요`,
  };
  const ends = (en: string, ko: string): Text => ({ en: `${facts.en}: ${en}`, ko: `${facts.ko}. ${ko}` });
  const helped = compare(best.accuracy, none.accuracy);
  if (helped > 0)
    return ends(
      `${apart(best.accuracy, none.accuracy)} points on new pictures for less on known ones, which is what augmentation is for.`,
      `학습 사진에서는 손해를 보고 새 사진에서 ${apart(best.accuracy, none.accuracy)}%p를 얻었어요. 증강의 목적이 바로 이거예요.`,
    );
  if (helped === 0)
    return ends(
      "no augmentation helps beyond chance; that needs a network with time to learn its pictures by heart, which this one did not have.",
      "어떤 증강도 우연 이상으로 돕지 못했어요. 사진을 외울 만큼 오래 학습해야 효과가 보이는데, 그럴 시간이 없었어요.",
    );
  return ends(
    `here every augmentation costs accuracy, ${apart(best.accuracy, none.accuracy)} points at least; harder pictures take longer to learn, and this run ended first.`,
    `여기서는 모든 증강이 손해였어요(최소 ${apart(best.accuracy, none.accuracy)}%p). 어려워진 사진은 배우는 데 더 오래 걸리는데, 그 전에 학습이 끝났어요.`,
  );
};

/** Which augmentation helps a network that has few pictures (Cubuk et al. 2020; Yun et al. 2019)? */
export const augmentation: Lesson = ({ spec: { preset }, train }) => {
  const net = houseNet(preset);
  return {
    title: { en: "Augmentations with few pictures", ko: "사진이 적을 때의 증강" },
    control: NONE,
    main: "flip + crop",
    variants: (seed) => {
      const pictures = drawSample(train, PICTURES[preset], seed);
      return Object.entries(augmentations).map(([name, augment]) => ({ name, net, pictures, augment }));
    },
    batch: batchSizes[preset],
    learningRate: 0.15,
    augment: {},
    find,
  };
};
