import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBlobs } from "../src/blobs/blobs.ts";
import type { Erasure } from "../src/chat/events.ts";
import { type From, viewerOf } from "../src/chat/request.ts";
import type { ChannelEvent } from "../src/chat/web/message.ts";
import type { FileRef } from "../src/files.ts";
import type { Place } from "../src/place.ts";
import { openDatabase } from "../src/store/database.ts";
import type { Delivery } from "../src/store/deliveries.ts";
import { columnsOf } from "../src/store/requests.ts";
import { openStore } from "../src/store/store.ts";
import { localViewer, mina, openTestBot, type TestBot } from "./helpers/bot.ts";
import { landscape } from "./helpers/pictures.ts";

const jun = { id: "jun", name: "Jun" };
const asJun = { user: jun };
let lab: TestBot;
beforeAll(async () => {
  lab = await openTestBot();
});
afterAll(() => lab.erase());

/** Photos that nobody sent before, by their width. */
let width = 300;
const photoOf = async (user = mina): Promise<FileRef> => lab.bot.upload(user, await landscape(width++, 200), "hills.jpg");
const pictureOf = (reply: { pictures?: readonly FileRef[] } | undefined) => reply?.pictures?.[0] as FileRef;
const isKept = (file: FileRef) =>
  openBlobs(`${lab.home}/blobs`)
    .get(file.blob)
    .then(
      () => true,
      () => false,
    );

describe("what is somebody's alone", () => {
  it("an answer for one person is not there for another who knows its id", async () => {
    const id = await lab.send("/status");
    expect((await lab.answerTo(id)).status).toBe("done");
    expect(await lab.bot.outcome(id, 0, localViewer(jun))).toBeUndefined();
  });

  it("a file that was sent and not used yet is seen by its owner only, whoever knows its hash", async () => {
    const photo = await photoOf();
    expect((await lab.read(photo.blob, mina)).length).toBe(photo.bytes);
    await expect(lab.read(photo.blob, jun)).rejects.toThrow(/no .* here/);
    await expect(lab.read(photo.blob)).rejects.toThrow(/no .* here/);
  });

  it("nor can another work with it, or make it visible by naming it", async () => {
    const photo = await photoOf();
    const asked = await lab.ask("/augment flip n:1", [photo], asJun);
    expect(asked.reply?.data).toEqual({ error: "file_gone", name: "hills.jpg" });
    const byFields = await lab.ask({ command: "augment", args: { image: photo } }, [], asJun);
    expect(byFields.reply?.data).toMatchObject({ error: "file_gone" });
    const said = { id: randomUUID(), channel: "general", user: jun, text: "look", files: [photo] };
    await expect(lab.web.say(said)).rejects.toThrow(/attach it again/);
    await expect(lab.read(photo.blob, jun)).rejects.toThrow();
  });

  it("an id that another's request has got shows nothing of it, and nobody speaks under it", async () => {
    const id = await lab.send("/status");
    await lab.answerTo(id);
    const again = { id, channel: "general", user: jun, lang: "en" as const, input: "/status", files: [] };
    await expect(lab.web.ask(again)).rejects.toThrow(/id is taken/);
    const heard: string[] = [];
    const stop = lab.web.listen((_, event) => void heard.push(event.type));
    await expect(lab.web.say({ id, channel: "general", user: jun, text: "I am Mina", files: [] })).rejects.toThrow(/id is taken/);
    stop();
    expect(heard).toEqual([]);
    expect((await lab.web.ask({ ...again, user: mina })).message.request?.status).toBe("done");
  });

  it("a button of an answer for one person is not pressed by another", async () => {
    const id = await lab.send("/forget");
    await lab.answerTo(id);
    const press = { id: randomUUID(), message: `${id}.answer`, button: 0, user: jun, lang: "en" as const };
    await expect(lab.web.press(press)).rejects.toThrow(/message is gone/);
  });

  it("what is used where everybody sees it can be seen by everybody", async () => {
    const photo = await photoOf();
    const { reply } = await lab.ask("/augment flip n:1", [photo]);
    expect((await lab.read(photo.blob, jun)).length).toBe(photo.bytes);
    expect((await lab.read(pictureOf(reply).blob)).length).toBe(pictureOf(reply).bytes);
    expect((await lab.ask("/augment blur n:1", [photo], asJun)).status).toBe("done");
  });
});

