import { short } from "../../../numbers.ts";
import type { Text } from "../../../text.ts";
import { netNamed } from "../../netNamed.ts";
import type { PresetName } from "../../presets.ts";
import { batchSizes } from "../../training.ts";
import { costOf, costText } from "./costs.ts";
import type { Lesson } from "./lesson.ts";
import { type Outcomes, outcomeOf } from "./outcomes.ts";
import { apart, byOutcome, share } from "./words.ts";

/** A residual and a dense network of equal cost: 40.8 million multiply-adds against 41.5, and 10.2 against 10.4. */
const pairs: Record<PresetName, readonly [string, string]> = {
  taste: ["resnet20-16px", "densenet-mini-16px"],
  lesson: ["resnet20", "densenet-mini"],
  proper: ["resnet20", "densenet-mini"],
};

const find =
  ([added, kept]: readonly [string, string]) =>
  (outcomes: Outcomes): Text => {
    const [dense, residual] = [outcomeOf(outcomes, kept).accuracy, outcomeOf(outcomes, added).accuracy];
    const facts: Text = {
      en: `At equal cost (${short(costOf(kept).macs)} and ${short(costOf(added).macs)} multiply-adds) ${kept} ends at ${share(dense)}, ${added} at ${share(residual)}`,
      ko: `계산량이 같을 때(연산량 ${short(costOf(kept).macs)}와 ${short(costOf(added).macs)}) ${kept} ${share(dense)}, ${added} ${share(residual)}예요`,
    };
    const ends = (en: string, ko: string): Text => ({ en: `${facts.en}: ${en}`, ko: `${facts.ko}. ${ko}` });
    return byOutcome(dense, residual, {
      higher: ends(
        `laying features side by side is worth ${apart(dense, residual)} points over adding them up.`,
        `특징을 더하는 대신 나란히 이어 붙이니 ${apart(dense, residual)}%p 좋았어요.`,
      ),
      same: ends(
        "no difference beyond chance; the paper's gain is one of long training and of many more layers.",
        "우연 이상의 차이는 없어요. 논문의 이득은 훨씬 깊은 신경망을 오래 학습했을 때의 이야기예요.",
      ),
      lower: ends(
        `here the residual network is ${apart(dense, residual)} points ahead; in so short a run it matters more how quickly the first steps go than how well features are used again.`,
        `여기서는 잔차 신경망이 ${apart(dense, residual)}%p 앞섰어요. 이렇게 짧은 학습에서는 특징 재사용보다 초반 스텝의 속도가 더 중요해요.`,
      ),
    });
  };

/** Is it better to add features up or to keep them all? A dense and a residual network of equal cost (Huang et al. 2016). */
export const dense: Lesson = ({ spec: { preset } }) => ({
  title: { en: "Dense or residual, at equal cost", ko: "연산량이 같은 Dense와 잔차" },
  control: pairs[preset][0],
  main: pairs[preset][1],
  variants: () => pairs[preset].map((name) => ({ name, net: netNamed(name) })),
  batch: batchSizes[preset],
  learningRate: 0.2,
  augment: { crop: { pad: 3, edge: "reflect" }, flip: "alternating" },
  find: find(pairs[preset]),
  measure: () => ({ costs: Object.fromEntries(pairs[preset].map((name) => [name, costOf(name)])) }),
  bars: { extra: (net) => costText(net) },
});
