import { barGroups } from "../../../draw/barGroups.ts";
import { describe } from "../../../nets/backends/describe.ts";
import { short } from "../../../numbers.ts";
import type { Language, Text } from "../../../text.ts";
import { netNamed } from "../../netNamed.ts";
import type { PresetName } from "../../presets.ts";
import { batchSizes } from "../../training.ts";
import { costText } from "./costs.ts";
import type { Lesson, LessonPicture } from "./lesson.ts";
import { type Outcomes, outcomeOf } from "./outcomes.ts";
import { apart, byOutcome, share } from "./words.ts";

const WITH = "googlenet-mini";
const WITHOUT = "googlenet-mini-no-reduction";
/** What is trained: without reductions, and with them. */
const pairs: Record<PresetName, readonly [string, string]> = {
  taste: [`${WITHOUT}-16px`, `${WITH}-16px`],
  lesson: [WITHOUT, WITH],
  proper: [WITHOUT, WITH],
};
/** The paper's own network, with its true 5x5 convolutions. */
const [PAPER, PAPER_WITHOUT] = ["googlenet-5x5", "googlenet-5x5-no-reduction"] as const;

/** Multiply-accumulates for one picture of the layers whose path begins so; of the whole network without one. */
const macsOf = (name: string, path = ""): number =>
  describe(netNamed(name)).layers.reduce((sum, it) => sum + (it.path.startsWith(path) ? it.macs : 0), 0);

/** What the reductions save: in the branch that the paper's readers work out by hand, in its whole network, and in ours. */
export const reductions = (): readonly { title: Text; without: number; with: number }[] => [
  {
    title: { en: "5x5 branch of GoogLeNet's module 4a", ko: "GoogLeNet 4a 모듈의 5x5 가지" },
    without: macsOf(PAPER_WITHOUT, "4a/five"),
    with: macsOf(PAPER, "4a/five"),
  },
  { title: { en: "All of GoogLeNet", ko: "GoogLeNet 전체" }, without: macsOf(PAPER_WITHOUT), with: macsOf(PAPER) },
  { title: { en: "googlenet-mini", ko: "googlenet-mini" }, without: macsOf(WITHOUT), with: macsOf(WITH) },
];

const counted = (): Text => {
  const [branch, whole] = reductions() as [ReturnType<typeof reductions>[number], ReturnType<typeof reductions>[number]];
  return {
    en: `1x1 reductions bring GoogLeNet's 5x5 branch in 4a from ${short(branch.without)} to ${short(branch.with)} multiply-adds, and all of GoogLeNet from ${short(whole.without)} to ${short(whole.with)}.`,
    ko: `1x1로 채널을 줄이면 GoogLeNet 4a의 5x5 가지는 연산량이 ${short(branch.without)}에서 ${short(branch.with)}로, GoogLeNet 전체는 ${short(whole.without)}에서 ${short(whole.with)}로 줄어요.`,
  };
};

const find =
  ([without, reducing]: readonly [string, string]) =>
  (outcomes: Outcomes): Text => {
    const [reduced, full] = [outcomeOf(outcomes, reducing).accuracy, outcomeOf(outcomes, without).accuracy];
    const times = (macsOf(without) / macsOf(reducing)).toFixed(1);
    const facts: Text = {
      en: `After the same steps the reduced network has ${share(reduced)} and the one that costs ${times} times as much ${share(full)}`,
      ko: `같은 스텝 뒤의 정확도는 줄인 쪽 ${share(reduced)}, 계산이 ${times}배인 쪽 ${share(full)}예요`,
    };
    const ends = (en: string, ko: string): Text => ({ en: `${facts.en}: ${en}`, ko: `${facts.ko}. ${ko}` });
    return byOutcome(reduced, full, {
      higher: ends(
        `squeezing the channels cost nothing and even helped by ${apart(reduced, full)} points, perhaps because it also adds a layer and leaves less to learn.`,
        `채널을 줄여도 잃은 것이 없고 오히려 ${apart(reduced, full)}%p 좋아졌어요. 레이어가 하나 더 생기고 배울 것이 줄어든 덕일 수 있어요.`,
      ),
      same: ends("the saving was free, as the paper promises.", "논문의 말대로 정확도를 잃지 않고 계산을 아꼈어요."),
      lower: ends(
        `here the saving cost ${apart(reduced, full)} points; at equal computing the reduced network could take ${times} times as many steps.`,
        `여기서는 아낀 대가로 ${apart(reduced, full)}%p를 잃었어요. 계산량이 같다면 줄인 쪽은 ${times}배 더 많은 스텝을 학습할 수 있어요.`,
      ),
    });
  };

const picture = (lang: Language): LessonPicture => {
  const title = { en: "What 1x1 reductions save", ko: "1x1 축소로 아끼는 계산" }[lang];
  const [less, more] = [{ en: "with", ko: "축소 있음" }[lang], { en: "without", ko: "축소 없음" }[lang]];
  const groups = reductions().map(({ title, without, with: reduced }) => ({
    title: title[lang],
    note: { en: `${(without / reduced).toFixed(1)} times less`, ko: `${(without / reduced).toFixed(1)}배 절약` }[lang],
    bars: [
      { label: more, value: without, text: short(without) },
      { label: less, value: reduced, text: short(reduced), strong: true },
    ],
  }));
  const subtitle = { en: "multiply-adds for one picture, counted", ko: "사진 한 장의 연산량(MACs), 직접 센 값" }[lang];
  const said = groups.map((it) => `${it.title}: ${it.bars.map((bar) => `${bar.label} ${bar.text}`).join(", ")}`);
  return { name: "one-by-one", image: barGroups({ title, subtitle }, groups), alt: `${title}. ${said.join(". ")}` };
};

/** What are 1x1 convolutions good for? Counted on GoogLeNet itself, and tried on a small one (Szegedy et al. 2014). */
export const oneByOne: Lesson = ({ spec: { preset } }) => ({
  title: { en: "GoogLeNet with and without 1x1 reductions", ko: "1x1 축소가 있는 GoogLeNet과 없는 GoogLeNet" },
  control: pairs[preset][0],
  main: pairs[preset][1],
  variants: () => pairs[preset].map((name) => ({ name, net: netNamed(name) })),
  batch: batchSizes[preset],
  learningRate: 0.15,
  augment: { crop: { pad: 3, edge: "reflect" }, flip: "alternating" },
  counted: counted(),
  find: find(pairs[preset]),
  measure: () => ({ reductions: reductions() }),
  bars: { extra: (net) => costText(net) },
  draw: (_, lang) => [picture(lang)],
});
