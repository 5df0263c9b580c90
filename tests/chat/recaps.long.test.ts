import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Place } from "../../src/place.ts";
import { plainText } from "../../src/richText.ts";
import { openRecapBot, type RecapBot } from "../helpers/recaps.ts";
import { mistakeIn } from "../helpers/runs.ts";

const mina = { id: "mina", name: "Mina" };
const ada = { id: "ada", name: "Ada" };
const leo = { id: "leo", name: "Leo" };
const jun = { id: "jun", name: "*Jun* `x`" };

let bot: RecapBot;
let channel = 0;
let place: Place;
beforeAll(async () => {
  bot = await openRecapBot("2026-11-02T00:00:00Z");
});
afterAll(() => bot.close());
beforeEach(async () => {
  // A group of its own each, and no schedules of those before.
  for (const { id } of await bot.store.schedules.list()) await bot.store.schedules.remove(id);
  place = { adapter: "web", group: `group-${++channel}`, channel: "general" };
  Object.assign(bot.platform, { refuses: false });
  bot.sent.length = 0;
  bot.again.length = 0;
  bot.jobs.length = 0;
});

const say = (input: string, user = mina) => bot.say(input, { place, user });
/** The posts that arrived: each with its words and its picture. */
const told = () =>
  bot.sent
    .filter((it) => !it.request)
    .map(({ id, reply }) => ({ id, text: plainText(reply.text), pictures: reply.pictures?.length ?? 0 }));
const evening = async (time: string) => {
  bot.at(time);
  await bot.ring();
  await bot.ring();
  await bot.work();
  await bot.ring();
};

it("tells each day once, by its zone's clock over both of New York's changes, whatever our own clock does", async () => {
  bot.at("2026-03-06T12:00:00Z");
  const scheduled = await say("/recap schedule at:21:00 tz:America/New_York");
  expect(scheduled.data).toMatchObject({ next: "2026-03-07T02:00:00.000Z", at: "21:00", days: [0, 1, 2, 3, 4, 5, 6] });
  expect(bot.alarms()).toMatchObject([{ recurrence: { at: "21:00", timeZone: "America/New_York" } }]);
  await say("/note review one");
  await evening("2026-03-07T01:59:00Z");
  expect(told()).toEqual([]);
  await evening("2026-03-07T02:00:00Z");
  expect(told()).toMatchObject([{ pictures: 1 }]);
  expect(told()[0]?.text).toContain("Fri, 6 Mar 2026");
  await evening("2026-03-08T02:00:00Z");
  await evening("2026-03-09T01:00:00Z"); // an hour earlier: summer time
  expect(told()).toHaveLength(3);
  await evening("2026-03-07T02:00:00Z"); // the clock jumps back
  await evening("2026-03-09T23:00:00Z");
  expect(told()).toHaveLength(3);
  await say("/note review two");
  await evening("2026-03-13T03:00:00Z"); // four days on: a computer that slept
  expect(told()).toHaveLength(4);
  expect(told()[3]?.text).toContain("two");
  await evening("2026-11-01T01:00:00Z");
  await evening("2026-11-02T01:59:00Z");
  expect(told()).toHaveLength(5);
  await evening("2026-11-02T02:00:00Z"); // an hour later again
  expect(told()).toHaveLength(6);
});

it("two schedules of a channel do not get in each other's way, and silent ones say nothing of empty days", async () => {
  bot.at("2026-11-23T00:00:00Z");
  await say("/recap schedule daily at:21:00 tz:Asia/Seoul");
  await say("/recap schedule weekly at:21:00 days:tue tz:Asia/Seoul empty:silent");
  await say("/recap schedule daily at:9 days:weekends tz:Europe/Berlin empty:silent");
  expect((await say("/recap list")).data).toMatchObject({
    schedules: [{ days: [0, 1, 2, 3, 4, 5, 6] }, { days: [2] }, { days: [0, 6], at: "09:00" }],
  });
  await evening("2026-11-23T12:00:00Z");
  expect(told()).toMatchObject([{ pictures: 0 }]);
  expect(told()[0]?.text).toContain("nothing was tried or noted");
  await evening("2026-11-24T12:00:00Z");
  expect(told()).toHaveLength(2);
  await say("/note retro done");
  await evening("2026-11-28T08:00:00Z");
  await evening("2026-12-01T12:00:00Z");
  const texts = told().map((it) => it.text.split("\n")[0]);
  // Two of the daily ones caught up over several days, and the week's is one of its nature.
  expect(texts.filter((it) => it?.includes("–"))).toHaveLength(3);
  expect(new Set(told().map((it) => it.id)).size).toBe(told().length);
  expect((await say("/recap off")).data).toMatchObject({ ended: [{}, {}, {}].map(() => expect.any(String)) });
  expect(bot.alarms()).toEqual([]);
});

