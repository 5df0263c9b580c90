import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { learningCard, shortTitle } from "../../commands/parts/learningCards.ts";
import { streakOf } from "../../commands/parts/streak.ts";
import { type CardTopic, cardTopics } from "../../src/cardTopics.ts";
import type { Place } from "../../src/place.ts";
import type { Args, Reply } from "../../src/reply.ts";
import { columnsOf } from "../../src/store/requests.ts";
import { placesOf, type Table, tableLines } from "../../src/table.ts";
import { type Language, languages } from "../../src/text.ts";
import { mina } from "../helpers/bot.ts";
import { general, mistakeIn, openRunBot, type RunBot, reportOf, type Saying } from "../helpers/runs.ts";

const DAY = 86400e3;
const minho = { id: "minho", name: "Minho" };
const elsewhere: Place = { adapter: "web", group: "another", channel: "general" };

let bot: RunBot;
beforeAll(async () => {
  bot = await openRunBot();
});
afterAll(() => bot.close());
beforeEach(() => bot.store.erasure.removePerson(mina.id));

interface Asked {
  topic: string;
  question: string;
  text: string;
  answers: string[];
  seed: number;
}
const typed = ({ topic, question, seed }: Asked, answer: number) =>
  `/quiz ${topic} seed:${seed} question:${question} answer:${answer}`;
const ask = async (input = "/quiz", saying: Saying = {}) => {
  const reply = await bot.ask(input, saying);
  return { reply, data: reply.data as Asked };
};
const answerOf = async (asked: Asked, right: boolean, saying: Saying = {}) => {
  const place = asked.answers.indexOf(learningCard(asked.topic as never, saying.lang ?? "en").right) + 1;
  const chosen = right ? place : (place % asked.answers.length) + 1;
  return bot.ask(typed(asked, chosen), saying);
};

