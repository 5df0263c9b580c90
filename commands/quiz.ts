import { z } from "zod";
import { type CardTopic, cardTopics, topicNames } from "../src/cardTopics.ts";
import { type CommandContext, command } from "../src/chat/command.ts";
import { UserError } from "../src/errors.ts";
import type { FileRef, Picture } from "../src/files.ts";
import { pick, seeded, shuffled, subSeed } from "../src/random.ts";
import type { Button } from "../src/reply.ts";
import type { Language } from "../src/text.ts";
import { dueWords } from "./parts/dueWords.ts";
import { learningCard, shortTitle } from "./parts/learningCards.ts";
import { seedOption } from "./parts/options.ts";
import { ownPictures } from "./parts/ownPictures.ts";
import { findQuestion, type Question, questionsAbout } from "./parts/quizQuestions.ts";
import { fields } from "./parts/replies.ts";

const letters = ["A", "B", "C", "D"] as const;
const Topic = z.enum(cardTopics);

const Asked = z.object({
  topic: Topic,
  question: z.string().describe("which of the topic's questions: give it back with `topic`, `seed` and `answer`"),
  text: z.string(),
  answers: z.array(z.string()).describe("A, B, C … in this order"),
  seed: fields.seed,
});
const Graded = Asked.extend({
  answer: z.int().describe("what was answered, 1 for A"),
  right: z.int().describe("what is right"),
  isRight: z.boolean(),
  due: z.iso.datetime().describe("when the topic is asked about again"),
});

/** The topic to ask about: what is due first, else the next one of the course, else what will be due first. */
const nextTopic = async ({ store, place, user, now }: CommandContext): Promise<CardTopic> => {
  const known = await store.quiz.memories({ groupId: place.group, userId: user.id });
  const [first] = known;
  const isNew = (topic: CardTopic) => known.every((it) => it.topic !== topic);
  if (first && first.due <= now) return first.topic;
  return cardTopics.find(isNew) ?? first?.topic ?? cardTopics[0];
};

/** Answers in the order in which they are shown, and the place of the right one. */
const orderOf = ({ answers }: Question, seed: number) => {
  const order = [...shuffled(answers.length, subSeed(seed, 1))];
  return { order, shown: order.map((it) => answers[it] ?? ""), right: order.indexOf(0) };
};

interface AskedWith {
  seed: number;
  picture?: Picture;
  images?: readonly FileRef[];
}

const headOf = ({ topic }: Question, lang: Language): string =>
  `**${{ en: "Quiz", ko: "퀴즈" }[lang]} · ${learningCard(topic, lang).title}**`;
const pictureOf = (image: FileRef, lang: Language): Picture => ({
  ...image,
  alt: { en: "the picture in question", ko: "문제의 사진" }[lang],
});

/** The job that draws the pictures of a question about λ, in the order of its answers. */
const drawn = (
  question: Question,
  { lang }: CommandContext,
  more: { seed: number; isSolved?: true; image?: FileRef | undefined; second?: FileRef | undefined },
) => {
  const { seed, isSolved, image, second } = more;
  const lambdas = orderOf(question, seed).order.map((it) => question.lambdas?.[it] ?? 0);
  const pictures = image && second ? { image, second } : {};
  return { job: "quizPicture" as const, input: { lambdas, ...pictures, ...(isSolved && { isSolved }), seed, lang } };
};

const ask = ({ lang, user }: CommandContext, question: Question, { seed, picture, images = [] }: AskedWith) => {
  const { shown } = orderOf(question, seed);
  const [image, second] = images;
  const listed = question.lambdas ? [] : shown.map((it, i) => `**${letters[i]}** ${it}`);
  const args = { topic: question.topic, question: question.key, seed, ...(image && { image }), ...(second && { second }) };
  const buttons = shown.map(
    (_, i): Button => ({
      ...{ label: letters[i] ?? "", command: "quiz", inPlace: true, owner: user.id },
      args: { ...args, answer: i + 1 },
    }),
  );
  const shownPicture = picture ?? (image && pictureOf(image, lang));
  return {
    text: [
      `${headOf(question, lang)} · ${{ en: "seed", ko: "시드" }[lang]} ${seed}`,
      question.text,
      ...(listed.length > 0 ? [listed.join("\n")] : []),
    ].join("\n\n"),
    ...(shownPicture && { pictures: [shownPicture] }),
    buttons,
    data: { topic: question.topic, question: question.key, text: question.text, answers: shown, seed },
  };
};

