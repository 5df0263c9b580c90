import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { runMigrations } from "bullmq";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBlobs } from "../../src/blobs/blobs.ts";
import { requestId } from "../../src/chat/requestId.ts";
import { inspect } from "../../src/inference/inspect.ts";
import { writeCard } from "../../src/models/cardMetadata.ts";
import { openDatabase } from "../../src/store/database.ts";
import { shippedFolder } from "../../src/store/shippedModels.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { freshHome, openTestBot, type TestBot } from "../helpers/bot.ts";
import { colourModel, colours, plainly } from "../helpers/onnxModels.ts";

/** One story: a folder that version 0.1.0 left while seven requests were waiting is opened by today's. */
const mina = { id: "web-0123456789abcdef", name: "Mina" };
const jun = { id: "web-fedcba9876543210", name: "준호" };
const old = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const waiting = [15, 17, 18, 19, 20, 21, 22].map(old);
const pictures = { "cat.png": "tomato", "고양이.png": "teal", "dog.png": "gold" };

let home: string;
let blobOf: Record<string, string>;
let lab: TestBot;

/** The tables, as a dump has them, and the queue's, which BullMQ makes itself before its rows go in. */
const restore = async (folder: string) => {
  const dump = readFileSync(join(import.meta.dirname, "../fixtures/version-0.1.sql"), "utf8");
  const [tables = "", queue = ""] = dump.split("-- The queue, whose tables BullMQ makes itself.");
  const engine = await PGlite.create({ dataDir: folder });
  await engine.exec(tables);
  await engine.exec("create schema bullmq; set search_path to bullmq, public");
  const client = {
    query: async (text: string, params?: unknown[]) => {
      const result = params?.length ? await engine.query(text, params) : (await engine.exec(text)).at(-1);
      return { rows: result?.rows ?? [], rowCount: result?.affectedRows ?? 0 };
    },
    release: () => {},
  };
  await runMigrations(client as unknown as Parameters<typeof runMigrations>[0], "bullmq");
  await engine.exec(`set search_path to public; ${queue}`);
  await engine.close();
};

/** Asks the tables while no bot is open. */
const inStore = async <T>(ask: (store: Store) => Promise<T>): Promise<T> => {
  const { database, close } = await openDatabase(join(home, "database"));
  const answer = await ask(openStore(database));
  await close();
  return answer;
};

beforeAll(async () => {
  home = await freshHome();
  await restore(join(home, "database"));
  const blobs = openBlobs(join(home, "blobs"));
  blobOf = {};
  for (const [name, background] of Object.entries(pictures)) {
    const bytes = await sharp({ create: { width: 96, height: 64, channels: 3, background } })
      .png()
      .toBuffer();
    blobOf[name] = (await blobs.put(bytes, { name, type: "image/png" })).blob;
  }
  const about = { name: "colours", file: "colours.onnx", preprocessing: plainly, labels: colours };
  const model = writeCard(colourModel(), await inspect(colourModel(), about));
  await blobs.put(model, { name: "colours.onnx", type: "application/octet-stream" });
});
afterAll(async () => {
  await lab?.close();
  await rm(home, { recursive: true, force: true });
});

it("its tables are brought up to date: everything was the local group's, and what was answered was sent", async () => {
  await inStore(async (store) => {
    expect((await store.models.ownedBy("local")).map((it) => [it.name, it.addedById])).toEqual([["colours", mina.id]]);
    const shipped = (await store.models.ownedBy("shared")).map((it) => it.name).sort();
    expect(shipped).toEqual(
      "alexnet-cifar densenet efficientnet googlenet-cifar house resnet20 resnet8 se-resnet20 vgg".split(" "),
    );
    expect((await store.labels.list("local")).map((it) => [it.blob, it.label])).toEqual([
      [blobOf["dog.png"], "dog"],
      [blobOf["고양이.png"], "cat"],
      [blobOf["cat.png"], "cat"],
    ]);
    expect([await store.people.nameOf(mina.id), await store.people.nameOf(jun.id)]).toEqual(["Mina", "준호"]);
    const atWeb = { adapter: "web", group: "local" } as const;
    expect([await store.groups.administers(atWeb, mina.id), await store.groups.administers(atWeb, jun.id)]).toEqual([
      true,
      false,
    ]);
    expect(await store.deliveries.get(old(2))).toMatchObject({ state: "sent", externalId: `${old(2)}.answer`, groupId: "local" });
    expect((await store.requests.waiting()).map((it) => it.id)).toEqual(waiting);
    for (const id of waiting) expect((await store.deliveries.get(id))?.state).toBe("waiting");
    expect((await store.requests.get(old(14)))?.adapter).toBe("terminal");
    const mayRead = async (userId: string) =>
      (await store.blobs.readable([{ blob: blobOf["cat.png"] ?? "" }], { userId, groupId: "local" })).length;
    expect([await mayRead(""), await mayRead("stranger")]).toEqual([1, 1]);
  });
});

it("all that waited is answered, once", { timeout: 120_000 }, async () => {
  lab = await openTestBot(home, {}, shippedFolder);
  for (const id of waiting) {
    const user = [18, 20, 22].map(old).includes(id) ? mina : jun;
    expect(await lab.answerTo(id, user)).toMatchObject({ id, status: "done" });
  }
  await lab.bot.idle();
  const history = await lab.web.history("general", mina);
  for (const id of waiting) expect(history.filter((it) => it.replyTo === id)).toHaveLength(1);
});

it("the history of both channels is there, with its answers", async () => {
  const general = await lab.web.history("general", mina);
  expect(general[0]).toMatchObject({ id: old(1), text: "안녕하세요, 첫 사진이에요", author: { name: "Mina" } });
  expect(general.find((it) => it.id === `${old(2)}.answer`)).toMatchObject({ request: { status: "done" }, replyTo: old(2) });
  const study = (await lab.web.channels()).find((it) => it.name === "study");
  const elsewhere = await lab.web.history(study?.id ?? "", mina);
  expect(elsewhere.map((it) => it.id)).toEqual([old(11), `${old(11)}.answer`]);
  expect(elsewhere[1]?.pictures).toHaveLength(1);
  // What was for one person only still is.
  const others = await lab.web.history("general", jun);
  expect(general.map((it) => it.id)).toContain(`${old(9)}.answer`);
  expect(others.map((it) => it.id)).not.toContain(`${old(9)}.answer`);
});

it("old buttons can be pressed", async () => {
  const id = requestId("web", "a press of an old button");
  await lab.web.press({ id, message: `${old(2)}.answer`, button: 0, user: jun, lang: "en" });
  expect(await lab.answerTo(id, jun)).toMatchObject({ status: "done" });
});

it("a model that a peer had added is theirs, and theirs to remove", async () => {
  expect((await lab.ask("/models remove colours", [], { user: jun })).reply?.data).toMatchObject({
    error: "not_your_model",
  });
  expect((await lab.ask("/models remove colours", [], { user: mina })).status).toBe("done");
  expect((await lab.ask("/models remove vgg", [], { user: mina })).reply?.data).toMatchObject({ error: "model_shipped" });
});
