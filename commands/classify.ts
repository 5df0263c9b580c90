import { z } from "zod";
import { type CommandContext, command } from "../src/chat/command.ts";
import type { Choice } from "../src/chat/options.ts";
import type { FileRef } from "../src/files.ts";
import { classify as classifyJob } from "../src/jobs/contracts/classify.ts";
import { compare } from "../src/jobs/contracts/compare.ts";
import { catalog } from "../src/models/catalog.ts";
import { cifar10 } from "../src/models/cifar10.ts";
import { commonName } from "../src/models/kinds.ts";
import { knowsFew, Prediction } from "../src/models/prediction.ts";
import { shownLabel } from "../src/models/shownLabel.ts";
import { duration, fileSize, percent } from "../src/numbers.ts";
import type { Button } from "../src/reply.ts";
import { escapeText, plainText } from "../src/richText.ts";
import { type Table, tableIn } from "../src/table.ts";
import type { Language } from "../src/text.ts";
import { labelButtons, labelHint } from "./parts/labelButtons.ts";
import { allToAsk, installed, isSetAside, modelChoice, toAsk } from "./parts/models.ts";
import { linesOf } from "./parts/replies.ts";

const ALL = "all";
/** How many classes ImageNet has. */
const IMAGENET = 1000;

/** Every model that can be asked, all of them at once, and at the end those set aside, which their owners may ask again. */
const choices = async (context: CommandContext): Promise<readonly Choice[]> => {
  const models = await installed(context);
  const all = { value: ALL, label: { en: "all: compare every model", ko: "모두: 모든 모델 비교" }, ko: "모두" };
  const asked = models.filter((it) => !isSetAside(it)).map(modelChoice);
  return models.length > 0 ? [...asked, all, ...models.filter(isSetAside).map(modelChoice)] : [];
};

const Answer = classifyJob.output.pick({ model: true, top: true, ms: true, vocabulary: true }).extend({
  top: z.array(Prediction).describe("the likeliest classes, likeliest first; at most five"),
  ms: z.number().describe("one forward pass of a warm model, without reading the picture"),
});
type Answer = z.infer<typeof Answer>;

const share = {
  en: (of: number, all: number) => `${of} of ${all}`,
  ko: (of: number, all: number) => `${all}개 중 ${of}개`,
};

/** All that the models of few classes know, of those that are asked together. */
const fewWords = async (context: CommandContext): Promise<ReadonlySet<string>> =>
  new Set((await allToAsk(context)).filter(({ card }) => knowsFew(card)).flatMap(({ card }) => card.classes));

/**
 * The models of each answer, most votes first. A model that knows breeds votes with those that know dogs: `words` are what models of few
 * classes know, and its own word stands behind its name.
 */
const votesIn = (
  answers: readonly Answer[],
  words: ReadonlySet<string>,
  lang: Language,
): { label: string; models: readonly string[] }[] => {
  const voters = new Map<string, string[]>();
  for (const { model, top } of answers) {
    const [best = { index: -1, label: "-" }] = top;
    const word = commonName(best.label, words);
    const own = shownLabel(best, lang);
    // A kind has no place among the model's own classes; it is shown as those call it that know it.
    const label = word === best.label ? own : shownLabel({ index: cifar10.classes.indexOf(word), label: word }, lang);
    voters.set(label, [...(voters.get(label) ?? []), label === own ? model : `${model} (${own})`]);
  }
  return [...voters].map(([label, models]) => ({ label, models })).sort((a, b) => b.models.length - a.models.length);
};

/** Who voted for what; how sure each is and what it took stands in the picture. */
const voteTable = (votes: ReturnType<typeof votesIn>, lang: Language): Table =>
  tableIn(
    lang,
    [
      { en: "Answer", ko: "답" },
      { en: "Votes", ko: "표", right: true },
      { en: "Models", ko: "모델" },
    ],
    votes.map(({ label, models }) => [label, String(models.length), models.join(", ")]),
  );

const noneOf = {
  en: (likeliest: string) => `**None of these, I think.** The closest: ${likeliest}`,
  ko: (likeliest: string) => `**이 중에는 없는 것 같아요.** 그나마 가까운 것: ${likeliest}`,
};
/** So many classes are named; of more, the first. */
const NAMED = 12;
const knows = {
  en: (model: string, classes: readonly string[]) => `${model} knows ${classes.length} things: ${named(classes)}`,
  ko: (model: string, classes: readonly string[]) => `${model} 모델이 아는 것은 ${classes.length}가지예요: ${named(classes)}`,
};
const named = (classes: readonly string[]) =>
  classes.slice(0, NAMED).map(escapeText).join(", ") + (classes.length > NAMED ? ", …" : "");

