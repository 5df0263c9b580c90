import type { Text } from "../../../text.ts";
import { netNamed } from "../../netNamed.ts";
import type { PresetName } from "../../presets.ts";
import { batchSizes } from "../../training.ts";
import { costOf, costText } from "./costs.ts";
import type { Lesson } from "./lesson.ts";
import { compare, type Outcomes, outcomeOf } from "./outcomes.ts";
import { apart, share } from "./words.ts";

/** The small network, and the four ways in which it is made eight times as costly: see `src/nets/resnet.ts`. */
export const scaled = {
  base: "resnet8-11px",
  depth: "resnet44-11px",
  width: "resnet8-11px-wide",
  resolution: "resnet8",
  compound: "resnet14-16px-wide",
} as const;
type Way = Exclude<keyof typeof scaled, "base">;

const ways: Record<Way, Text> = {
  depth: { en: "depth", ko: "깊이" },
  width: { en: "width", ko: "너비" },
  resolution: { en: "resolution", ko: "해상도" },
  compound: { en: "all three together", ko: "셋을 함께" },
};

/** Depth is left out of a taste: a network of 44 layers takes half of its time, and learns nothing yet in so few steps. */
const single: Record<PresetName, readonly Exclude<Way, "compound">[]> = {
  taste: ["width", "resolution"],
  lesson: ["depth", "width", "resolution"],
  proper: ["depth", "width", "resolution"],
};
const LEFT_OUT: Text = {
  en: "Depth, the fourth way, is left out of a taste, since so deep a network would take half of its time.",
  ko: "네 번째 방법인 깊이는 신경망이 깊어 시간의 절반을 쓰기 때문에 맛보기에서는 뺐어요.",
};

const find =
  (preset: PresetName) =>
  (outcomes: Outcomes): Text => {
    const of = (name: keyof typeof scaled) => outcomeOf(outcomes, name).accuracy;
    const compound = of("compound");
    const tried = single[preset].map((way) => ({ way, accuracy: of(way) }));
    const [best] = tried.sort((a, b) => b.accuracy.mean - a.accuracy.mean) as [(typeof tried)[number]];
    const times = Math.round(costOf(scaled.compound).macs / costOf(scaled.base).macs);
    const facts = (lang: "en" | "ko") => tried.map(({ way, accuracy }) => `${ways[way][lang]} ${share(accuracy)}`).join(", ");
    const ends = (en: string, ko: string): Text => ({
      en: `Made ${times} times as costly, the small network goes from ${share(of("base"))} to: ${facts("en")}, ${ways.compound.en} ${share(compound)}; ${en}`,
      ko: `작은 신경망(${share(of("base"))})의 계산을 ${times}배로 키우면 ${facts("ko")}, ${ways.compound.ko} ${share(compound)}예요. ${ko}`,
    });
    const outcome = compare(compound, best.accuracy);
    if (outcome > 0)
      return ends(
        `growing all three together is ${apart(compound, best.accuracy)} points better than the best single one, as the paper says.`,
        `논문의 말대로 셋을 함께 키우는 편이 하나만 키우는 것보다 ${apart(compound, best.accuracy)}%p 나았어요.`,
      );
    if (outcome === 0)
      return ends(
        `all three together and ${ways[best.way].en} alone are equally good here, and nobody knew beforehand which one alone it would be.`,
        `셋을 함께 키운 것과 ${ways[best.way].ko}만 키운 것이 비슷해요. 다만 하나만 키울 때 무엇이 좋을지는 미리 알 수 없어요.`,
      );
    return ends(
      `here ${ways[best.way].en} alone is ${apart(compound, best.accuracy)} points better than all three together: the paper's shares were found on ImageNet at 224 pixels, and what is scarcest in these small pictures is something else.`,
      `여기서는 ${ways[best.way].ko}만 키운 쪽이 ${apart(compound, best.accuracy)}%p 나았어요. 논문의 비율은 224픽셀 ImageNet에서 찾은 것이라, 이렇게 작은 사진에서 부족한 것과는 달라요.`,
    );
  };

/** Deeper, wider or sharper? Four networks of equal cost, grown from one (Tan & Le 2019). */
export const scaling: Lesson = ({ spec: { preset } }) => ({
  title: { en: "Ways to make a network eight times as costly", ko: "계산을 여덟 배로 키우는 방법" },
  control: "width",
  main: "compound",
  variants: () => (["base", ...single[preset], "compound"] as const).map((name) => ({ name, net: netNamed(scaled[name]) })),
  batch: batchSizes[preset],
  learningRate: 0.15,
  augment: { crop: { pad: 3, edge: "reflect" }, flip: "alternating" },
  ...(single[preset].length < single.proper.length && { counted: LEFT_OUT }),
  find: find(preset),
  measure: () => ({ costs: Object.fromEntries(Object.entries(scaled).map(([name, net]) => [name, costOf(net)])) }),
  bars: { extra: (arm) => costText(scaled[arm as keyof typeof scaled], arm) },
});
