import { z } from "zod";
import { cardTopics } from "../src/cardTopics.ts";
import { command } from "../src/chat/command.ts";
import { percent } from "../src/numbers.ts";
import { zoneOf } from "../src/settings.ts";
import { recallOf } from "../src/spacing.ts";
import { tableIn } from "../src/table.ts";
import { dueWords } from "./parts/dueWords.ts";
import { shortTitle } from "./parts/learningCards.ts";
import { streakOf } from "./parts/streak.ts";

/** Topics that are listed, what is due first first. */
const SHOWN = 8;
const DAY = 86400e3;
/** Answers of so many days count for retention. */
const RETENTION_DAYS = 30;

/** What a person remembers of the cards in this group: what is due, how much they knew, how many days in a row. */
export const progress = command({
  name: "progress",
  ko: "학습현황",
  about: { en: "Your cards: due, remembered, days in a row", ko: "내 카드: 복습할 것, 기억하는 정도, 연속 학습일" },
  options: {},
  ephemeral: true,
  data: z.object({
    topics: z.int().describe("of the course"),
    known: z.int().describe("that were asked about at least once"),
    due: z.int().describe("that should be asked about now"),
    answers: z.int().describe("in all"),
    retention: z
      .number()
      .nullable()
      .describe("share of right answers to what had been asked before, in 30 days; null without any"),
    streak: z.int().describe("days in a row with an answer, up to today or yesterday, by the group's clock"),
    cards: z
      .array(
        z.object({
          topic: z.enum(cardTopics),
          due: z.iso.datetime(),
          recall: z.number().describe("how probable it is that it is remembered now"),
        }),
      )
      .describe("what is due first first"),
  }),
  run: async ({ store, place, user, now, lang }) => {
    const learner = { groupId: place.group, userId: user.id };
    const [memories, answers, settings] = await Promise.all([
      store.quiz.memories(learner),
      store.quiz.answers(learner),
      store.groups.settings(place.group),
    ]);
    const due = memories.filter((it) => it.due <= now).length;
    const reviews = answers.filter(({ topic }, i) => answers.findIndex((it) => it.topic === topic) < i);
    const recent = reviews.filter(({ at }) => at.getTime() > now.getTime() - RETENTION_DAYS * DAY);
    const retention = recent.length > 0 ? recent.filter((it) => it.isRight).length / recent.length : null;
    const days = answers.map(({ at }) => at);
    const streak = streakOf(days, now, zoneOf(settings));
    const cards = memories.map(({ topic, memory, due: at }) => ({
      topic,
      due: at.toISOString(),
      recall: recallOf(memory, now),
    }));
    const text =
      memories.length === 0
        ? {
            en: "You have not answered a question here yet. `/quiz` asks the first one.",
            ko: "아직 여기서 답한 문제가 없어요. `/퀴즈`로 시작해 보세요.",
          }
        : {
            en: `**${due} due** · ${memories.length} of ${cardTopics.length} topics begun · retention ${retention === null ? "–" : percent(retention)} · ${streak} ${streak === 1 ? "day" : "days"} in a row`,
            ko: `**복습할 것 ${due}개** · 주제 ${cardTopics.length}개 중 ${memories.length}개 시작 · 정답률 ${retention === null ? "–" : percent(retention)} · ${streak}일 연속`,
          };
    const columns = [
      { en: "Card", ko: "카드" },
      { en: "Due", ko: "복습" },
      { en: "Recall", ko: "기억", right: true },
    ] as const;
    // 36 letters of one width at most: a phone breaks longer lines of a table.
    const rows = cards
      .slice(0, SHOWN)
      .map((it) => [
        shortTitle(it.topic, lang),
        dueWords(new Date(it.due), now, { isShort: true })[lang],
        `${Math.round(100 * it.recall)} %`,
      ]);
    return {
      text: text[lang],
      ...(rows.length > 0 && { table: tableIn(lang, columns, rows) }),
      buttons: [{ label: { en: "Quiz", ko: "퀴즈" }[lang], command: "quiz", args: {} }],
      data: {
        ...{ topics: cardTopics.length, known: memories.length, due, answers: answers.length, retention, streak, cards },
      },
    };
  },
});