describe("/quiz", () => {
  it.each(
    languages,
  )("asks a question with a button for each answer, which only the asker may press, in place (%s)", async (lang) => {
    const { reply, data } = await ask("/quiz senet seed:3", { lang });
    const card = learningCard("senet", lang);
    expect([...data.answers].sort()).toEqual([card.right, ...card.wrong].sort());
    expect(reply.text).toContain(card.question);
    for (const it of data.answers) expect(reply.text).toContain(it);
    expect(reply.text).toContain("3");
    expect(reply.buttons?.map((it) => it.label)).toEqual(["A", "B", "C", "D"]);
    for (const it of reply.buttons ?? []) expect(it).toMatchObject({ command: "quiz", inPlace: true, owner: mina.id });
    expect((reply.buttons?.[2]?.args as Args)["answer"]).toBe(3);
  });

  it("shows the answers in an order that only the seed decides, not always the right one first", async () => {
    const orders = await Promise.all([1, 1, 2, 3, 4, 5].map(async (seed) => (await ask(`/quiz bias seed:${seed}`)).data.answers));
    expect(orders[0]).toEqual(orders[1]);
    const { right } = learningCard("bias", "en");
    expect(new Set(orders.map((it) => it.indexOf(right))).size).toBeGreaterThan(1);
  });

  it.each(languages)("says whether an answer is right, why, when it asks again, and names the card (%s)", async (lang) => {
    const { data } = await ask("/quiz vgg seed:5", { lang });
    const card = learningCard("vgg", lang);
    const wrong = await answerOf(data, false, { lang });
    expect(wrong.data).toMatchObject({ isRight: false });
    expect(wrong.text).toContain("❌");
    for (const it of [card.right, card.why]) expect(wrong.text).toContain(it);
    expect(wrong.buttons?.[0]).toMatchObject({ command: "explain-topic", args: { topic: "vgg" } });
    const right = await answerOf(data, true, { lang });
    expect(right.data).toMatchObject({ isRight: true });
    expect(right.text).toContain("✅");
  });

  it("goes through the course, and comes back to what is due", async () => {
    const first = (await ask()).data;
    expect(first.topic).toBe(cardTopics[0]);
    await answerOf(first, false);
    expect((await ask()).data.topic).toBe(cardTopics[1]);
    const long = {
      id: randomUUID(),
      groupId: "local",
      userId: mina.id,
      topic: "resnet",
      question: "card",
      isRight: false,
    } as const;
    await bot.store.quiz.answer({ ...long, at: new Date(Date.now() - DAY) });
    expect((await ask()).data.topic).toBe("resnet");
  });

  it("counts an answer once, however often its request is answered", async () => {
    const once = { id: randomUUID(), groupId: "local", userId: mina.id, topic: "vgg", question: "card", isRight: true } as const;
    const at = new Date();
    const memory = await bot.store.quiz.answer({ ...once, at });
    expect(await bot.store.quiz.answer({ ...once, at })).toEqual(memory);
    expect(memory.reps).toBe(1);
    expect(await bot.store.quiz.answers({ groupId: "local", userId: mina.id })).toHaveLength(1);
  });

  it("keeps the days of ts-fsrs' own test over a month of right answers, each when it is due", async () => {
    let at = new Date("2026-10-01T12:00:00Z");
    const end = new Date(at.getTime() + 30 * DAY);
    const days: number[] = [];
    while (at < end) {
      const given = { groupId: "local", userId: mina.id, topic: "vgg", question: "card", isRight: true } as const;
      const { due, scheduled_days } = await bot.store.quiz.answer({ ...given, id: randomUUID(), at });
      days.push(scheduled_days);
      at = new Date(due);
    }
    expect(days).toEqual([0, 2, 11, 46]);
  });

  it("asks about a distillation of the group's, and grades it by its report", async () => {
    const spec = {
      kind: "distill",
      data: "shapes",
      preset: "taste",
      seed: 1,
      seeds: 1,
      teacher: "resnet20.shapes",
      student: "resnet8",
      method: "kd",
      labels: "all",
      temperature: 4,
      soft: 0.9,
      hard: 0.1,
    } as const;
    const report = reportOf(spec as never, [0.81]);
    const arms = { main: { mean: 0.81, std: 0, n: 1 }, alone: { mean: 0.74, std: 0, n: 1 } };
    const id = randomUUID();
    const row = { id, groupId: "local", channel: "general", isPrivate: false, userId: minho.id, userName: minho.name };
    await bot.store.runs.begin(row as never, { spec, data: { kind: "published", name: "shapes" } } as never);
    await bot.store.runs.finish(id, { ...report, summary: arms, main: "main", control: "alone" } as never);
    const asked = await Promise.all([1, 2, 3, 4, 5, 6].map(async (seed) => (await ask(`/quiz distillation seed:${seed}`)).data));
    const own = asked.find((it) => it.question === `run:${id}`);
    if (!own) throw new Error("Six seeds never asked about the run");
    expect([...own.answers].sort()).toEqual(["the one with 74.0 %", "the one with 81.0 %"]);
    const taught = own.answers.indexOf("the one with 81.0 %") + 1;
    expect((await bot.ask(typed(own, taught))).data).toMatchObject({ isRight: true });
    expect((await bot.ask(typed(own, 3 - taught))).data).toMatchObject({ isRight: false });
    const others = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((seed) => ask(`/quiz distillation seed:${seed}`, { place: elsewhere })),
    );
    expect(others.every((it) => it.data.question === "card")).toBe(true);
    expect(await mistakeIn(bot.ask(typed(own, 1), { place: elsewhere }))).toEqual({ code: "quiz_gone", facts: {} });
  });

  it("asks what a network said of a picture in this channel, with its classes as the asker calls them", async () => {
    const place: Place = { ...general, group: "classifiers" };
    const id = randomUUID();
    const { user, now } = { user: minho, now: new Date() };
    const asked = {
      id,
      ...columnsOf(place),
      userId: user.id,
      userName: user.name,
      lang: "en",
      ephemeral: false,
      asked: now,
    } as const;
    const image = { blob: "a".repeat(64), name: "cat.jpg", type: "image/jpeg", bytes: 9, alt: "a picture" };
    await bot.store.requests.add({ ...asked, seed: 1, command: "classify", args: { image }, status: "waiting" });
    const top = [
      { index: 3, label: "cat", probability: 0.6 },
      { index: 5, label: "dog", probability: 0.3 },
      { index: 8, label: "ship", probability: 0.1 },
    ];
    await bot.store.requests.finish(id, "done", { text: "", data: { model: "resnet20.cifar10", top } });
    const said = async (lang: Language) => {
      const seeds = [1, 2, 3, 4, 5, 6].map((seed) => ask(`/quiz resnet seed:${seed}`, { lang, place }));
      return (await Promise.all(seeds)).find(({ data }) => data.question === `said:${id}`) ?? expect.fail("never asked");
    };
    const { reply, data } = await said("ko");
    expect([...data.answers].sort()).toEqual(["개", "고양이", "배"]);
    expect(reply.text).not.toMatch(/cat|dog|ship/);
    expect([...(await said("en")).data.answers].sort()).toEqual(["cat", "dog", "ship"]);
    const graded = await bot.ask(typed(data, data.answers.indexOf("고양이") + 1), { lang: "ko", place });
    expect(graded.data).toMatchObject({ isRight: true });
    expect(graded.text).toContain('"고양이"일 확률을 60.0 %로');
    expect(graded.pictures).toHaveLength(1);
  });

  it("draws CutMix with four shares and asks which is 0.7", async () => {
    let found: { reply: Reply; data: Asked } | undefined;
    for (let seed = 1; !found && seed < 9; seed++) {
      const it = await ask(`/quiz cutmix seed:${seed}`);
      if (it.data.question === "lambda") found = it;
    }
    expect(found?.reply.pictures).toHaveLength(1);
    expect(found?.reply.buttons?.map((it) => it.label)).toEqual(["A", "B", "C", "D"]);
    const asked = found?.data as Asked;
    const graded = await Promise.all([1, 2, 3, 4].map((answer) => bot.ask(typed(asked, answer))));
    expect(graded.filter((it) => (it.data as { isRight: boolean }).isRight)).toHaveLength(1);
    // The pictures stay, and say now which λ each has.
    for (const it of graded) expect(it.pictures).toHaveLength(1);
    expect(graded[0]?.pictures?.[0]?.blob).not.toBe(found?.reply.pictures?.[0]?.blob);
  });

  it("is what somebody reviewed that day, by its topics; whether they knew it is not told", async () => {
    const place: Place = { ...general, group: "reviewers" };
    const reviewed = async () =>
      ((await bot.ask("/log", { place })).data as { reviewed: { who: string; text: string }[] }).reviewed;
    const { data } = await ask("/quiz vgg", { place });
    expect(await reviewed()).toEqual([]);
    await answerOf(data, false, { place });
    await answerOf((await ask("/quiz senet", { place })).data, true, { place });
    expect(await reviewed()).toMatchObject([{ who: "Mina", text: "/quiz ×2 · VGG, SENet" }]);
  });
});