describe("/forget", () => {
  it("takes what others made of a picture along, and what they made of that", async () => {
    const photo = await photoOf();
    const first = await lab.send("/augment rotate n:2 seed:1", [photo]);
    await lab.answerTo(first);
    const press = randomUUID();
    await lab.web.press({ id: press, message: `${first}.answer`, button: 0, user: jun, lang: "en" });
    const pressed = await lab.answerTo(press, jun);
    const ofOutput = await lab.send("/augment flip n:1", [pictureOf(pressed.reply)], asJun);
    const derived = await lab.answerTo(ofOutput, jun);
    const mixed = await lab.send("/cutmix", [await photoOf(jun), photo], asJun);
    const both = await lab.answerTo(mixed, jun);
    expect([pressed.status, derived.status, both.status]).toEqual(["done", "done", "done"]);

    const changed: string[] = [];
    const stop = lab.web.listen((_, event: ChannelEvent) => {
      if (event.type === "changed") changed.push(event.message.text);
    });
    expect((await lab.ask("/forget sure:yes")).status).toBe("done");
    stop();

    for (const file of [photo, ...[pressed, derived, both].map((it) => pictureOf(it.reply))]) {
      expect(await isKept(file)).toBe(false);
      await expect(lab.read(file.blob, jun)).rejects.toThrow();
    }
    for (const id of [press, ofOutput, mixed]) {
      const { reply } = await lab.answerTo(id, jun);
      expect(reply).toEqual({ text: expect.stringMatching(/owner has erased/), data: { error: "erased" } });
    }
    expect(changed.filter((it) => it.includes("owner has erased")).length).toBeGreaterThanOrEqual(3);
    const history = JSON.stringify(await lab.web.history("general", jun));
    expect(history).not.toContain(photo.blob);
  });

  it("leaves a picture that somebody else sent too, with what they made of it", async () => {
    const bytes = await landscape(width++, 200);
    const [minas, juns] = [await lab.bot.upload(mina, bytes, "a.jpg"), await lab.bot.upload(jun, bytes, "b.jpg")];
    expect(minas.blob).toBe(juns.blob);
    await lab.ask("/augment flip n:1 seed:3", [minas]);
    const kept = await lab.ask("/augment flip n:1 seed:3", [juns], asJun);
    await lab.ask("/forget sure:yes");
    expect([await isKept(juns), await isKept(pictureOf(kept.reply))]).toEqual([true, true]);
    expect((await lab.ask("/augment blur n:1", [juns], asJun)).status).toBe("done");
  });

  it("leaves what the person does afterwards", async () => {
    const id = randomUUID();
    const forgetting = lab.web.ask({ id, channel: "general", user: mina, lang: "en", input: "/forget sure:yes", files: [] });
    await forgetting;
    await lab.answerTo(id);
    const { reply } = await lab.ask("/augment flip n:1", [await photoOf()]);
    expect(await isKept(pictureOf(reply))).toBe(true);
  });
});