it("a quiz is scheduled as a recap is: beside one at the same time, once a day, and silent ones only when somebody has something due", async () => {
  bot.at("2026-11-23T00:00:00Z");
  const scheduled = await say("/recap schedule post:quiz at:21:00 tz:Asia/Seoul");
  expect(scheduled).toMatchObject({ text: expect.stringContaining("A quiz is posted"), data: { form: "quiz", at: "21:00" } });
  await say("/요약 예약 내용:퀴즈 시각:22 시간대:Asia/Seoul 빈날:silent");
  await say("/recap schedule at:21:00 tz:Asia/Seoul");
  const listed = await say("/recap list");
  expect(listed.data).toMatchObject({ schedules: [{ form: "quiz" }, { form: "quiz", empty: "silent" }, { form: "recap" }] });
  expect(listed.table?.rows.map((it) => it[1])).toEqual(["quiz", "quiz", "recap"]);

  await evening("2026-11-23T13:00:00Z");
  expect(told().map(({ text }) => text.includes("Quiz time"))).toEqual([true, false]);
  const invitation = bot.sent.find((it) => it.reply.text.includes("Quiz time"));
  expect(invitation?.reply.buttons).toMatchObject([{ command: "quiz" }, { command: "progress" }]);
  for (const it of invitation?.reply.buttons ?? []) expect([it.owner, it.inPlace]).toEqual([undefined, undefined]);

  // Ada learned something here long ago, and Leo somewhere else: only what is due in this group counts.
  const given = { topic: "vgg", question: "card", isRight: false, at: new Date("2026-11-20T00:00:00Z") } as const;
  await bot.store.quiz.answer({ ...given, id: `${place.group}-leo`, groupId: "elsewhere", userId: leo.id });
  await evening("2026-11-24T13:00:00Z");
  expect(told().filter(({ text }) => text.includes("Quiz time"))).toHaveLength(2);
  await bot.store.quiz.answer({ ...given, id: `${place.group}-ada`, groupId: place.group, userId: ada.id });
  await evening("2026-11-25T13:00:00Z");
  const quizzes = told().filter(({ text }) => text.includes("Quiz time"));
  expect(quizzes).toHaveLength(4);
  expect(quizzes.at(-1)?.text).not.toContain("Ada");
  expect((await say("/quiz", ada)).data).toMatchObject({ topic: "vgg" });
  expect((await say("/quiz", leo)).data).toMatchObject({ topic: "bias" });
  await say("/recap off");
  await evening("2026-11-26T13:00:00Z");
  expect(told().filter(({ text }) => text.includes("Quiz time"))).toHaveLength(4);
});

it("waits for the end of quiet hours", async () => {
  bot.at("2026-11-23T00:00:00Z");
  await bot.store.groups.set(place.group, { replies: "channel", quiet: { from: "20:30", to: "07:00" }, timeZone: "Asia/Seoul" });
  await say("/recap schedule");
  await say("/note peer late");
  bot.at("2026-11-23T12:00:30Z");
  await bot.ring();
  expect(bot.jobs).toEqual([]);
  expect(bot.again).toMatchObject([{ afterMs: 10 * 3600_000 - 30_000 }]);
  await evening("2026-11-23T22:00:00Z");
  expect(told()).toMatchObject([{ text: expect.stringContaining("Mon, 23 Nov 2026") }]);
});

it("pauses where the platform refuses it for good, says so, and goes on from when it is scheduled again", async () => {
  bot.at("2026-11-23T00:00:00Z");
  await say("/recap schedule tz:Asia/Seoul");
  bot.platform.refuses = true;
  await evening("2026-11-23T12:00:00Z");
  const { text, data } = await (async () => {
    for (;;) {
      const list = await say("/recap list");
      if ((list.data as { schedules: { paused: boolean }[] }).schedules[0]?.paused) return list;
    }
  })();
  expect([text, data]).toMatchObject([expect.stringContaining("paused"), { schedules: [{ next: null }] }]);
  bot.platform.refuses = false;
  await evening("2026-11-25T12:00:00Z");
  expect(told()).toEqual([]);
  bot.at("2026-11-25T13:00:00Z");
  await say("/recap schedule tz:Asia/Seoul");
  await evening("2026-11-25T14:00:00Z");
  expect(told()).toEqual([]);
  await evening("2026-11-26T12:00:00Z");
  expect(told()).toHaveLength(1);
});