/** What an answer is worth, with the pictures that it was about: one wants to see why. */
const grade = async (
  context: CommandContext,
  question: Question,
  { seed, answer, picture }: { seed: number; answer: number; picture?: Picture },
) => {
  const { id, store, place, user, lang, now } = context;
  const { topic } = question;
  const { shown, right } = orderOf(question, seed);
  const isRight = answer === right + 1;
  const kept = { id, groupId: place.group, userId: user.id, topic, question: question.key, isRight, at: now };
  const { due } = await store.quiz.answer(kept);
  const named = (index: number) => `**${letters[index]}**${question.lambdas ? "" : ` ${shown[index]}`}`;
  const verdict = isRight
    ? { en: `✅ Right: ${named(right)}`, ko: `✅ 맞아요: ${named(right)}` }
    : { en: `❌ You said ${named(answer - 1)}`, ko: `❌ 고른 답: ${named(answer - 1)}` };
  const shownPicture = picture ?? (question.image && pictureOf(question.image, lang));
  return {
    text: [
      headOf(question, lang),
      question.text,
      [verdict[lang], ...(isRight ? [] : [{ en: `The right answer: ${named(right)}`, ko: `정답: ${named(right)}` }[lang]])].join(
        "\n",
      ),
      question.why,
      `${{ en: "Asked again", ko: "다시 묻기" }[lang]}: ${dueWords(new Date(due), now)[lang]}`,
    ].join("\n\n"),
    ...(shownPicture && { pictures: [shownPicture] }),
    buttons: [
      { label: `📖 ${shortTitle(topic, lang)}`, command: "explain-topic", args: { topic } },
      { label: { en: "Next question", ko: "다음 문제" }[lang], command: "quiz", args: {} },
    ],
    data: {
      ...{ topic, question: question.key, text: question.text, answers: shown, seed },
      ...{ answer, right: right + 1, isRight, due },
    },
  };
};

/** One question about the course, when it is time for it, from the cards and from the group's own runs and pictures. */
export const quiz = command({
  name: "quiz",
  ko: "퀴즈",
  about: { en: "One question, asked again before you would forget", ko: "문제 하나. 잊을 때쯤 다시 물어봐요" },
  options: {
    topic: {
      kind: "choice",
      ko: "주제",
      about: { en: "about what; what is due when left out", ko: "무엇에 대해. 비우면 복습할 때가 된 것" },
      among: async () => cardTopics.map((value) => ({ value, label: topicNames[value], ko: topicNames[value].ko })),
    },
    seed: seedOption,
    question: {
      kind: "text",
      ko: "문제",
      about: { en: "which question is answered; the buttons say it", ko: "답하는 문제. 버튼이 알아서 채워요" },
    },
    answer: {
      kind: "number",
      ko: "답",
      about: { en: "1 for A, 2 for B …", ko: "A는 1, B는 2 …" },
      min: 1,
      max: 4,
      whole: true,
    },
    image: { kind: "image", ko: "사진", about: { en: "the picture that is asked about", ko: "문제에 나오는 사진" } },
    second: { kind: "image", ko: "사진2", about: { en: "the second one", ko: "두 번째 사진" } },
  },
  data: z.union([Graded, Asked]),
  run: async (context, { topic: named, seed, question: key, answer, image, second }) => {
    const topic = Topic.optional().parse(named) ?? (await nextTopic(context));
    if (answer !== undefined) {
      const question = await findQuestion(topic, key ?? "card", context);
      if (!question || answer > question.answers.length) throw new UserError("quiz_gone", {});
      return question.lambdas
        ? drawn(question, context, { seed, isSolved: true, image, second })
        : grade(context, question, { seed, answer });
    }
    const known = await questionsAbout(topic, context);
    const [card, ...own] = known;
    const rng = seeded(seed);
    // What the group made itself is asked about every second time where there is any.
    const question = own.length > 0 && rng() < 0.5 ? pick(rng, own) : card;
    if (!question) throw new Error(`Expected a question about ${topic}`);
    if (!question.lambdas) return ask(context, question, { seed, ...(question.image && { images: [question.image] }) });
    const [first, other] = await ownPictures(context, 2);
    return drawn(question, context, { seed, image: first, second: other });
  },
  answer: async (context, { seed, answer }, { output: { picture, image, second } }) => {
    const question = await findQuestion("cutmix", "lambda", context);
    if (!question) throw new Error("Expected the question about λ");
    if (answer !== undefined) return grade(context, question, { seed, answer, picture });
    return ask(context, question, { seed, picture, images: [image, second].filter((it) => it !== undefined) });
  },
});
