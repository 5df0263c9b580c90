import type { Text } from "../../src/text.ts";
import type { drawings } from "./pictures.ts";

/** One stop of the tour: what to look at, the command, and which drawn pictures it takes. */
export interface Stop {
  say: Text;
  input: string;
  pictures: readonly (keyof typeof drawings)[];
  /** This stop shows the answer to a mistake. */
  mistake?: true;
}

/** What can be shown without any model. Every command gives its seed, so that everybody's tour shows the same. */
export const stops: readonly Stop[] = [
  {
    say: {
      en: "One augmentation, five variants. The captions say what was really done, in degrees.",
      ko: "증강 하나로 변형 다섯 장을 만들어요. 실제로 몇 도를 돌렸는지 사진 아래에 적혀 있어요.",
    },
    input: "/augment op:rotate n:5 seed:7",
    pictures: ["cat"],
  },
  {
    say: {
      en: "Without op you get each of them once: a menu of what augmentation can be.",
      ko: "op를 비우면 모든 증강을 한 번씩 보여 줘요. 어떤 것들이 있는지 한눈에 볼 수 있어요.",
    },
    input: "/augment seed:7",
    pictures: ["bicycle"],
  },
  {
    say: {
      en: "The same seed again, stronger. Chance drew the same directions; only the strength is new.",
      ko: "같은 시드로 더 세게 해 볼게요. 돌리는 방향은 그대로이고 강도만 달라요.",
    },
    input: "/augment op:rotate n:5 seed:7 strength:1",
    pictures: ["cat"],
  },
  {
    say: {
      en: "RandAugment as it is written in papers and training scripts: timm's policy string, read and explained.",
      ko: "논문과 학습 코드에서 보던 RandAugment예요. timm 정책 문자열을 그대로 읽고 설명해 줘요.",
    },
    input: "/randaugment policy:rand-m9-n2-mstd0.5-inc1 seed:11",
    pictures: ["sunset"],
  },
  {
    say: {
      en: "TrivialAugment: one operation, any strength, nothing to tune, and yet hard to beat.",
      ko: "TrivialAugment는 변형 하나를 아무 세기로 적용해요. 조절할 것이 없는데도 성능이 좋아요.",
    },
    input: "/trivialaugment n:5 seed:7",
    pictures: ["bicycle"],
  },
  {
    say: {
      en: "CutMix pastes a box of one picture into another. The label is shared by the area that is really covered.",
      ko: "CutMix는 한 사진의 조각을 다른 사진에 붙여요. 라벨은 실제로 덮인 넓이만큼 나눠 가져요.",
    },
    input: "/cutmix seed:4",
    pictures: ["bicycle", "cat"],
  },
  {
    say: {
      en: "MixUp lays one picture over the other instead.",
      ko: "MixUp은 두 사진을 겹쳐서 섞어요.",
    },
    input: "/mixup alpha:4 seed:8",
    pictures: ["bicycle", "sunset"],
  },
  {
    say: {
      en: "A mistake costs nothing: the answer says what was expected, and nothing breaks.",
      ko: "틀려도 괜찮아요. 무엇을 써야 하는지 알려 주고, 아무것도 망가지지 않아요.",
    },
    input: "/augment op:sparkle",
    pictures: ["cat"],
    mistake: true,
  },
  {
    say: {
      en: "Every installed model looks at the same drawing. They learned from photos, and most of them know a cat all the same.",
      ko: "설치된 모델이 모두 같은 그림을 봐요. 사진으로 배웠는데도 대부분 고양이를 알아봐요.",
    },
    input: "/classify model:all",
    pictures: ["cat"],
  },
  {
    say: {
      en: "A bicycle is none of the ten things that these models know, and the best of them says so.",
      ko: "자전거는 이 모델들이 아는 열 가지에 들어 있지 않아요. 가장 좋은 모델은 그렇다고 말해 줘요.",
    },
    input: "/classify",
    pictures: ["bicycle"],
  },
  {
    say: {
      en: "And where it looked to know the cat.",
      ko: "고양이를 알아볼 때는 어디를 보았을까요?",
    },
    input: "/explain",
    pictures: ["cat"],
  },
];