it("a recap whose worker was down, or whose bot was restarted, is told once when it is drawn", async () => {
  bot.at("2026-11-23T00:00:00Z");
  await say("/recap schedule tz:Asia/Seoul");
  await say("/note review first");
  bot.at("2026-11-23T12:00:00Z");
  await bot.ring();
  const before = bot.jobs.splice(0);
  expect(before).toHaveLength(1);
  await bot.restart();
  expect(bot.jobs).toHaveLength(1);
  const after = bot.jobs.splice(0);
  bot.jobs.push(...after, ...before); // the one from before the restart comes late
  await bot.work();
  expect(told()).toMatchObject([{ pictures: 1 }]);
  await say("/note review second");
  bot.at("2026-11-24T12:00:00Z");
  await bot.ring();
  await bot.work(true);
  expect(told()).toMatchObject([{ pictures: 1 }, { pictures: 0, text: expect.stringContaining("second") }]);
});

it("leaves out who wants to be left out, also of what was told already, and whoever was forgotten", async () => {
  bot.at("2026-11-23T00:00:00Z");
  await say("/recap schedule tz:Asia/Seoul", ada);
  await say("/note review mine", ada);
  bot.at("2026-11-23T00:01:00Z");
  await say("/note review **theirs**", jun);
  await evening("2026-11-23T12:00:00Z");
  const [first] = told();
  expect(first?.text).toContain("*Jun* `x`: **theirs**");
  const shown = bot.sent.find((it) => it.id === first?.id)?.reply.pictures?.[0]?.blob;

  await say("/privacy statistics:off", jun);
  await bot.outbox.idle();
  const hidden = bot.sent.findLast((it) => it.id === first?.id);
  expect(hidden).toMatchObject({ id: first?.id, edits: first?.id, reply: { text: expect.stringContaining("made again") } });
  expect(hidden?.reply.pictures).toBeUndefined();
  expect(bot.removed).toContain(shown);
  await bot.work();
  expect(told().at(-1)).toMatchObject({ id: first?.id, pictures: 1 });
  expect(told().at(-1)?.text).not.toMatch(/Jun|theirs/);
  expect((await say("/log", ada)).data).toMatchObject({ reviewed: [{ who: "Ada" }] });
  expect((await say("/log", jun)).data).toMatchObject({ reviewed: [{ who: "Ada" }, { who: jun.name }] });

  await say("/note peer and I stay", ada);
  await bot.forget(ada.id);
  expect(await bot.store.recaps.about(ada.id)).toEqual([]);
  await bot.work();
  expect(told().at(-1)).toMatchObject({ id: first?.id, pictures: 0 });
  expect(told().at(-1)?.text).toContain("nothing was tried");
  expect((await bot.store.schedules.list(place)).map((it) => it.userName)).toEqual([""]);
});

it("shows a picture that somebody else worked with only while its sender wants that", async () => {
  bot.at("2026-11-23T00:00:00Z");
  await say("/recap schedule tz:Asia/Seoul");
  const photo = { blob: "e".repeat(64), name: "cat.png", type: "image/png", bytes: 4 };
  await bot.store.uploads.add(photo.blob, leo.id, 4, new Date(0));
  await bot.say("/note review look", { place, user: mina }, [photo]);
  bot.at("2026-11-23T12:00:00Z");
  await bot.ring();
  const collage = () => bot.jobs.map(({ job }) => (job.input as { collage: { blob: string; caption: string }[] }).collage);
  expect(collage()).toEqual([[{ blob: photo.blob, caption: "Mina" }]]);
  await bot.work();
  expect((await say("/log")).pictures).toMatchObject([{ blob: photo.blob }]);
  await say("/privacy statistics:off", leo);
  expect(collage()).toEqual([[]]);
  await bot.work();
  expect(told().at(-1)).toMatchObject({ pictures: 1, text: expect.stringContaining("look") });
  expect((await say("/log")).pictures).toBeUndefined();
});

it("is one message on every platform, however much there is to say", async () => {
  bot.at("2026-11-23T00:00:00Z");
  await say("/recap schedule tz:Asia/Seoul");
  for (const i of [1, 2, 3, 4, 5])
    for (const kind of ["review", "peer", "trouble", "retro"])
      await say(`/note ${kind} ${"가나다 long ".repeat(60)}`, { id: `long-${i}`, name: `Peer with a rather long name ${i}` });
  await evening("2026-11-23T12:00:00Z");
  const [recap] = bot.sent.filter((it) => !it.request);
  expect(recap?.reply.text).toContain("and 2 more");
  expect(recap?.reply.text.length).toBeLessThanOrEqual(2000);
  expect(recap?.reply.buttons?.every((it) => it.label.length <= 80)).toBe(true);
});

