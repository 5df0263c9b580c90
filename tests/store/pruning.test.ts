import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBlobs } from "../../src/blobs/blobs.ts";
import { openCheckpoints } from "../../src/blobs/checkpoints.ts";
import type { FileRef } from "../../src/files.ts";
import { openDatabase } from "../../src/store/database.ts";
import { prune, pruneCheckpoints } from "../../src/store/pruning.ts";
import { openStore } from "../../src/store/store.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { landscape } from "../helpers/pictures.ts";

const DAY_MS = 24 * 3600_000;
let lab: TestBot;
let fresh: { unused: FileRef; asked: FileRef; answer: FileRef; labelled: FileRef };
beforeAll(async () => {
  lab = await openTestBot();
  const photo = async (width: number) => lab.bot.upload(mina, await landscape(width, 160), `hills-${width}.jpg`);
  const [unused, asked, labelled] = [await photo(200), await photo(210), await photo(220)];
  const { reply } = await lab.ask("/augment flip n:1", [asked]);
  await lab.ask("/label class:hills", [labelled]);
  fresh = { unused, asked, labelled, answer: reply?.pictures?.[0] as FileRef };
  await lab.close();
});
afterAll(() => lab.erase());

const folder = () => join(lab.home, "blobs");
const filesHere = () =>
  readdirSync(folder(), { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name));
/** Prunes as if so many days had passed, and says which of the four files are still there. */
const pruneAfter = async (days: number, keepDays: number) => {
  const { database, close } = await openDatabase(join(lab.home, "database"));
  const options = { now: new Date(Date.now() + days * DAY_MS), keepMs: keepDays * DAY_MS, signal: new AbortController().signal };
  await prune(openStore(database).pruning, openBlobs(folder()), options);
  await close();
  const here = filesHere().join(" ");
  return Object.entries(fresh).flatMap(([name, { blob }]) => (here.includes(blob) ? [name] : []));
};

/** One story in the order it is told. */
it("leaves everything alone that is younger than a day", async () => {
  expect(await pruneAfter(0.5, 180)).toEqual(["unused", "asked", "labelled", "answer"]);
});

it("takes what was sent and never used after a day, and drafts that a killed process left", async () => {
  writeFileSync(join(folder(), fresh.asked.blob.slice(0, 2), `${fresh.asked.blob}.0000`), "half a file");
  expect(await pruneAfter(2, 180)).toEqual(["asked", "labelled", "answer"]);
  expect(filesHere().filter((it) => it.endsWith(".0000"))).toEqual([]);
});

it("keeps what was asked and answered for as long as the setting says, or for good", async () => {
  expect(await pruneAfter(179, 180)).toEqual(["asked", "labelled", "answer"]);
  expect(await pruneAfter(10_000, Number.POSITIVE_INFINITY)).toEqual(["asked", "labelled", "answer"]);
});

it("then takes it, but never what somebody labelled", async () => {
  expect(await pruneAfter(181, 180)).toEqual(["labelled"]);
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
