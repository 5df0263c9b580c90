import type { CardTopic } from "../../src/cardTopics.ts";
import type { Button } from "../../src/reply.ts";
import type { RunKind } from "../../src/runs/spec.ts";
import type { Language, Text } from "../../src/text.ts";
import type { Gathered } from "./gathered.ts";
import { learningCard } from "./learningCards.ts";
import { confusedIn } from "./recapFigures.ts";
import { hasReport, titleOf } from "./runs.ts";
import { gainText, mainSpread } from "./runWords.ts";

/** A concept worth another look, and what went wrong that says so. */
export interface Concept {
  topic: CardTopic;
  why: Text;
}

/** What the runs of a kind are about. */
const topicOf: Readonly<Partial<Record<RunKind, CardTopic>>> = {
  ...{ distill: "temperature", train: "augmentation", policysearch: "policy-search", transfer: "transfer-frozen" },
  ...{ pseudolabel: "pseudo-labels", fixmatch: "semi-supervised", selftrain: "noisy-student" },
};

/** Accuracy on its own pictures this far above that on the test pictures: it has learned them by heart. */
const OVERFITTED = 0.15;

/** What its card is called. */
export const conceptTitle = ({ topic }: Concept, lang: Language): string => learningCard(topic, lang).title;

const found = (topic: CardTopic, why: Text): Concept => ({ topic, why });

/** The concept to revisit after some time, chosen from what went wrong in it; none where nothing did. */
export const conceptOf = (gathered: Gathered): Concept | undefined => {
  const refuted = gathered.settled.find(({ verdict, run }) => verdict === "refuted" && topicOf[run.kind]);
  if (refuted) {
    const expected = refuted.run.spec.hypothesis ?? "";
    return found(topicOf[refuted.run.kind] ?? "bias", {
      en: `“${expected}” was refuted.`,
      ko: `“${expected}” 가설이 반박됐어요.`,
    });
  }
  const ended = gathered.runs.filter(hasReport);
  const worse = ended.find(({ report, kind }) => report.gain && report.gain.mean < 0 && topicOf[kind]);
  if (worse?.report.gain) {
    const gain = gainText(worse.report.gain, worse.spec.seeds);
    return found(topicOf[worse.kind] ?? "bias", {
      en: `${titleOf(worse)} came out below its control (${gain} points).`,
      ko: `${titleOf(worse)} 결과가 대조군보다 낮았어요(${gain}%p).`,
    });
  }
  const byHeart = ended.find(({ report }) => {
    const own = report.arms.find((it) => it.name === report.main)?.trainAccuracy ?? 0;
    return own - (mainSpread(report)?.mean ?? 1) > OVERFITTED;
  });
  if (byHeart)
    return found("augmentation", {
      en: `${titleOf(byHeart)} knows its own pictures far better than new ones.`,
      ko: `${titleOf(byHeart)}이(가) 학습 사진은 잘 알지만 새 사진에는 약해요.`,
    });
  const [[en], [ko]] = [confusedIn(gathered, "en"), confusedIn(gathered, "ko")];
  if (!en || !ko) return undefined;
  return found("bias", {
    en: `${en.actual} was taken for ${en.predicted} ${en.count} times.`,
    ko: `${ko.actual} → ${ko.predicted}: ${ko.count}번 잘못 봤어요.`,
  });
};

/** Shows its card. */
export const conceptButton = (concept: Concept, lang: Language): Button => ({
  label: `📖 ${conceptTitle(concept, lang)}`,
  command: "explain-topic",
  args: { topic: concept.topic },
});
