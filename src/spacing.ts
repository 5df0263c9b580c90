import { createEmptyCard, fsrs, Rating, State } from "ts-fsrs";
import { z } from "zod";

/** How well somebody remembers something, as it is kept: FSRS' difficulty and stability, and when it is due. Times are ISO strings. */
export const Memory = z.object({
  due: z.iso.datetime(),
  stability: z.number().describe("days after which it is remembered with a probability of 0.9"),
  difficulty: z.number().describe("1 to 10"),
  elapsed_days: z.number(),
  scheduled_days: z.number(),
  learning_steps: z.int(),
  reps: z.int(),
  lapses: z.int(),
  state: z.enum(State),
  last_review: z.iso.datetime().nullable().describe("null before the first answer"),
});
export type Memory = z.infer<typeof Memory>;

/** FSRS-6 with its default weights and a wanted retention of 0.9. Without fuzz, so the same answers give the same days. */
const scheduler = fsrs({ enable_fuzz: false });

/** What is remembered after an answer: a right one counts as "good", a wrong one as "again". */
export const afterAnswer = (before: Memory | undefined, isRight: boolean, now: Date): Memory => {
  const { card } = scheduler.next(before ?? createEmptyCard(now), now, isRight ? Rating.Good : Rating.Again);
  const { due, last_review, ...rest } = card;
  return Memory.parse({ ...rest, due: due.toISOString(), last_review: last_review?.toISOString() ?? null });
};

/** How probable it is that it is remembered now, 0 to 1. */
export const recallOf = (memory: Memory, now: Date): number => scheduler.get_retrievability(memory, now, false);