it("is posted in another channel that everybody of the group sees, listed and ended from anywhere, and nowhere else", async () => {
  bot.at("2026-11-23T00:00:00Z");
  const [lab, papers] = [
    { adapter: "discord", id: "200", name: "lab" },
    { adapter: "web", id: "7f", name: "Papers" },
  ] as const;
  bot.channels.set(place.group, [lab, papers]).set("group-of-others", [{ ...papers, id: "8f", name: "others" }]);
  for (const typed of ["papers", "#Papers", "7f", "<#7f>", "<#7f|papers>"])
    expect((await say(`/recap schedule tz:Asia/Seoul channel:${typed}`)).data).toMatchObject({ channel: "7f" });
  const { text } = await say("/recap schedule at:22:00 tz:Asia/Seoul channel:papers");
  expect(text).toContain("posted in #Papers every day");
  expect(await mistakeIn(say("/recap schedule channel:others"))).toMatchObject({
    code: "unknown_channel",
    facts: { got: "others", known: ["#lab", "#Papers"] },
  });
  const list = await say("/recap list");
  expect(list.table?.rows.map((it) => it[2])).toEqual(["#Papers", "#Papers"]);
  expect((await say("/recap off")).data).toEqual({ ended: [] });
  const [, second] = (list.data as { schedules: { id: string }[] }).schedules;
  expect((await say(`/recap off id:${second?.id.slice(0, 8)}`)).data).toEqual({ ended: [second?.id] });
  await say("/note review told over there");
  await evening("2026-11-23T12:00:00Z");
  expect(bot.sent.filter((it) => !it.request).map((it) => it.place)).toEqual([
    { adapter: "web", group: place.group, channel: "7f" },
  ]);
  expect(told()[0]?.text).toContain("told over there");
});

it("what is said in a private channel is told in no other, and its schedules are seen only there", async () => {
  bot.at("2026-11-23T00:00:00Z");
  bot.channels.set(place.group, [{ adapter: "web", id: "7f", name: "Papers" }]);
  const hidden: Place = { ...place, channel: "secret", isPrivate: true };
  const inSecret = (input: string) => bot.say(input, { place: hidden, user: mina });
  await inSecret("/note review nobody else's business");
  await inSecret("/recap schedule tz:Asia/Seoul channel:papers");
  await inSecret("/recap schedule at:20:00 tz:Asia/Seoul");
  expect((await inSecret("/recap list")).table?.rows.map((it) => it[2])).toEqual(["#Papers", "here"]);
  expect((await say("/recap list")).table?.rows.map((it) => it[2])).toEqual(["#Papers"]);
  await evening("2026-11-23T12:00:00Z");
  const posts = bot.sent.filter((it) => !it.request).map((it) => [it.place.channel, it.reply.text.includes("business")]);
  expect(posts.sort()).toEqual([
    ["7f", false],
    ["secret", true],
  ]);
});

it("at a terminal a channel has to be named, since nobody is there when it is posted", async () => {
  bot.channels.set("local", [{ adapter: "web", id: "general", name: "general" }]);
  const atTerminal = (input: string) => bot.say(input, { place: { adapter: "terminal", group: "local", channel: "terminal" } });
  expect(await mistakeIn(atTerminal("/recap schedule"))).toMatchObject({ code: "no_posts_here", facts: { known: ["#general"] } });
  const { text, data } = await atTerminal("/recap schedule channel:general");
  expect([text, data]).toMatchObject([expect.stringContaining("in #general"), { channel: "general" }]);
});

it("is scheduled and ended by those who administer the group, by anyone where nobody does", async () => {
  bot.at("2026-11-23T00:00:00Z");
  await say("/recap schedule", ada);
  await bot.store.groups.follow(place.group, mina.id, true);
  expect(await mistakeIn(say("/recap schedule at:22:00", leo))).toMatchObject({ code: "administrators_post" });
  expect(await mistakeIn(say("/recap schedule post:quiz", ada))).toMatchObject({ code: "administrators_post" });
  expect(await mistakeIn(say("/recap off", leo))).toMatchObject({ code: "administrators_post" });
  expect((await say("/recap off", ada)).data).toMatchObject({ ended: [expect.any(String)] }); // her own
  await say("/recap schedule", mina);
  expect((await say("/recap off", mina)).data).toMatchObject({ ended: [expect.any(String)] });
});

it("refuses what is no time, day or zone, and too many schedules", async () => {
  bot.at("2026-11-23T00:00:00Z");
  expect(await mistakeIn(say("/recap schedule at:25:00"))).toMatchObject({ code: "bad_time" });
  expect(await mistakeIn(say("/recap schedule days:someday"))).toMatchObject({ code: "bad_days" });
  expect(await mistakeIn(say("/recap schedule tz:Mars/Base"))).toMatchObject({ code: "bad_time_zone" });
  expect(await mistakeIn(say("/recap off id:12345678"))).toMatchObject({ code: "unknown_schedule" });
  for (const at of [1, 2, 3, 4, 5]) await say(`/recap schedule at:${at} days:월,수`);
  expect(await mistakeIn(say("/recap schedule at:6"))).toMatchObject({ code: "too_many_schedules" });
  expect((await say("/recap schedule at:5 days:everyday")).data).toMatchObject({ days: [0, 1, 2, 3, 4, 5, 6] });
});
