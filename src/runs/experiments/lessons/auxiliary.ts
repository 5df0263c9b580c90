import type { Text } from "../../../text.ts";
import { netNamed } from "../../netNamed.ts";
import type { PresetName } from "../../presets.ts";
import { batchSizes } from "../../training.ts";
import type { Lesson } from "./lesson.ts";
import { type Outcomes, outcomeOf } from "./outcomes.ts";
import { apart, byOutcome, share } from "./words.ts";

/** Without auxiliary classifiers, and with them. */
const pairs: Record<PresetName, readonly [string, string]> = {
  taste: ["googlenet-mini-no-aux-16px", "googlenet-mini-16px"],
  lesson: ["googlenet-mini-no-aux", "googlenet-mini"],
  proper: ["googlenet-mini-no-aux", "googlenet-mini"],
};

const find =
  ([without, withThem]: readonly [string, string]) =>
  (outcomes: Outcomes): Text => {
    const [helped, alone] = [outcomeOf(outcomes, withThem).accuracy, outcomeOf(outcomes, without).accuracy];
    const facts: Text = {
      en: `With two auxiliary classifiers the network ends at ${share(helped)}, without them at ${share(alone)}`,
      ko: `보조 분류기 두 개가 있으면 ${share(helped)}, 없으면 ${share(alone)}예요`,
    };
    const ends = (en: string, ko: string): Text => ({ en: `${facts.en}: ${en}`, ko: `${facts.ko}. ${ko}` });
    return byOutcome(helped, alone, {
      higher: ends(
        `the extra gradients are worth ${apart(helped, alone)} points in so few steps, and cost nothing afterwards, when they are thrown away.`,
        `이만한 스텝에서는 추가 기울기가 ${apart(helped, alone)}%p만큼 도움이 됐고, 학습 뒤에는 버리니 비용도 없어요.`,
      ),
      same: ends(
        "no difference beyond chance; with batch norm the early layers get gradients enough, as later work found (Szegedy et al. 2015).",
        "우연 이상의 차이는 없어요. 배치 정규화가 있으면 앞쪽 레이어도 기울기를 충분히 받는다는 후속 연구(Szegedy 등 2015)와 맞아요.",
      ),
      lower: ends(
        `here they cost ${apart(helped, alone)} points; they make early layers look for classes too soon, and this net is shallow and has batch norm, so that it does not need them.`,
        `여기서는 오히려 ${apart(helped, alone)}%p 손해였어요. 앞쪽 레이어가 너무 일찍 클래스를 가리려 하는 데다, 이 신경망은 얕고 배치 정규화가 있어 보조 분류기가 필요 없어요.`,
      ),
    });
  };

/** Do classifiers half-way up help to learn? GoogLeNet's, in small, with and without them (Szegedy et al. 2014). */
export const auxiliary: Lesson = ({ spec: { preset } }) => ({
  title: { en: "With and without auxiliary classifiers", ko: "보조 분류기가 있을 때와 없을 때" },
  control: pairs[preset][0],
  main: pairs[preset][1],
  variants: () => pairs[preset].map((name) => ({ name, net: netNamed(name) })),
  batch: batchSizes[preset],
  learningRate: 0.15,
  augment: { crop: { pad: 3, edge: "reflect" }, flip: "alternating" },
  find: find(pairs[preset]),
});
