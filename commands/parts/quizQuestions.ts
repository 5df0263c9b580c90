import type { CardTopic } from "../../src/cardTopics.ts";
import type { CommandContext } from "../../src/chat/command.ts";
import type { FileRef } from "../../src/files.ts";
import type { Prediction } from "../../src/models/prediction.ts";
import { shownTop } from "../../src/models/shownLabel.ts";
import { findNet } from "../../src/nets/index.ts";
import type { Family } from "../../src/nets/net.ts";
import { percent } from "../../src/numbers.ts";
import { escapeText } from "../../src/richText.ts";
import type { RequestRow } from "../../src/store/requests.ts";
import type { Run } from "../../src/store/runs.ts";
import type { Language } from "../../src/text.ts";
import { learningCard } from "./learningCards.ts";
import { shortId } from "./requests.ts";

/** A question with its answers, the right one first. */
export interface Question {
  /** By what it is found again when it is answered: "card", "lambda", "run:…", "said:…". */
  key: string;
  topic: CardTopic;
  text: string;
  answers: readonly string[];
  why: string;
  /** The picture that it is about. */
  image?: FileRef;
  /** For "lambda": the shares that have to be drawn. */
  lambdas?: readonly number[];
}

type Asking = Pick<CommandContext, "store" | "place" | "lang" | "user">;

const fromCard = (topic: CardTopic, lang: Language): Question => {
  const { question, right, wrong, why } = learningCard(topic, lang);
  return { key: "card", topic, text: question, answers: [right, ...wrong], why };
};

/** The share that is asked for, and the others. */
const LAMBDAS = [0.7, 0.9, 0.5, 0.3] as const;

const aboutLambda = (lang: Language): Question => ({
  ...{ key: "lambda", topic: "cutmix", lambdas: LAMBDAS },
  text: { en: "Which picture is CutMix with λ = 0.7?", ko: "λ = 0.7인 CutMix는 어느 사진일까요?" }[lang],
  // The letters of the answers are those below the pictures.
  answers: LAMBDAS.map(() => ({ en: "this picture", ko: "이 사진" })[lang]),
  why: {
    en: "λ is the share that is left of the first picture: the box covers 0.3 of the area, and each side is √0.3 ≈ 0.55 of the picture's.",
    ko: "λ는 첫 번째 사진이 남은 비율이에요. 상자는 넓이의 0.3을 덮고, 한 변은 √0.3 ≈ 0.55배예요.",
  }[lang],
});

/** Which of two students had a teacher, from a distillation of the group's; nothing where nobody could tell. */
const aboutRun = (run: Run, lang: Language): Question | undefined => {
  const { report, spec } = run;
  if (spec.kind !== "distill" || !report?.main || !report.control) return undefined;
  const [taught, alone] = [report.summary[report.main], report.summary[report.control]];
  if (!taught || !alone || percent(taught.mean) === percent(alone.mean)) return undefined;
  const helped = taught.mean > alone.mean;
  const about = `${spec.student} · ${spec.data} · \`${shortId(run.id)}\``;
  const answer = (mean: number) => ({ en: `the one with ${percent(mean)}`, ko: `${percent(mean)}인 학생` })[lang];
  return {
    ...{ key: `run:${run.id}`, topic: "distillation" },
    text: {
      en: `Two students of our own run (${about}) came out differently. Which one had a teacher?`,
      ko: `우리 실행(${about})의 두 학생이 서로 다른 결과를 냈어요. 교사가 있던 학생은 누구일까요?`,
    }[lang],
    answers: [answer(taught.mean), answer(alone.mean)],
    why: {
      en: `${spec.teacher} taught it at T = ${spec.temperature}. ${helped ? "Here the teacher helped" : "Here the teacher did not help, which happens"}; differences of one or two points can be chance.`,
      ko: `교사는 ${spec.teacher}, 온도는 T = ${spec.temperature}였어요. ${helped ? "여기서는 교사가 도움이 됐어요" : "여기서는 도움이 되지 않았고, 그런 일도 있어요"}. 1~2%p 차이는 우연일 수 있어요.`,
    }[lang],
  };
};

const topicOf: Partial<Record<Family, CardTopic>> = {
  ...{ alexnet: "alexnet", vgg: "vgg", googlenet: "googlenet", resnet: "resnet", densenet: "densenet" },
  ...{ senet: "senet", efficientnet: "efficientnet" },
};

interface Said {
  model: string;
  top: readonly Prediction[];
}

/** What a network said of a picture that somebody asked about in this channel. */
const aboutPrediction = (row: RequestRow, { place, lang }: Asking): Question | undefined => {
  const { image } = row.args as { image?: FileRef };
  const { model, top: said } = (row.reply?.data ?? {}) as Partial<Said>;
  const top = said && shownTop(said, lang);
  const isShown = row.command === "classify" && row.status === "done" && !row.ephemeral && row.channel === place.channel;
  const topic = topicOf[findNet(model?.split(".")[0] ?? "")?.family ?? "airbench"];
  const answers = [...new Set(top?.map((it) => it.label))].slice(0, 4);
  if (!isShown || !image || !model || !top || !topic || answers.length < 2) return undefined;
  const [best] = top;
  return {
    ...{ key: `said:${row.id}`, topic, image },
    text: {
      en: `What did ${escapeText(model)} say of this picture?`,
      ko: `이 사진에 대한 ${escapeText(model)}의 답은 무엇이었을까요?`,
    }[lang],
    answers: answers.map(escapeText),
    why: {
      en: `It gave "${escapeText(best?.label ?? "")}" ${percent(best?.probability ?? 0)}. What a network says is not always what the picture shows.`,
      ko: `"${escapeText(best?.label ?? "")}"일 확률을 ${percent(best?.probability ?? 0)}로 봤어요. 신경망의 답이 곧 정답은 아니에요.`,
    }[lang],
  };
};

/** Runs and requests that are looked through for something to ask about. */
const LOOKED_AT = 50;

/** Everything that can be asked about a topic here: its card's question first, then what the group made itself. */
export const questionsAbout = async (topic: CardTopic, asking: Asking): Promise<readonly Question[]> => {
  const { store, place, lang, user } = asking;
  const card = fromCard(topic, lang);
  if (topic === "cutmix") return [card, aboutLambda(lang)];
  if (topic === "distillation") {
    const viewer = { userId: user.id, groupId: place.group, channel: place.channel };
    const runs = await store.runs.list(viewer, LOOKED_AT, { ended: true, kind: "distill" });
    return [card, ...runs.flatMap((run) => aboutRun(run, lang) ?? [])];
  }
  if (!Object.values(topicOf).includes(topic)) return [card];
  const rows = await store.requests.recent(place, LOOKED_AT);
  return [card, ...rows.flatMap((row) => aboutPrediction(row, asking) ?? []).filter((it) => it.topic === topic)];
};

/** The question of that key, if it can still be asked. */
export const findQuestion = async (topic: CardTopic, key: string, asking: Asking): Promise<Question | undefined> =>
  (await questionsAbout(topic, asking)).find((it) => it.key === key);
