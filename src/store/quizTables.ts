import { boolean, index, jsonb, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { CardTopic } from "../cardTopics.ts";
import type { Memory } from "../spacing.ts";
import { at, groupId, peerlab } from "./columns.ts";

/** How well each person remembers each topic, in each group by itself. */
export const quizMemories = peerlab.table(
  "quiz_memories",
  {
    ...{ groupId: groupId(), userId: text().notNull(), topic: text().$type<CardTopic>().notNull() },
    memory: jsonb().$type<Memory>().notNull(),
    due: timestamp({ withTimezone: true }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.groupId, it.userId, it.topic] }), index("quiz_memories_by_user").on(it.userId)],
);

/** Every answer to a question of the quiz, by the request that gave it. */
export const quizAnswers = peerlab.table(
  "quiz_answers",
  {
    /** The request's id, so that no answer counts twice. */
    id: text().primaryKey(),
    ...{ groupId: groupId(), userId: text().notNull(), topic: text().$type<CardTopic>().notNull() },
    /** Which question it was: see `commands/parts/quizQuestions.ts`. */
    question: text().notNull(),
    isRight: boolean().notNull(),
    at: at(),
  },
  (it) => [index("quiz_answers_by_user").on(it.userId, it.groupId, it.at)],
);