describe("/progress", () => {
  const given = async (topic: string, daysAgo: number, isRight: boolean, groupId = "local") =>
    bot.store.quiz.answer({
      ...{ id: randomUUID(), groupId, userId: mina.id, topic: topic as never, question: "card", isRight },
      at: new Date(Date.now() - daysAgo * DAY),
    });

  it.each(languages)("says what is due, how much was known and how many days in a row (%s)", async (lang) => {
    await given("bias", 3, true);
    await given("bias", 2, true);
    await given("bias", 1, false);
    await given("vgg", 0, true);
    const { data, table, text } = await bot.ask("/progress", { lang });
    expect(data).toMatchObject({ topics: 28, known: 2, due: 1, answers: 4, retention: 0.5, streak: 4 });
    expect(table?.rows).toHaveLength(2);
    expect(table?.rows[0]?.[0]).toBe(learningCard("bias", lang).title);
    expect(text).toContain("50");
  });

  it.each(languages)("fits a phone: no line of its table is broken, and no two cards look alike (%s)", async (lang) => {
    const titles = cardTopics.map((topic) => shortTitle(topic, lang));
    expect(new Set(titles).size).toBe(cardTopics.length);
    expect(titles.filter((it) => placesOf(it) > 20)).toEqual([]);
    const group = `phone-${lang}`;
    const widthOf = (topic: CardTopic) => placesOf(shortTitle(topic, lang));
    const longest = [...cardTopics].sort((a, b) => widthOf(b) - widthOf(a)).slice(0, 8);
    for (const topic of longest) await given(topic, 20, true, group);
    const { table } = await bot.ask("/progress", { lang, place: { ...general, group } });
    const lines = tableLines(table as Table);
    expect(lines).toHaveLength(9);
    for (const line of lines) expect(placesOf(line), line).toBeLessThanOrEqual(36);
  });

  it("is a person's own in each group, and gone when they are forgotten", async () => {
    await given("bias", 1, true);
    await given("vgg", 1, true, "another");
    expect((await bot.ask("/progress")).data).toMatchObject({ known: 1, cards: [{ topic: "bias" }] });
    expect((await bot.ask("/progress", { place: elsewhere })).data).toMatchObject({ known: 1, cards: [{ topic: "vgg" }] });
    expect((await bot.ask("/progress", { user: minho, place: elsewhere })).data).toMatchObject({ known: 0, retention: null });
    await bot.store.erasure.removePerson(mina.id);
    for (const place of [general, elsewhere])
      expect((await bot.ask("/progress", { place })).data).toMatchObject({ known: 0, answers: 0, streak: 0 });
  });
});

describe("days in a row", () => {
  const zone = "America/New_York";
  const at = (time: string) => new Date(time);

  it("are days of the group's clock, over a clock change too", () => {
    // Clocks went back on 1 November 2026, so that day had 25 hours.
    const times = ["2026-10-31T16:00:00Z", "2026-11-01T16:00:00Z", "2026-11-02T16:00:00Z"].map(at);
    expect(streakOf(times, at("2026-11-03T01:00:00Z"), zone)).toBe(3);
  });

  it("count until yesterday while today is not over, and not over a gap", () => {
    expect(streakOf([at("2026-06-01T12:00:00Z")], at("2026-06-02T12:00:00Z"), zone)).toBe(1);
    expect(streakOf([at("2026-06-01T12:00:00Z")], at("2026-06-03T12:00:00Z"), zone)).toBe(0);
    expect(streakOf([], at("2026-06-03T12:00:00Z"), zone)).toBe(0);
  });
});
