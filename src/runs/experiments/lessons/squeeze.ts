import { percent } from "../../../numbers.ts";
import type { Text } from "../../../text.ts";
import { netNamed } from "../../netNamed.ts";
import type { PresetName } from "../../presets.ts";
import { batchSizes } from "../../training.ts";
import { costOf, costText } from "./costs.ts";
import type { Lesson } from "./lesson.ts";
import { type Outcomes, outcomeOf } from "./outcomes.ts";
import { apart, byOutcome, share } from "./words.ts";

/** Without squeeze-and-excitation, and with it. */
const pairs: Record<PresetName, readonly [string, string]> = {
  taste: ["resnet8-16px", "se-resnet8-16px"],
  lesson: ["resnet8", "se-resnet8"],
  proper: ["resnet20", "se-resnet20"],
};

const find =
  ([plain, squeezed]: readonly [string, string]) =>
  (outcomes: Outcomes): Text => {
    const [before, after] = [outcomeOf(outcomes, plain).accuracy, outcomeOf(outcomes, squeezed).accuracy];
    const [cost, seCost] = [costOf(plain), costOf(squeezed)];
    const [parameters, macs] = [seCost.parameters / cost.parameters, seCost.macs / cost.macs].map((ratio) =>
      percent(ratio - 1),
    ) as [string, string];
    const facts: Text = {
      en: `Squeeze-and-excitation takes ${parameters} more parameters and ${macs} more multiply-adds, and brings ${share(before)} to ${share(after)}`,
      ko: `스퀴즈-엑사이트는 파라미터 ${parameters}, 연산량 ${macs}를 더 쓰고, 정확도는 ${share(before)}에서 ${share(after)}가 됐어요`,
    };
    const ends = (en: string, ko: string): Text => ({ en: `${facts.en}: ${en}`, ko: `${facts.ko}. ${ko}` });
    return byOutcome(after, before, {
      higher: ends(
        `${apart(after, before)} points for almost no computing, as the paper claims.`,
        `논문의 주장처럼 계산을 거의 늘리지 않고 ${apart(after, before)}%p를 얻었어요.`,
      ),
      same: ends(
        "no difference beyond chance; thin networks have few channels to weigh, and the gain shows late in training.",
        "우연 이상의 차이는 없어요. 얇은 신경망은 가중할 채널이 적고, 효과는 학습 후반에 나타나요.",
      ),
      lower: ends(
        `here it cost ${apart(after, before)} points; its gates all begin half closed and have to open first, which a short run does not repay.`,
        `여기서는 ${apart(after, before)}%p 손해였어요. 게이트가 모두 반쯤 닫힌 채 시작해서, 짧은 학습으로는 본전을 못 뽑아요.`,
      ),
    });
  };

/** Should a network weigh its own channels? The same network with and without (Hu et al. 2017). */
export const squeeze: Lesson = ({ spec: { preset } }) => {
  const pair = pairs[preset];
  return {
    title: { en: "With and without squeeze-and-excitation", ko: "스퀴즈-엑사이트가 있을 때와 없을 때" },
    control: pair[0],
    main: pair[1],
    variants: () => pair.map((name) => ({ name, net: netNamed(name) })),
    batch: batchSizes[preset],
    learningRate: 0.2,
    augment: { crop: { pad: 3, edge: "reflect" }, flip: "alternating" },
    find: find(pair),
    measure: () => ({ costs: Object.fromEntries(pair.map((name) => [name, costOf(name)])) }),
    bars: { extra: (net) => costText(net) },
  };
};
