import { z } from "zod";
import { type CardTopic, cardTopics, topicNames } from "../src/cardTopics.ts";
import { type CommandContext, command } from "../src/chat/command.ts";
import { UserError } from "../src/errors.ts";
import type { FileRef } from "../src/files.ts";
import type { Button } from "../src/reply.ts";
import { escapeMarks } from "../src/richText.ts";
import { tableIn } from "../src/table.ts";
import type { Language } from "../src/text.ts";
import { learningCard } from "./parts/learningCards.ts";
import { installed } from "./parts/models.ts";
import { seedOption } from "./parts/options.ts";
import { ownPictures } from "./parts/ownPictures.ts";
import { tryButton } from "./parts/tryCard.ts";

/** Topics whose figure shows what is done to a picture, and to how many. */
const onPictures: Partial<Record<CardTopic, 1 | 2>> = {
  ...{ augmentation: 1, brightness: 1, rotation: 1, flip: 1, crop: 1, affine: 1, randaugment: 1 },
  cutmix: 2,
};
/** Offered as buttons below the list: where the course begins. */
const first: readonly CardTopic[] = ["bias", "augmentation", "distillation", "pseudo-labels", "resnet"];
/** Related cards that have a button: with the others five fit into a row. */
const MOST_RELATED = 3;

const cardButton = (topic: CardTopic, lang: Language): Button => ({
  label: learningCard(topic, lang).title,
  command: "explain-topic",
  args: { topic },
});

/** The model that knows the drawn shapes; the temperature card shows what it really says. */
const shapesModel = async (context: CommandContext) => {
  const model = (await installed(context)).find(({ card }) => card.lineage?.["dataset"] === "shapes");
  if (!model) throw new UserError("no_models", {});
  return { blob: model.blob, card: model.card };
};

const listOf = (lang: Language) => {
  const topics = cardTopics.map((topic) => ({ topic, title: learningCard(topic, lang).title }));
  const columns = [
    { en: "Topic", ko: "주제" },
    { en: "Card", ko: "카드" },
  ];
  return {
    text: {
      en: "Each is a short card with a figure, its formula and a command to try, for example `/explain-topic cutmix`.",
      ko: "주제마다 그림, 수식, 해 볼 명령이 있는 짧은 카드예요. 예: `/개념 컷믹스`",
    }[lang],
    table: tableIn(
      lang,
      columns,
      topics.map(({ topic, title }) => [topicNames[topic][lang], title]),
    ),
    buttons: first.map((topic) => cardButton(topic, lang)),
    data: { topics },
  };
};

const Topic = z.enum(cardTopics);
const Listed = z.object({
  topics: z
    .array(z.object({ topic: Topic, title: z.string().describe("in the asker's language") }))
    .describe("where no topic was named: all of them"),
});
const Explained = z.object({
  topic: Topic,
  title: z.string(),
  text: z.string().describe("paragraphs, with a blank line between them"),
  formula: z.string(),
  math: z.string().describe("the same as TeX"),
  source: z.string().describe("papers, with year, place and link"),
  command: z.string().describe("what to try, as it is typed"),
  see: z.array(Topic).describe("related cards"),
});

/** A short card about a topic of the course: text, figure, formula, source, and a command to try it here. */
export const explainTopic = command({
  name: "explain-topic",
  ko: "개념",
  about: {
    en: "A short card about a topic: figure, formula, paper, and what to try",
    ko: "주제별 짧은 카드: 그림, 수식, 논문, 해 볼 명령",
  },
  options: {
    topic: {
      kind: "choice",
      ko: "주제",
      about: { en: "what it is about; a list of all when left out", ko: "무엇에 대한 카드인지. 비우면 목록을 보여 줘요" },
      among: async () => cardTopics.map((value) => ({ value, label: topicNames[value], ko: topicNames[value].ko })),
    },
    image: {
      kind: "image",
      ko: "사진",
      about: { en: "a picture of yours to show it on", ko: "예로 보여 줄 내 사진" },
    },
    second: {
      kind: "image",
      ko: "사진2",
      about: { en: "a second one, for CutMix", ko: "CutMix에 쓸 두 번째 사진" },
    },
    seed: seedOption,
  },
  data: z.union([Listed, Explained]),
  run: async (context, { topic: named, image, second, seed }) => {
    const { lang } = context;
    const topic = Topic.optional().parse(named);
    if (topic === undefined) return listOf(lang);
    if (topic === "temperature") return { job: "softenedFigure" as const, input: { model: await shapesModel(context), lang } };
    const pictures = { ...(image && { image }), ...(second && { second }) };
    return { job: "cardFigure" as const, input: { topic, ...pictures, seed, lang } };
  },
  answer: async (context, { topic: named, image, second, seed }, { output: { picture } }) => {
    const { lang } = context;
    const topic = Topic.parse(named);
    const card = learningCard(topic, lang);
    const wanted = onPictures[topic] ?? 0;
    const given = [image, second].filter((it): it is FileRef => it !== undefined);
    const own = given.length < wanted ? await ownPictures(context, wanted) : [];
    const attempt = await tryButton(
      context,
      card.command,
      given.length > 0 ? given : own,
      { en: "▶ Try it", ko: "▶ 해 보기" }[lang],
    );
    const [ours, others] = own;
    const withOurs: Button | undefined = ours && {
      label: { en: "🖼 With our pictures", ko: "🖼 우리 사진으로" }[lang],
      command: "explain-topic",
      args: { topic, image: ours, ...(others && { second: others }), seed },
      inPlace: true,
    };
    const related = card.see.slice(0, MOST_RELATED - (withOurs ? 1 : 0)).map((it) => cardButton(it, lang));
    const withPictures = {
      0: { en: "", ko: "" },
      1: { en: " with a picture", ko: " (사진과 함께)" },
      2: { en: " with two pictures", ko: " (사진 두 장과 함께)" },
    }[wanted][lang];
    const text = [
      `**${card.title}**`,
      card.text,
      `\`${card.formula}\``,
      `${{ en: "Try it:", ko: "해 보기:" }[lang]} \`${card.command}\`${withPictures}`,
      `${{ en: "Source:", ko: "출처:" }[lang]} ${escapeMarks(card.source)}`,
    ].join("\n\n");
    const { title, formula, math, source, see } = card;
    return {
      text,
      pictures: [picture],
      buttons: [attempt, withOurs, ...related].filter((it) => it !== undefined),
      data: { topic, title, text: card.text, formula, math, source, command: card.command, see },
    };
  },
});
