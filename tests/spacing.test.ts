import { expect, it } from "vitest";
import { afterAnswer, type Memory, recallOf } from "../src/spacing.ts";

const start = new Date("2022-12-29T12:30:00Z");
const [RIGHT, WRONG] = [true, false];
const later = (at: Date, days: number) => new Date(at.getTime() + days * 86400e3);

it("asks again after as many days as ts-fsrs' own test of FSRS-6 has, always when it is due", () => {
  const answers = [...Array(6).fill(RIGHT), WRONG, WRONG, ...Array(5).fill(RIGHT)];
  let [memory, now]: [Memory | undefined, Date] = [undefined, start];
  const days = answers.map((isRight) => {
    memory = afterAnswer(memory, isRight, now);
    now = new Date(memory.due);
    return memory.scheduled_days;
  });
  expect(days).toEqual([0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]);
});

it("has stability and difficulty of ts-fsrs' and fsrs-rs' test after a month", () => {
  // One wrong answer, then right ones after 0, 1, 3, 8 and 21 days: the inference test of fsrs-rs.
  let [memory, now]: [Memory | undefined, Date] = [undefined, start];
  for (const [isRight, days] of [
    [WRONG, 0],
    [RIGHT, 0],
    [RIGHT, 1],
    [RIGHT, 3],
    [RIGHT, 8],
    [RIGHT, 21],
  ] as const) {
    now = later(now, days);
    memory = afterAnswer(memory, isRight, now);
  }
  expect(memory?.stability).toBeCloseTo(53.62691, 4);
  expect(memory?.difficulty).toBeCloseTo(6.3574867, 4);
});

it("is what it was after a way through JSON, as the database keeps it", () => {
  const memory = afterAnswer(afterAnswer(undefined, RIGHT, start), RIGHT, later(start, 1));
  const kept = JSON.parse(JSON.stringify(memory)) as Memory;
  expect(afterAnswer(kept, WRONG, later(start, 9))).toEqual(afterAnswer(memory, WRONG, later(start, 9)));
});

it("remembers with a probability of 0.9 after as many days as its stability, and less later", () => {
  const memory = afterAnswer(afterAnswer(undefined, RIGHT, start), RIGHT, later(start, 10 / 1440));
  const learned = new Date(memory.last_review ?? 0);
  expect(recallOf(memory, learned)).toBeCloseTo(1, 5);
  const days = Math.round(memory.stability);
  expect(recallOf(memory, later(learned, days))).toBeCloseTo(0.9, 1);
  expect(recallOf(memory, later(learned, 30))).toBeLessThan(recallOf(memory, later(learned, days)));
});
