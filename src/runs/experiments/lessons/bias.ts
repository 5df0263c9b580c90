import type { Dataset } from "../../../data/dataset.ts";
import { spreadOf } from "../../../numbers.ts";
import type { Text } from "../../../text.ts";
import type { ArmResult } from "../../experiment.ts";
import type { Spread } from "../../report.ts";
import { batchSizes } from "../../training.ts";
import { houseNet } from "./houseNet.ts";
import type { Lesson } from "./lesson.ts";
import { compare, type Outcomes, outcomeOf } from "./outcomes.ts";
import { drawSkewed, isLitAsTaught } from "./skew.ts";
import { skewPicture } from "./skewPicture.ts";
import { apart, share } from "./words.ts";

export const SKEWED = "skewed";
export const BALANCED = "balanced";

/** Accuracy on the test pictures that are lit as in the skewed sample, and on the others. */
const accuracyByLight = ({ test, classes }: Dataset, results: readonly ArmResult[]): { asTaught: Spread; otherwise: Spread } => {
  const taught = isLitAsTaught({ test, classes });
  const accuracyWhere = (logits: Float32Array, wanted: boolean) => {
    let [right, all] = [0, 0];
    for (let i = 0; i < test.count; i++) {
      if (taught[i] !== wanted) continue;
      const row = logits.subarray(i * classes.length, (i + 1) * classes.length);
      if (row.indexOf(Math.max(...row)) === test.labels[i]) right++;
      all++;
    }
    return right / Math.max(1, all);
  };
  const of = (wanted: boolean) => spreadOf(results.map(({ testLogits }) => accuracyWhere(testLogits, wanted)));
  return { asTaught: of(true), otherwise: of(false) };
};

const find = (outcomes: Outcomes, otherwise?: Spread): Text => {
  const [skewed, balanced] = [outcomeOf(outcomes, SKEWED), outcomeOf(outcomes, BALANCED)];
  const facts: Text = {
    en: `Trained on the skewed sample the network knows ${share(skewed.trainAccuracy)} of its own pictures but ${share(skewed.accuracy)} of the real test, on a balanced sample of the same size ${share(balanced.trainAccuracy)} and ${share(balanced.accuracy)}`,
    ko: `치우친 표본으로 배우면 학습 사진은 ${share(skewed.trainAccuracy)}를 맞히지만 실제 테스트는 ${share(skewed.accuracy)}, 같은 크기의 고른 표본으로는 ${share(balanced.trainAccuracy)}와 ${share(balanced.accuracy)}예요`,
  };
  const ends = (en: string, ko: string): Text => ({ en: `${facts.en}: ${en}`, ko: `${facts.ko}. ${ko}` });
  const harm = compare(skewed.accuracy, balanced.accuracy);
  if (harm < 0)
    return ends(
      `it learned the light instead of the thing, ${apart(skewed.accuracy, balanced.accuracy)} points lost that its own pictures could not show${otherwise ? `; of pictures lit the other way round it knows ${share(otherwise)}` : ""}.`,
      `물체 대신 밝기를 배워 ${apart(skewed.accuracy, balanced.accuracy)}%p를 잃었는데, 자기 학습 사진만 보아서는 알 수 없어요.${otherwise ? ` 밝기가 반대인 사진은 ${share(otherwise)}만 맞혀요.` : ""}`,
    );
  if (harm === 0)
    return ends(
      "the skew did no harm beyond chance here; how bright a picture is gives little away in these data, or what it shows is as easy to learn.",
      "여기서는 치우침의 피해가 우연을 넘지 않아요. 이 데이터에서는 밝기가 별 단서가 못 되거나 물체 자체가 그만큼 배우기 쉬워요.",
    );
  return ends(
    "here the skewed sample did better, against what one should expect; look at it with more seeds before believing it.",
    "예상과 달리 치우친 표본이 더 나았어요. 믿기 전에 시드를 늘려 다시 확인해 보세요.",
  );
};

/** What does a network learn from a skewed sample? Light instead of things, if that is enough (Torralba & Efros 2011). */
export const bias: Lesson = ({ spec: { preset, seed }, dataset, train }) => {
  const net = houseNet(preset);
  return {
    title: { en: "A balanced and a skewed sample", ko: "고른 표본과 치우친 표본" },
    control: BALANCED,
    main: SKEWED,
    variants: (of) => {
      const samples = drawSkewed(dataset, train, of);
      return [
        { name: BALANCED, net, pictures: samples.balanced },
        { name: SKEWED, net, pictures: samples.skewed },
      ];
    },
    batch: batchSizes[preset],
    learningRate: 0.2,
    augment: { crop: { pad: 3, edge: "reflect" }, flip: "alternating" },
    find: (outcomes, results) => {
      const skewed = results.filter(({ arm }) => arm.name === SKEWED);
      return find(outcomes, skewed.length > 0 ? accuracyByLight(dataset, skewed).otherwise : undefined);
    },
    measure: (results) => {
      const of = (name: string) => results.filter(({ arm }) => arm.name === name);
      return {
        byLight: Object.fromEntries(
          [BALANCED, SKEWED].flatMap((name) => (of(name).length > 0 ? [[name, accuracyByLight(dataset, of(name))]] : [])),
        ),
      };
    },
    draw: (_, lang) => [skewPicture(dataset, drawSkewed(dataset, train, seed).skewed, lang)],
  };
};
