import { afterAll, beforeAll, expect, it } from "vitest";
import type { Place } from "../../src/place.ts";
import { mina } from "../helpers/bot.ts";
import { general, openRunBot, type RunBot, reportOf, tasteSpec } from "../helpers/runs.ts";

const jun = { id: "jun", name: "Jun" };
const staff: Place = { ...general, channel: "staff", isPrivate: true };
const guild: Place = { adapter: "terminal", group: "guild", channel: "general" };
const viewer = (groupId: string, channel: string) => ({ userId: "", groupId, channel });
const blob = (digit: string) => digit.repeat(64);

let bot: RunBot;
beforeAll(async () => {
  bot = await openRunBot();
});
afterAll(() => bot.close());

it("a run begins with its request, and ends with what came of it, however often it is said", async () => {
  const { id, input, end } = await bot.begin("/train");
  const find = async () => (await bot.store.runs.find(id.slice(0, 8), viewer("local", "general")))[0];
  expect(await find()).toMatchObject({ id, kind: "train", data: "shapes", dataVersion: null, status: "waiting", report: null });
  expect((await find())?.spec).toEqual(tasteSpec);
  const report = reportOf(tasteSpec, [0.8]);
  await end(report);
  const row = await bot.store.requests.get(id);
  if (row) await bot.store.runs.begin(row, input); // a crash between the two
  await bot.store.runs.finish(id, report);
  expect(await find()).toMatchObject({ status: "done", report });
});

it("a run of which nothing came ends with its request", async () => {
  const [stopped, failed, diverged] = [await bot.begin("/train"), await bot.begin("/train"), await bot.begin("/train")];
  await bot.store.requests.finish(stopped.id, "cancelled", { text: "" });
  await bot.store.requests.finish(failed.id, "failed", { text: "" });
  await bot.store.requests.finish(diverged.id, "mistake", { text: "" });
  const ends = (await bot.store.runs.list(viewer("local", "general"), 3)).map(({ id, status }) => [id, status]);
  expect(ends).toEqual([
    [diverged.id, "failed"],
    [failed.id, "failed"],
    [stopped.id, "cancelled"],
  ]);
});

it("runs are seen in their group alone, those of a private channel only there", async () => {
  const [inside, there] = [await bot.begin("/train", { place: staff }), await bot.begin("/train", { place: guild })];
  const { store } = bot;
  for (const { id, end } of [inside, there]) {
    await end(reportOf({ ...tasteSpec, data: "shapes" }, [0.9]));
    expect(await store.runs.find(id, viewer("local", "general"))).toEqual([]);
    expect((await store.runs.list(viewer("local", "general"), 100)).map((it) => it.id)).not.toContain(id);
    expect((await store.runs.on("shapes", viewer("local", "general"))).map((it) => it.id)).not.toContain(id);
  }
  expect((await store.runs.list(viewer("local", "staff"), 100)).map((it) => it.id)).toContain(inside.id);
  expect((await store.runs.list(viewer("guild", "general"), 100)).map((it) => it.id)).toEqual([there.id]);
  expect(await store.runs.find("%", viewer("guild", "general"))).toEqual([]);
});

it("a run refers to the pictures it learned from, and says which they were", async () => {
  const { store } = bot;
  const label = (request: string, label: string, ...blobs: string[]) =>
    store.labels.add(
      { request, groupId: "local", dataset: "uploads", userId: jun.id, channel: "", replace: false },
      blobs.map((it) => ({ blob: it, label })),
    );
  await label("l1", "cat", blob("1"), blob("2"));
  await label("l2", "dog", blob("3"), blob("4"));
  const first = await bot.begin("/train data:uploads");
  const again = await bot.begin("/train data:uploads");
  await label("l3", "dog", blob("2"));
  await label("l4", "cat", blob("5"));
  const changed = await bot.begin("/train data:uploads");
  const versions = (await store.runs.list(viewer("local", "general"), 3)).map((it) => it.dataVersion);
  expect(versions[2]).toMatch(/^[0-9a-f]{16}$/);
  expect([versions[1] === versions[2], versions[0] === versions[2]]).toEqual([true, false]);
  expect(await store.erasure.requestsAbout(blob("1"), jun.id)).toEqual(expect.arrayContaining([first.id, again.id, changed.id]));
  expect(await store.erasure.requestsAbout(blob("5"), jun.id)).toEqual([changed.id]);
});

it("a person's runs go with what else they asked, and no late result brings them back", async () => {
  const { store } = bot;
  const [theirs, kept] = [await bot.begin("/train", { user: jun }), await bot.begin("/train", { user: mina })];
  const whose = { userId: jun.id, except: "", before: new Date(Date.now() + 1000) };
  const said = await store.erasure.said(whose);
  expect(said).toContain(theirs.id);
  await store.erasure.removeSaid(said);
  await store.runs.finish(theirs.id, reportOf(tasteSpec, [0.7]));
  expect(await store.runs.find(theirs.id, viewer("local", "general"))).toEqual([]);
  expect(await store.runs.find(kept.id, viewer("local", "general"))).toHaveLength(1);
});
