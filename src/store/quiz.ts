import { and, asc, eq, lte } from "drizzle-orm";
import { afterAnswer, type Memory } from "../spacing.ts";
import type { Database } from "./database.ts";
import { quizAnswers, quizMemories } from "./schema.ts";

/** Whose memory it is: one person's in one group. */
interface Learner {
  groupId: string;
  userId: string;
}

const memoriesOf = ({ groupId, userId }: Learner) => and(eq(quizMemories.groupId, groupId), eq(quizMemories.userId, userId));

/** What people remember of the cards, and what they answered. */
export const quizIn = (database: Database) => ({
  /** What a person has been asked about, what is due first first. */
  memories: (learner: Learner): Promise<(typeof quizMemories.$inferSelect)[]> =>
    database.select().from(quizMemories).where(memoriesOf(learner)).orderBy(asc(quizMemories.due), asc(quizMemories.topic)),
  /** A person's answers, oldest first. */
  answers: ({ groupId, userId }: Learner): Promise<(typeof quizAnswers.$inferSelect)[]> =>
    database
      .select()
      .from(quizAnswers)
      .where(and(eq(quizAnswers.groupId, groupId), eq(quizAnswers.userId, userId)))
      .orderBy(asc(quizAnswers.at), asc(quizAnswers.id)),
  /** Whether anybody of a group should be asked about something by then. */
  isDue: async (groupId: string, at: Date): Promise<boolean> =>
    (
      await database
        .select({ topic: quizMemories.topic })
        .from(quizMemories)
        .where(and(eq(quizMemories.groupId, groupId), lte(quizMemories.due, at)))
        .limit(1)
    ).length > 0,
  /** Keeps an answer and what is remembered after it. The same request again changes nothing. Returns the memory. */
  answer: (answer: Omit<typeof quizAnswers.$inferInsert, "at"> & { at: Date }): Promise<Memory> =>
    database.transaction(async (tx) => {
      const added = await tx.insert(quizAnswers).values(answer).onConflictDoNothing().returning({ id: quizAnswers.id });
      const { groupId, userId, topic, isRight, at } = answer;
      const which = and(memoriesOf(answer), eq(quizMemories.topic, topic));
      const [row] = await tx.select().from(quizMemories).where(which).for("update");
      if (row && added.length === 0) return row.memory;
      const memory = afterAnswer(row?.memory, isRight, at);
      const due = new Date(memory.due);
      await tx
        .insert(quizMemories)
        .values({ groupId, userId, topic, memory, due })
        .onConflictDoUpdate({
          target: [quizMemories.groupId, quizMemories.userId, quizMemories.topic],
          set: { memory, due },
        });
      return memory;
    }),
});
