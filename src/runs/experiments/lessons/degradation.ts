import type { Net } from "../../../nets/net.ts";
import type { Text } from "../../../text.ts";
import { netNamed } from "../../netNamed.ts";
import type { PresetName } from "../../presets.ts";
import { batchSizes } from "../../training.ts";
import { costText } from "./costs.ts";
import type { Lesson } from "./lesson.ts";
import { compare, type Outcomes, outcomeOf } from "./outcomes.ts";
import { trainingErrorCurves } from "./trainingErrorCurves.ts";
import { error } from "./words.ts";

/** A shallow and a deep network, plain and with the paper's parameterless shortcuts: table 1 and section 4.2 of He et al. 2015. */
interface Pairs {
  plain: readonly [shallow: string, deep: string];
  residual: readonly [shallow: string, deep: string];
}

/** The deepest pairs that get through enough steps for their preset. */
const pairs: Record<PresetName, Pairs> = {
  taste: { plain: ["plain8-11px", "plain32-11px"], residual: ["resnet8a-11px", "resnet32a-11px"] },
  lesson: { plain: ["plain20-16px", "plain56-16px"], residual: ["resnet20a-16px", "resnet56a-16px"] },
  proper: { plain: ["plain20-16px", "plain56-16px"], residual: ["resnet20a-16px", "resnet56a-16px"] },
};

const find =
  ({ plain, residual }: Pairs) =>
  (outcomes: Outcomes): Text => {
    const of = (name: string) => outcomeOf(outcomes, name).trainAccuracy;
    const [shallow, deep, residualShallow, residualDeep] = [...plain, ...residual].map(of) as [
      ReturnType<typeof of>,
      ReturnType<typeof of>,
      ReturnType<typeof of>,
      ReturnType<typeof of>,
    ];
    const [without, withShortcuts] = [compare(deep, shallow), compare(residualDeep, residualShallow)];
    const facts: Text = {
      en: `${plain[1]} ends at ${error(deep)} training error, ${plain[0]} at ${error(shallow)}; with shortcuts it is ${error(residualDeep)} against ${error(residualShallow)}`,
      ko: `학습 오류율은 ${plain[1]} ${error(deep)}, ${plain[0]} ${error(shallow)}이고, 스킵 연결이 있으면 ${error(residualDeep)} 대 ${error(residualShallow)}예요`,
    };
    const ends = (en: string, ko: string): Text => ({ en: `${facts.en}: ${en}`, ko: `${facts.ko}. ${ko}` });
    if (without < 0 && withShortcuts > 0)
      return ends(
        "without shortcuts depth made it worse on the very pictures it learned from, with them it helped, as in the paper.",
        "스킵 연결이 없으면 깊을수록 학습한 사진에서조차 나빠지고, 있으면 깊을수록 좋아졌어요. 논문 그대로예요.",
      );
    if (without < 0 && withShortcuts === 0)
      return ends(
        "depth hurt the plain network alone; with shortcuts it does no harm, and pays only in longer runs.",
        "스킵 연결이 없을 때만 깊이가 해로웠어요. 스킵 연결이 있으면 손해는 없고, 깊이의 이득은 더 오래 학습해야 나타나요.",
      );
    if (without < 0)
      return ends(
        `deeper was worse both times, by ${deepening(shallow.mean - deep.mean)} points without shortcuts and ${deepening(residualShallow.mean - residualDeep.mean)} with them; in so few steps a deep network is behind at first even where it ends ahead.`,
        `두 경우 모두 깊은 쪽이 나빴고, 차이는 스킵 연결이 없을 때 ${deepening(shallow.mean - deep.mean)}%p, 있을 때 ${deepening(residualShallow.mean - residualDeep.mean)}%p예요. 스텝이 적으면 결국 앞설 깊은 신경망도 처음에는 뒤처져요.`,
      );
    return ends(
      "the deeper plain network is not worse here, unlike in the paper; degradation shows with more depth or harder pictures.",
      "논문과 달리 여기서는 깊은 일반 신경망이 더 나쁘지 않았어요. 더 깊거나 사진이 더 어려울 때 나타나는 현상이에요.",
    );
  };

const deepening = (difference: number): string => (100 * difference).toFixed(1);

/** Are deeper networks better? Training error is compared: what is worse there was not overfitted, it was not learned. */
export const degradation: Lesson = ({ spec: { preset } }) => {
  const chosen = pairs[preset];
  const nets: readonly Net[] = [...chosen.plain, ...chosen.residual].map((name) => netNamed(name));
  return {
    title: { en: "Depth without and with shortcuts", ko: "스킵 연결이 없을 때와 있을 때의 깊이" },
    control: chosen.plain[1],
    main: chosen.residual[1],
    variants: () => nets.map((net) => ({ name: net.name, net })),
    batch: batchSizes[preset],
    learningRate: 0.1,
    augment: { crop: { pad: 3, edge: "reflect" }, flip: "alternating" },
    find: find(chosen),
    bars: {
      measure: { en: "error on the pictures it learned from", ko: "학습한 사진에서의 오류율" },
      read: ({ trainAccuracy }) => 1 - trainAccuracy,
      extra: (net) => costText(net),
    },
    draw: (results, lang) => [trainingErrorCurves(results, chosen, lang)],
  };
};
