import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adapters } from "../../src/chat/adapters.ts";
import type { AdapterName } from "../../src/place.ts";
import { type ExamBot, openExamBot } from "../helpers/adapters/bot.ts";
import type { AdapterDriver } from "../helpers/adapters/driver.ts";
import { drivers } from "../helpers/adapters/drivers.ts";
import { type Examined, type ExamQuestion, exam } from "../helpers/adapters/exam.ts";

/** What was passed, as "adapter: question". */
const passed = new Set<string>();
const questions = Object.entries(exam) as [ExamQuestion, (examined: Examined) => Promise<void>][];

describe.each(Object.keys(adapters) as AdapterName[])("the %s", (adapter) => {
  const driver = drivers[adapter];
  let platform: Awaited<ReturnType<NonNullable<AdapterDriver["open"]>>> | undefined;
  let bot: ExamBot;
  let examined: Examined;
  const join = async () => ({
    mina: await driver.join(bot, "Mina", "en"),
    jun: await driver.join(bot, "Jun", "en"),
    sora: await driver.join(bot, "Sora", "ko"),
  });
  const leave = () => Promise.all([examined.mina, examined.jun, examined.sora].map((peer) => peer.leave()));
  beforeAll(async () => {
    platform = await driver.open?.();
    bot = await openExamBot(undefined, platform?.environment);
    const restart = async () => {
      await leave();
      await bot.close();
      bot = await openExamBot(bot.home, platform?.environment);
      Object.assign(examined, { bot, ...(await join()) });
    };
    examined = { adapter, place: driver.place, bot, ...(await join()), restart };
  });
  afterAll(async () => {
    await leave();
    await bot.close();
    await platform?.close();
    await rm(bot.home, { recursive: true, force: true });
  });

  const asked = questions.filter(([question]) => driver.skips[question] === undefined);
  it.each(asked)("%s", { timeout: 60_000 }, async (question, answer) => {
    await answer(examined);
    passed.add(`${adapter}: ${question}`);
  });
  it("is excused from nothing but questions of the exam, each for a reason that is said", () => {
    for (const [question, why] of Object.entries(driver.skips)) {
      expect(questions.map(([known]) => known)).toContain(question);
      expect(why.length).toBeGreaterThan(20);
    }
  });
});

afterAll(() => {
  const names = Object.keys(adapters) as AdapterName[];
  const resultOf = (adapter: AdapterName, question: ExamQuestion) =>
    drivers[adapter].skips[question] ?? (passed.has(`${adapter}: ${question}`) ? "passed" : "not passed");
  const rows = questions.map(([question]) => [question, ...names.map((adapter) => resultOf(adapter, question))]);
  console.log([["question", ...names], ...rows].map((row) => row.join(" | ")).join("\n"));
});
