import { mkdirSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adapters } from "../src/chat/adapters.ts";
import type { AdapterName } from "../src/place.ts";
import { shippedFolder } from "../src/store/shippedModels.ts";
import { type ExamBot, openExamBot } from "./helpers/adapters/bot.ts";
import type { AdapterDriver, ExamPeer, Seen } from "./helpers/adapters/driver.ts";
import { drivers } from "./helpers/adapters/drivers.ts";
import { ask, EMPTY_DAY, type Group, hills, live, members } from "./helpers/adapters/week.ts";
import { until } from "./helpers/processes.ts";
import { testChild } from "./helpers/testChild.ts";

/** A Monday morning in Seoul, years ahead: what databases and platforms date themselves, by the real clock, is not in that week. */
const MONDAY = new Date("2030-11-18T00:00:00Z");
/** On this day the bot is down when its recap is due, where it has a platform to come back to. */
const DOWN_DAY = 4;

/** Where what is made is kept for a look; nowhere unless asked. */
const kept = process.env["KEEP_RECAPS"];
const keep = (folder: string, name: string, bytes: Uint8Array | string) => {
  if (!kept) return;
  mkdirSync(join(kept, folder), { recursive: true });
  writeFileSync(join(kept, folder, name), bytes);
};

describe.each(Object.keys(adapters) as AdapterName[])("a week of a group of five on the %s", (adapter) => {
  const driver = drivers[adapter];
  let platform: Awaited<ReturnType<NonNullable<AdapterDriver["open"]>>> | undefined;
  let bot: ExamBot;
  let group: Group;
  let reader: ExamPeer;
  let clock = MONDAY;
  const later = (hours: number) => {
    clock = new Date(clock.getTime() + hours * 3600_000);
  };
  const open = async (home?: string) => {
    bot = await openExamBot(home, platform?.environment, {
      ...{ models: shippedFolder, now: () => clock },
      child: (folder) => testChild(folder, new URL("./helpers/cannedRuns.ts", import.meta.url)),
    });
    // One after another: the first to join the web chat administers it.
    const peers: [string, ExamPeer][] = [];
    for (const [key, { name, lang }] of Object.entries(members)) peers.push([key, await driver.join(bot, name, lang)]);
    group = Object.fromEntries(peers) as Group;
    reader = driver.posts ? await driver.posts.driver.join(bot, "Reader", "en") : group.mina;
  };
  const close = async () => {
    for (const peer of new Set([reader, ...Object.values(group)])) await peer.leave();
    await bot.close();
  };
  if (driver.absent !== undefined) return it(`is excused: ${driver.absent}`, () => expect(driver.absent).toMatch(/.{20}/));
  beforeAll(async () => {
    platform = await driver.open?.();
    await open();
  });
  afterAll(async () => {
    await close();
    await platform?.close();
    await rm(bot.home, { recursive: true, force: true });
  });

  const posts = async () => (await reader.sees()).filter((it) => it.status === "said" && it.request !== undefined);
  /** What is posted when its time has come: one message. */
  const posted = async (become = async () => {}): Promise<Seen> => {
    const before = new Set((await posts()).map((it) => it.request));
    const isNew = (it: Seen) => !before.has(it.request);
    await become();
    for (const { id } of await bot.store.schedules.list()) await bot.recaps.attend(id);
    const isTold = async () => (await bot.store.recaps.unfinished()).length === 0 && (await posts()).some(isNew);
    await until("what is due", isTold, 120);
    await bot.bot.idle();
    const found = (await posts()).filter(isNew);
    expect(found).toHaveLength(1);
    const [post] = found as [Seen];
    expect(post.messages).toBe(1);
    return post;
  };
  const look = async (name: string, peer: ExamPeer, seen: Seen) => {
    const files = await peer.download(seen);
    expect(files.map((it) => it.length)).toEqual([...seen.pictures, ...seen.files]);
    const [picture] = seen.pictures.length > 0 ? files : [];
    if (picture) expect(await sharp(picture).metadata()).toMatchObject({ format: "jpeg", width: 1080 });
    if (picture) keep(adapter, `${name}.jpg`, picture);
    else if (files[0]) keep(adapter, `${name}.zip`, files[0]);
    keep(
      adapter,
      `${name}.txt`,
      [seen.text, seen.buttons.join(" | "), "--- in its thread", await peer.thread(seen)].join("\n\n"),
    );
  };

  it("is kept, voted on, told every evening, and written up", { timeout: 400_000 }, async () => {
    const photos = await hills();
    const where = driver.posts ? ` channel:${driver.posts.channel}` : "";
    await ask(group.mina, `/recap schedule period:daily at:21:00 tz:Asia/Seoul${where}`);
    await ask(group.mina, `/recap schedule period:weekly at:21:30 days:sun tz:Asia/Seoul empty:silent${where}`);
    await ask(group.jun, "/privacy streaks:on");
    await ask(group.haneul, "/privacy streaks:on");
    for (let day = 0; day < 7; day++) {
      later(1);
      await live(group, day, photos);
      const recap = await posted(async () => {
        const isDown = day === DOWN_DAY && platform !== undefined;
        if (isDown) await close();
        later(11); // 21:00 in Seoul
        if (isDown) await open(bot.home);
      });
      await look(`day-${day}`, reader, recap);
      if (day === EMPTY_DAY) expect(recap.text).toContain("nothing was tried or noted");
      else expect(recap.pictures).toHaveLength(1);
      later(12);
    }
    later(-11.5); // Sunday, 21:30
    const weekly = await posted();
    await look("week", reader, weekly);
    // What there is no room for hangs in its thread, where there are threads.
    const { threads } = adapters[driver.posts?.driver.place.adapter ?? adapter].limits;
    if (threads) expect(await reader.thread(weekly)).toContain("one seed says nothing about one point");
    else expect(weekly.text).not.toContain("one seed says nothing");
    expect(weekly.text).toMatch(/^\*\*Study recap · .*18.*24 Nov 2030/);

    const { leo, mina, haneul } = group;
    const exported = await ask(mina, "/recap export period:week lang:en");
    expect(exported.files).toHaveLength(1);
    await look("post", mina, exported);
    const now = await ask(haneul, "/recap now period:week");
    expect(now.text).toMatch(/^\*\*학습 요약 · 2030년 11월 18일~24일/);
    await look("now.ko", haneul, now);
    await look("hypotheses.ko", haneul, await ask(haneul, "/hypotheses list"));
    expect((await ask(leo, "/log day:2030-11-19")).text).toContain("learning rate was ten times too high");

    const question = await ask(haneul, "/quiz topic:senet seed:4");
    expect(question.buttons).toEqual(["A", "B", "C", "D"]);
    const graded = await haneul.answer(await haneul.press(question, 0));
    expect(graded.text).toContain("✅ 맞아요: **A** 사진을 보고 계산한");
    expect(graded.buttons).toEqual(["📖 SENet", "다음 문제"]);
    // What was answered stands where it was asked, and cannot be answered again; what a terminal has printed stays.
    const unanswered = (await haneul.sees()).filter((it) => it.buttons.includes("A"));
    expect(unanswered).toHaveLength(adapter === "terminal" ? 1 : 0);
  });

  const hasThreads = adapters[adapter].limits.threads;
  const leftOut = "who wants to be left out is taken out of what was posted, thread and all";
  const told = async () => {
    const all = (await posts()).map(async (post) => [post.text, await reader.thread(post)]);
    return (await Promise.all(all)).flat().join("\n");
  };
  // Where there are no threads, tests/chat/recaps.long.test.ts has all there is to it.
  const isLeftOut = async () => {
    expect(await told()).toContain("three seeds before believing");
    await ask(group.leo, "/privacy statistics:off");
    const isGone = async () => {
      if ((await bot.store.recaps.unfinished()).length > 0) return false;
      const now = await told();
      return !now.includes("three seeds") && !now.includes("being made again");
    };
    await until("recaps without Leo", isGone, 120);
    expect(await told()).not.toContain("Leo");
    const count = (await posts()).flatMap((it) => it.pictures).length;
    expect(count).toBe(7);
  };
  if (hasThreads) it(leftOut, isLeftOut, 200_000);

  const isPausedWithItsChannel = async () => {
    if (!platform) throw new Error("Expected a platform that is not the bot's own");
    const { elsewhere } = platform;
    const [zone, days] = ["tz:Asia/Seoul empty:line", 24];
    const schedule = () => ask(group.mina, `/recap schedule period:daily at:23:00 ${zone} channel:${elsewhere.name}`);
    const attend = async () => {
      for (const { id } of await bot.store.schedules.list()) await bot.recaps.attend(id);
      await bot.bot.idle();
    };
    const isPaused = async () => (await ask(group.mina, "/recap list")).text.includes("⏸");
    expect((await schedule()).text).toContain(`#${elsewhere.name}`);
    expect(await isPaused()).toBe(false);
    for (const how of ["deleted", "thrown out"] as const) {
      const comeBack = elsewhere.lose(how);
      later(days);
      const before = (await elsewhere.texts()).length;
      await attend();
      await until("the pause", isPaused, 60);
      comeBack();
      later(days);
      await attend();
      expect(await elsewhere.texts()).toHaveLength(before);
      await schedule();
      expect(await isPaused()).toBe(false);
      later(days);
      await attend();
      await until("the post", async () => (await elsewhere.texts()).length > before, 60);
    }
  };
  // The web chat's channels stay, and nobody is thrown out of them.
  const gone = "a channel that is gone pauses what is posted there, which goes on when it is scheduled again";
  if (driver.open) it(gone, isPausedWithItsChannel, 200_000);
});
