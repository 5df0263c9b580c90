import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { commands } from "../../commands/index.ts";
import { createBot } from "../../src/chat/bot.ts";
import { command } from "../../src/chat/command.ts";
import { openEvents } from "../../src/chat/events.ts";
import { openGroupChannels } from "../../src/chat/groupChannels.ts";
import { openOutbox } from "../../src/chat/outbox.ts";
import { viewerOf } from "../../src/chat/request.ts";
import type { ChannelEvent } from "../../src/chat/web/message.ts";
import { loadConfig } from "../../src/config.ts";
import { openLog } from "../../src/log.ts";
import { LOCAL_GROUP, type Place } from "../../src/place.ts";
import { openDatabase } from "../../src/store/database.ts";
import { columnsOf } from "../../src/store/requests.ts";
import { openStore } from "../../src/store/store.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { noRecaps } from "../helpers/noRecaps.ts";
import { landscape } from "../helpers/pictures.ts";

const jun = { id: "jun", name: "Jun" };
const general: Place = { adapter: "web", group: LOCAL_GROUP, channel: "general" };
let lab: TestBot;
beforeAll(async () => {
  lab = await openTestBot();
});
afterAll(() => lab.erase());

it("the bot can begin a conversation: a post is shown to those who look, once, and is there after a restart", async () => {
  const picture = await lab.bot.upload(mina, await landscape(340, 200), "recap.jpg");
  const heard: ChannelEvent[] = [];
  const stop = lab.web.listen((channel, event) => void (channel === "general" && heard.push(event)));
  const id = randomUUID();
  const button = { label: "Again", command: "augment", args: { image: picture, op: "flip", n: 1 } };
  for (let twice = 0; twice < 2; twice++)
    await lab.bot.outbox.post(id, general, { text: "This week", pictures: [{ ...picture, alt: "hills" }], buttons: [button] });
  await lab.bot.idle();
  stop();
  const shown = { id, text: "This week", author: { bot: true }, pictures: [{ blob: picture.blob }], buttons: ["Again"] };
  expect(heard).toMatchObject([{ type: "message", message: shown }]);
  expect((await lab.web.history("general", jun)).filter((it) => it.id === id)).toMatchObject([shown]);
  expect((await lab.read(picture.blob, jun)).length).toBe(picture.bytes);

  await lab.close();
  lab = await openTestBot(lab.home);
  expect((await lab.web.history("general", jun)).filter((it) => it.id === id)).toMatchObject([shown]);
});

it("a post to one person is shown to nobody else", async () => {
  const id = randomUUID();
  await lab.bot.outbox.post(id, general, { text: "Only you" }, mina.id);
  await lab.bot.idle();
  expect((await lab.web.history("general", mina)).map((it) => it.id)).toContain(id);
  expect((await lab.web.history("general", jun)).map((it) => it.id)).not.toContain(id);
});

it("adapters are handed what is pending before waiting requests go on; a command may be for administrators only", async () => {
  const { database, close } = await openDatabase();
  const store = openStore(database);
  const config = loadConfig({ PEERLAB_LOG: "silent" });
  const log = openLog(config);
  const closing = new AbortController();
  const [outbox, events] = [openOutbox({ store, log, closing: closing.signal }), openEvents()];
  const place: Place = { adapter: "terminal", group: "guild", channel: "lounge" };
  const request = {
    ...columnsOf(place),
    userId: "kim",
    userName: "Kim",
    lang: "en",
    command: "help",
    args: {},
    seed: 1,
  } as const;
  await store.requests.add({ ...request, id: "waits", ephemeral: false, status: "waiting" });
  await store.deliveries.post("pending", place, { text: "from before" });
  const order: string[] = [];
  const parts = {
    ...{ config, log, commands, store, outbox, events, mostWaiting: 40, childMaxMb: 1000, facts: () => [] },
    closing: closing.signal,
    blobs: {} as never,
    channels: openGroupChannels(log),
    recaps: noRecaps,
    flows: { onResult: async () => void order.push("work goes on"), onProgress: () => {}, onPlace: () => {} } as never,
  };
  const bot = createBot(parts);
  await bot.outbox.serve("terminal", async ({ id }) => {
    order.push(`sent ${id}`);
    return id;
  });
  await outbox.idle();
  expect((await store.requests.get("waits"))?.status).toBe("waiting");
  await bot.begin();
  await bot.idle();
  expect(order).toEqual(["sent pending", "work goes on", "sent waits"]);

  // The same bot, with a command of which its table says that it is for administrators.
  const about = { en: "closes the group", ko: "그룹 닫기" };
  const closeGroup = command({
    ...{ name: "close", ko: "닫기", about, options: {}, administratorsOnly: true },
    data: z.object({ closed: z.boolean() }),
    run: async () => ({ text: "closed", data: { closed: true } }),
  });
  const strict = createBot({ ...parts, commands: [closeGroup] });
  const ask = async (id: string, administers: boolean) => {
    const from = { user: { id: "kim", name: "Kim" }, place: { ...place, adapter: "web" }, lang: "en", administers } as const;
    await strict.ask({ ...from, id, input: "/close", files: [] });
    return (await strict.outcome(id, 20, viewerOf(from)))?.reply?.data;
  };
  expect(await ask("refused", false)).toEqual({ error: "administrators_only" });
  expect(await ask("allowed", true)).toEqual({ closed: true });
  closing.abort();
  await close();
});
