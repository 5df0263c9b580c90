import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import type { ChannelEvent } from "../../src/chat/web/message.ts";
import { localViewer, mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { countTo } from "../helpers/countTo.ts";
import { until, workersOf } from "../helpers/processes.ts";
import { testChild } from "../helpers/testChild.ts";

type Reported = Extract<ChannelEvent, { type: "progress" }>;

const jun = { id: "jun", name: "Jun" };
const sora = { id: "sora", name: "Sora" };
let lab: TestBot;
let reported: Reported[];
beforeAll(async () => {
  lab = await openTestBot(undefined, {}, "none", { commands: [...commands, countTo], child: testChild });
  reported = [];
  lab.web.listen((_, event) => {
    if (event.type === "progress") reported.push(event);
  });
});
afterAll(() => lab?.erase());

const of = (request: string) => reported.filter((it) => it.request === request);
const notes = (request: string) => of(request).map((it) => it.note);
/** Resolves when a request's work has been seen to do something. */
const untilCounted = (request: string, least = 1) =>
  until(`${request} to count to ${least}`, () => of(request).find((it) => it.done >= least && it.picture), 60);
const cancel = (request: string, user = mina) => lab.bot.cancel(request, localViewer(user));
const trainChild = () => until("the child", () => workersOf(process.pid)[0]);
const blobFiles = () =>
  readdirSync(join(lab.home, "blobs"), { recursive: true, withFileTypes: true }).filter((it) => /^[0-9a-f]{64}$/.test(it.name));

it("a request that runs says at once that it stops, and is answered with what it has so far", async () => {
  const id = await lab.send("/countto");
  await untilCounted(id, 8);
  // The others of the channel see its newest picture, and those of another group do not.
  const newest = () => of(id).at(-1)?.picture?.blob ?? "";
  await until("Jun to see a picture", () => lab.read(newest(), jun).catch(() => undefined));
  await expect(lab.bot.read(newest(), { userId: "eve", groupId: "guild" })).rejects.toThrow("There is no");
  const [message] = (await lab.web.history("general", jun)).slice(-1);
  expect(message?.progress).toMatchObject({ of: 100_000, picture: { width: 1080 } });
  expect(new Set(of(id).map((it) => it.picture?.blob)).size).toBeGreaterThan(2);

  const begun = performance.now();
  expect((await lab.ask("/cancel")).reply).toMatchObject({ text: expect.stringMatching(/Stopping \/countto.*follows/) });
  expect(performance.now() - begun).toBeLessThan(2000);
  expect(of(id).find((it) => it.stopping)?.note).toMatch(/^stopping; what was learned so far follows/);
  const { status, reply } = await lab.answerTo(id);
  expect(status).toBe("cancelled");
  const { counted } = reply?.data as { counted: number };
  expect(reply).toMatchObject({ text: `Counted to ${counted}.`, data: { counted, from: 0 } });
  expect(counted).toBeGreaterThan(7);
  expect(counted).toBeLessThan(100_000);
  const picture = reply?.pictures?.[0]?.blob ?? "";
  expect((await lab.read(picture, jun)).length).toBeGreaterThan(100);
  await expect(lab.bot.read(picture, { userId: "eve", groupId: "guild" })).rejects.toThrow("There is no");
  // The pictures on the way are gone, but for the few that were drawn and never shown.
  const shown = new Set(of(id).flatMap((it) => it.picture?.blob ?? []));
  expect(blobFiles().filter((it) => shown.has(it.name)).length).toBeLessThanOrEqual(1);
  expect((await lab.web.history("general", mina)).at(-1)).toMatchObject({ request: { status: "done" } }); // of /cancel
}, 90_000);

it("a request that waits says at which place, and is answered at once", async () => {
  const running = await lab.send("/countto");
  await untilCounted(running);
  const first = await lab.send("/countto to:1", [], { user: jun });
  await until("Jun's place", () => notes(first).includes("1st in the queue"));
  const second = await lab.send("/countto to:1", [], { user: sora, lang: "ko" });
  await until("Sora's place", () => notes(second).includes("대기 2번째"));
  const later = await lab.send("/countto to:1");
  await until("the place of Mina's second", () => notes(later).includes("3rd in the queue"));
  expect(await cancel(first, jun)).toBe(true);
  expect(await lab.answerTo(first, jun)).toMatchObject({ status: "cancelled", reply: { data: { error: "cancelled" } } });
  await until("Sora to move up", () => notes(second).includes("대기 1번째"));
  await until("Mina's second to move up", () => notes(later).includes("2nd in the queue"));
  expect(await cancel(later)).toBe(true);
  expect(await lab.answerTo(later)).toMatchObject({ status: "cancelled", reply: { data: { error: "cancelled" } } });
  expect(await cancel(running)).toBe(true);
  expect((await lab.answerTo(running)).status).toBe("cancelled");
  expect(await lab.answerTo(second, sora)).toMatchObject({ status: "done", reply: { data: { counted: 1, from: 0 } } });
}, 90_000);

it("a stopped request whose child is killed hands back what its checkpoint has, and no more", async () => {
  const id = await lab.send("/countto");
  await untilCounted(id, 3);
  const child = await trainChild();
  process.kill(child, "SIGSTOP");
  const before = of(id).at(-1)?.done ?? 0;
  expect(await cancel(id)).toBe(true);
  process.kill(child, "SIGKILL");
  const { status, reply } = await lab.answerTo(id);
  const { counted, from } = reply?.data as { counted: number; from: number };
  expect({ status, counted }).toEqual({ status: "cancelled", counted: from });
  expect(counted).toBeGreaterThanOrEqual(before);
}, 90_000);

it("one that does not hand back what it has in time is killed, and told as stopped", async () => {
  const id = await lab.send("/countto deaf:1");
  await untilCounted(id);
  expect(await cancel(id)).toBe(true);
  expect(await lab.answerTo(id)).toMatchObject({ status: "cancelled", reply: { data: { error: "cancelled" } } });
}, 90_000);

it("what nobody stopped is done", async () => {
  expect(await lab.ask("/countto to:2")).toMatchObject({ status: "done", reply: { data: { counted: 2, from: 0 } } });
}, 90_000);

it("/forget drops at once what runs", async () => {
  const id = await lab.send("/countto");
  await untilCounted(id);
  expect((await lab.ask("/forget yes")).status).toBe("done");
  expect(await lab.bot.outcome(id, 0, localViewer(mina))).toBeUndefined();
  await until(
    "the last pictures to go",
    () => blobFiles().filter((it) => of(id).some(({ picture }) => picture?.blob === it.name)).length <= 1,
  );
}, 90_000);
