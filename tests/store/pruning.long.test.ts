import { randomUUID } from "node:crypto";
import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBlobs } from "../../src/blobs/blobs.ts";
import { openCheckpoints } from "../../src/blobs/checkpoints.ts";
import type { FileRef } from "../../src/files.ts";
import { openDatabase } from "../../src/store/database.ts";
import { prune, pruneCheckpoints } from "../../src/store/pruning.ts";
import { columnsOf } from "../../src/store/requests.ts";
import { openStore } from "../../src/store/store.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { landscape } from "../helpers/pictures.ts";

const DAY_MS = 24 * 3600_000;
let lab: TestBot;
let fresh: Record<"unused" | "asked" | "labelled" | "elsewhere" | "posted" | "answer", FileRef>;
beforeAll(async () => {
  lab = await openTestBot();
  const photo = async (width: number) => lab.bot.upload(mina, await landscape(width, 160), `hills-${width}.jpg`);
  const [unused, asked, labelled] = [await photo(200), await photo(210), await photo(220)];
  const [elsewhere, posted] = [await photo(240), await photo(250)];
  const { reply } = await lab.ask("/augment flip n:1", [asked]);
  await lab.ask("/label class:hills", [labelled]);
  // Another platform keeps its own messages: here are only the request, and a post.
  const guild = { adapter: "terminal", group: "guild", channel: "lounge" } as const;
  const there = {
    id: randomUUID(),
    user: mina,
    place: guild,
    lang: "en",
    input: "/augment flip n:1",
    files: [elsewhere],
  } as const;
  await lab.bot.ask(there);
  await lab.bot.outcome(there.id, 60, { userId: mina.id, groupId: "guild" });
  await lab.bot.outbox.post(randomUUID(), guild, { text: "a recap", pictures: [{ ...posted, alt: "hills" }] });
  await lab.bot.receipts.receive({ id: "left", adapter: "terminal", userId: mina.id, event: {} });
  fresh = { unused, asked, labelled, elsewhere, posted, answer: reply?.pictures?.[0] as FileRef };
  await lab.close();
});
afterAll(() => lab.erase());

const folder = () => join(lab.home, "blobs");
const filesHere = () =>
  readdirSync(folder(), { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name));
/** Prunes as if so many days had passed, and says which of the files are still there. */
const pruneAfter = async (days: number, keepDays: number) => {
  const { database, close } = await openDatabase(join(lab.home, "database"));
  const options = { now: new Date(Date.now() + days * DAY_MS), keepMs: keepDays * DAY_MS, signal: new AbortController().signal };
  await prune(openStore(database).pruning, openBlobs(folder()), options);
  await close();
  const here = filesHere().join(" ");
  return Object.entries(fresh).flatMap(([name, { blob }]) => (here.includes(blob) ? [name] : []));
};

const used = ["asked", "labelled", "elsewhere", "posted", "answer"];

/** One story in the order it is told. */
it("leaves everything alone that is younger than a day", async () => {
  expect(await pruneAfter(0.5, 180)).toEqual(["unused", ...used]);
});

it("takes what was sent and never used after a day, and drafts that a killed process left", async () => {
  writeFileSync(join(folder(), fresh.asked.blob.slice(0, 2), `${fresh.asked.blob}.0000`), "half a file");
  expect(await pruneAfter(2, 180)).toEqual(used);
  expect(filesHere().filter((it) => it.endsWith(".0000"))).toEqual([]);
});

it("keeps what was asked and answered for as long as the setting says, or for good", async () => {
  expect(await pruneAfter(179, 180)).toEqual(used);
  expect(await pruneAfter(10_000, Number.POSITIVE_INFINITY)).toEqual(used);
});

it("then takes it, but never what somebody labelled", async () => {
  expect(await pruneAfter(181, 180)).toEqual(["labelled"]);
});

it("drops events that were never worked off, and tokens that hold no more", async () => {
  const { database, close } = await openDatabase(join(lab.home, "database"));
  const store = openStore(database);
  expect(await store.receipts.pending("terminal")).toEqual([]);
  const [now, week] = [Date.now(), 7 * DAY_MS];
  await store.receipts.add({ id: "fresh", adapter: "terminal", userId: mina.id, event: {} });
  const row = { ...columnsOf({ adapter: "terminal", group: "guild", channel: "lounge" }), userId: mina.id, userName: mina.name };
  const token = { value: "interaction", expires: new Date(now + 1000) };
  const request = {
    ...row,
    id: "asked",
    lang: "en",
    command: "help",
    args: {},
    seed: 1,
    ephemeral: false,
    status: "waiting",
  } as const;
  await store.requests.add(request, { token });
  await store.pruning.dropStale(new Date(now), new Date(now - week));
  expect((await store.deliveries.get("asked"))?.token).toBe("interaction");
  await store.pruning.dropStale(new Date(now + 2000), new Date(now - week));
  expect((await store.deliveries.get("asked"))?.token).toBeNull();
  expect(await store.receipts.pending("terminal")).toEqual([{ id: "fresh" }]);
  await close();
});

it("tells whoever goes on with an old picture that it is gone", async () => {
  lab = await openTestBot(lab.home);
  expect((await lab.ask("/augment blur", [fresh.asked])).reply?.data).toEqual({ error: "file_gone", name: "hills-210.jpg" });
  expect((await lab.ask("/augment blur n:1", [fresh.labelled])).status).toBe("done");
});

it("does not take a file that was just put again", async () => {
  const blobs = openBlobs(folder());
  const bytes = await landscape(230, 160);
  const { blob } = await blobs.put(bytes, { name: "a.jpg", type: "image/jpeg" });
  const path = join(folder(), blob.slice(0, 2), blob);
  utimesSync(path, new Date(0), new Date(0));
  await blobs.put(bytes, { name: "a.jpg", type: "image/jpeg" });
  const old: string[] = [];
  for await (const group of blobs.olderThan(new Date(Date.now() - DAY_MS))) old.push(...group);
  expect(old).not.toContain(blob);
});

it("keeps the checkpoints of jobs that somebody waits for, however old, and takes those of any others", async () => {
  const { database, close } = await openDatabase(join(lab.home, "database"));
  const { pruning, requests } = openStore(database);
  const place = { adapter: "web", groupId: "local", channel: "general" } as const;
  const asker = { ...place, userId: "mina", userName: "Mina", lang: "en", command: "arch", args: {} } as const;
  for (const id of ["waits", "answered"])
    await requests.add({ ...asker, id, asked: new Date(), seed: 1, status: "waiting", ephemeral: false });
  await requests.finish("answered", "done", { text: "done" });
  const checkpoints = openCheckpoints(folder());
  for (const job of ["waits", "waits.0", "answered", "answered.1", "unknown"])
    await checkpoints.of(job).save("state", Buffer.from("a state"));
  for (const job of ["waits", "waits.0"]) utimesSync(join(folder(), "checkpoints", job, "state"), 0, 0);
  await prune(pruning, openBlobs(folder()), { now: new Date(), keepMs: 1000, signal: new AbortController().signal });
  await pruneCheckpoints(pruning, checkpoints);
  await close();
  expect((await checkpoints.jobs()).sort()).toEqual(["waits", "waits.0"]);
  expect((await checkpoints.of("waits.0").load("state"))?.toString()).toBe("a state");
});