/** The network that is offered to those whose models know few things: small for how good it is. */
const WIDER = catalog.find((it) => it.name === "efficientnet_b0");

/** Fetches a network that knows a thousand things, where there is none yet, and then asks it about the picture. */
const fetchButton = async (context: CommandContext, image: FileRef): Promise<Button[]> => {
  const models = await installed(context);
  if (!WIDER || models.some((it) => it.card.classes.length >= IMAGENET)) return [];
  const size = fileSize(WIDER.bytes);
  const label = { en: `🌐 Get one that knows 1,000 things (${size})`, ko: `🌐 1,000가지를 아는 모델 받기 (${size})` };
  return [{ label: label[context.lang], command: "models fetch", args: { name: WIDER.name, image } }];
};

/** Asks one model, or every one, what a picture shows. */
export const classify = command({
  name: "classify",
  ko: "분류",
  about: { en: "Ask a CNN what your picture shows", ko: "사진에 무엇이 있는지 CNN에게 물어보기" },
  message: { en: "Classify", ko: "분류" },
  options: {
    image: { kind: "image", ko: "사진", about: { en: "the picture to look at", ko: "살펴볼 사진" }, required: true },
    model: {
      kind: "choice",
      ko: "모델",
      about: { en: "which model, or all; the best one when left out", ko: "모델 이름 또는 모두. 비우면 가장 좋은 모델" },
      among: choices,
    },
  },
  data: z.union([
    Answer,
    z
      .object({
        models: z.array(Answer),
        failed: compare.output.shape.failed.describe(
          "models without an answer: the code of what went wrong (`too_slow`, `crashed`, `ours` or one of src/messages), and the same in words",
        ),
      })
      .describe("with `model:all`; models that are set aside are not asked"),
  ]),
  run: async (context, { image, model }) => {
    const { lang } = context;
    const models = (model === ALL ? await allToAsk(context) : [await toAsk(context, model)]).map(({ blob, card }) => ({
      blob,
      card,
    }));
    const [only] = models;
    if (only && models.length === 1) return { job: "classify", input: { image, model: only, lang } };
    const cards = models.map(({ card: { name, params, macs } }) => ({ name, params, macs }));
    const dependencies = models.map((it, done) => ({
      job: "predict" as const,
      input: { image, model: it, turn: { done, of: models.length } },
    }));
    return { job: "compare", input: { image, models: cards, lang }, dependencies };
  },
  answer: async (context, { image, model }, done) => {
    const { store, place, lang } = context;
    const { picture, firstFrame } = done.output;
    const labels = await labelButtons(context, image);
    const hint = labels.length > 0 ? [] : [labelHint[lang]];
    if (done.job === "compare") {
      const { models, failed } = done.output;
      const votes = votesIn(models, await fewWords(context), lang);
      const lines = [
        ...votes.slice(0, 1).map((it) => `**${escapeText(it.label)}** · ${share[lang](it.models.length, models.length)}`),
        ...failed.map((it) => `⚠️ **${it.model}**: ${escapeText(plainText(it.reason))}`),
      ];
      return {
        text: linesOf([...lines, ...hint], firstFrame, lang),
        ...(votes.length > 0 && { table: voteTable(votes, lang) }),
        pictures: [picture],
        buttons: labels,
        data: { models, failed },
      };
    }
    const { picture: _picture, firstFrame: _firstFrame, ...only } = done.output;
    const [best] = only.top;
    const likeliest = best ? `${escapeText(shownLabel(best, lang))} ${percent(best.probability)}` : "-";
    const { vocabulary } = only;
    const text = vocabulary?.unsure ? noneOf[lang](likeliest) : `**${only.model}**: ${likeliest} · ${duration(only.ms)}`;
    const classes = vocabulary?.classes.map((label, index) => shownLabel({ index, label }, lang));
    const known = classes ? [knows[lang](only.model, classes)] : [];
    const wider = vocabulary ? await fetchButton(context, image) : [];
    const explain: Button = {
      label: { en: "🔍 Explain", ko: "🔍 이유 보기" }[lang],
      command: "explain",
      args: { image, model: only.model },
    };
    const all: Button = {
      label: { en: "📊 All models", ko: "📊 모든 모델" }[lang],
      command: "classify",
      args: { image, model: ALL },
    };
    const hasOthers = (await store.models.list(place.group)).length > 1;
    return {
      text: linesOf([text, ...known, ...hint], firstFrame, lang),
      pictures: [picture],
      buttons: [...(model === ALL ? [] : [explain, ...(hasOthers ? [all] : []), ...wider]), ...labels],
      data: model === ALL ? { models: [only], failed: [] } : only,
    };
  },
});