describe("/forget on a platform that keeps its own history", () => {
  const guild: Place = { adapter: "terminal", group: "guild", channel: "lounge" };
  const kim: From = { user: { id: "kim", name: "Kim" }, place: guild, lang: "en" };
  const lee: From = { ...kim, user: { id: "lee", name: "Lee" } };
  const askAs = async (from: From, input: string, files: FileRef[] = []) => {
    const id = randomUUID();
    await lab.bot.ask({ ...from, id, input, files });
    const outcome = await lab.bot.outcome(id, 60, viewerOf(from));
    if (outcome?.status === "waiting" || !outcome) throw new Error(`No answer to ${input}`);
    return outcome;
  };
  /** Rows of any table in which a text stands, by the table's name. */
  const rowsWith = async (text: string): Promise<Record<string, number>> => {
    const { engine, close } = await openDatabase(`${lab.home}/database`);
    const { rows: tables } = await engine.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'peerlab'",
    );
    const counts: [string, number][] = [];
    for (const { name } of tables) {
      const found = await engine.query<{ count: number }>(
        `select count(*)::int as count from peerlab.${name} t where t::text like '%' || $1 || '%'`,
        [text],
      );
      if (found.rows[0]?.count) counts.push([name, found.rows[0].count]);
    }
    await close();
    return Object.fromEntries(counts);
  };

  it("takes requests, answers, posts, labels, what they administer and what was acknowledged, and tells adapters what to take off", async () => {
    const erased: Erasure[] = [];
    lab.bot.events.onErased((it) => void erased.push(it));
    const photo = await photoOf(kim.user);
    const first = await askAs({ ...kim, administers: true }, "/augment flip n:1", [photo]);
    await askAs(kim, "/label class:hill", [photo]);
    const derived = await askAs(lee, "/augment rotate n:1", [photo]);
    await lab.bot.outbox.post(randomUUID(), guild, { text: "For you" }, "kim");
    const recap = randomUUID();
    const shown = [photo, pictureOf(first.reply)].map((it) => ({ ...it, alt: "hills" }));
    await lab.bot.outbox.post(recap, guild, { text: "A recap", pictures: shown });
    await lab.bot.receipts.receive({ id: randomUUID(), adapter: "terminal", userId: "kim", event: { text: "kim said" } });
    await lab.bot.idle();

    expect((await askAs(kim, "/forget sure:yes")).status).toBe("done");
    await lab.bot.idle();
    const gone = erased.flatMap((it) => it.deliveries);
    expect(gone).toContainEqual({ id: first.id, place: guild, externalId: first.id });
    expect(gone.map((it) => it.id)).not.toContain(derived.id);
    expect((await lab.bot.outcome(derived.id, 0, viewerOf(lee)))?.reply?.data).toEqual({ error: "erased" });
    for (const file of [photo, pictureOf(first.reply), pictureOf(derived.reply)]) expect(await isKept(file)).toBe(false);
    await lab.close();
    // The answer to /forget itself stays, and so does the place where it was asked.
    expect(await rowsWith("kim")).toEqual({ requests: 1, deliveries: 1 });
    expect(await rowsWith(photo.blob)).toEqual({});
    expect(await rowsWith("A recap")).toEqual({ deliveries: 1 });
    lab = await openTestBot(lab.home);
  });

  it("an answer that took another's place gives it back", async () => {
    const photo = await photoOf(lee.user);
    const original = await askAs(lee, "/augment flip n:1", [photo]);
    await lab.bot.idle(); // its message is sent
    const change: Delivery[] = [];
    const [store, close] = await (async () => {
      await lab.close();
      const opened = await openDatabase(`${lab.home}/database`);
      return [openStore(opened.database), opened.close] as const;
    })();
    const kims = {
      ...columnsOf(guild),
      userId: "kim",
      userName: "Kim",
      lang: "en",
      command: "augment",
      args: {},
      seed: 1,
    } as const;
    for (const [id, replaces] of [
      ["p1", original.id],
      ["p2", "p1"],
    ] as const) {
      await store.requests.add({ ...kims, id, ephemeral: false, status: "waiting" }, { replaces });
      await store.requests.finish(id, "done", { text: id });
      const delivery = await store.deliveries.begin(id);
      if (delivery) change.push(delivery);
      if (delivery) await store.deliveries.sent(delivery, delivery.edits);
    }
    expect(change.map((it) => it.edits)).toEqual([original.id, original.id]);
    const removed = await store.erasure.removeSaid(["p1", "p2"]);
    expect(removed.deliveries).toEqual([]);
    const again = await store.deliveries.begin(original.id);
    expect(again).toMatchObject({ edits: original.id, reply: { text: original.reply?.text } });
    await close();
    lab = await openTestBot(lab.home);
  });
});
