import { createHash } from "node:crypto";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commands } from "../../commands/index.ts";
import { openBlobs } from "../../src/blobs/blobs.ts";
import { openCheckpoints } from "../../src/blobs/checkpoints.ts";
import { createBot } from "../../src/chat/bot.ts";
import { openEvents } from "../../src/chat/events.ts";
import { openGroupChannels } from "../../src/chat/groupChannels.ts";
import { openOutbox } from "../../src/chat/outbox.ts";
import { requestId } from "../../src/chat/requestId.ts";
import { loadConfig } from "../../src/config.ts";
import { embeddedQueue } from "../../src/jobs/embedded.ts";
import { openFlows } from "../../src/jobs/flows.ts";
import { openLog } from "../../src/log.ts";
import { openDatabase } from "../../src/store/database.ts";
import { openStore } from "../../src/store/store.ts";
import { noRecaps } from "./noRecaps.ts";

/**
 * A process with a bot on a chat platform of its own, which keeps what was sent to it in a folder: a message a file, named after its nonce,
 * so that the same nonce sent twice is one message. Stops for good at the moment that PEERLAB_HOLD_AT names, having said "held", to be killed
 * there. Each event that it is started with comes from the platform.
 */
const holdAt = process.env["PEERLAB_HOLD_AT"];
const hold = async (moment: string) => {
  if (moment !== holdAt) return;
  console.log("held");
  await new Promise(() => {});
};

const config = loadConfig(process.env);
const log = openLog(config);
const folder = join(config.home, "platform");
const { engine, database } = await openDatabase(join(config.home, "database"));
const store = openStore(database);
const closing = new AbortController();
const outbox = openOutbox({ store, log, closing: closing.signal });
const blobs = join(config.home, "blobs");
const flows = await openFlows(await embeddedQueue(engine, log), openCheckpoints(blobs));
const bot = createBot({
  ...{ config, log, commands, store, flows, outbox, events: openEvents(), blobs: openBlobs(blobs) },
  ...{
    channels: openGroupChannels(log),
    recaps: noRecaps,
    mostWaiting: 40,
    childMaxMb: 1000,
    facts: () => [],
    closing: closing.signal,
  },
});

const place = { adapter: "terminal", group: "guild", channel: "lounge" } as const;
const user = { id: "kim", name: "Kim" };
/** What the platform's event says; the text of the message is "downloaded" only now. */
const ask = async (id: string) => {
  appendFileSync(join(folder, "asked.txt"), `${id}\n`);
  await bot.ask({ id, user, place, lang: "en", input: "/help", files: [] });
  await hold("before the receipt is removed");
};

await bot.receipts.workOff("terminal", ({ id }) => ask(id));
await outbox.serve("terminal", async ({ id, reply, attempts }) => {
  appendFileSync(join(folder, "calls.txt"), `${id} ${attempts}\n`);
  await hold("before the send");
  const nonce = createHash("sha256").update(id).digest("hex").slice(0, 25);
  if (!readdirSync(folder).includes(nonce)) writeFileSync(join(folder, nonce), reply.text);
  await hold("after the send");
  return nonce;
});
await bot.begin();
for (const event of process.argv.slice(2)) {
  const id = requestId("terminal", event);
  if (!(await bot.receipts.receive({ id, adapter: "terminal", userId: user.id, event }))) continue;
  console.log(`acknowledged ${event}`);
  await hold("after the acknowledgement");
  await ask(id);
  await bot.receipts.workedOff(id);
}
await bot.idle();
const left = { receipts: await store.receipts.pending("terminal"), waiting: (await store.requests.waiting()).length };
console.log(`done ${JSON.stringify({ ...left, lines: readFileSync(join(folder, "asked.txt"), "utf8").trim().split("\n") })}`);
process.exit(0);
