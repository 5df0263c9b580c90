import { join } from "node:path";
import { commands } from "../../../commands/index.ts";
import { openBlobs } from "../../../src/blobs/blobs.ts";
import { openCheckpoints } from "../../../src/blobs/checkpoints.ts";
import { createBot } from "../../../src/chat/bot.ts";
import { openEvents } from "../../../src/chat/events.ts";
import { openGroupChannels } from "../../../src/chat/groupChannels.ts";
import { type Outbox, openOutbox } from "../../../src/chat/outbox.ts";
import { slack } from "../../../src/chat/slack/adapter.ts";
import { loadConfig } from "../../../src/config.ts";
import { embeddedQueue } from "../../../src/jobs/embedded.ts";
import { openFlows } from "../../../src/jobs/flows.ts";
import { openLog } from "../../../src/log.ts";
import { openDatabase } from "../../../src/store/database.ts";
import { openStore } from "../../../src/store/store.ts";
import { examCommands } from "../adapters/commands.ts";
import { noRecaps } from "../noRecaps.ts";

/**
 * A process with a bot on Slack, at the double that its environment names. Stops for good at the moment that PEERLAB_HOLD_AT names, having said
 * "held", to be killed there. Says "connected" when Slack can send, and ends politely when its standard input does.
 */
const holdAt = process.env["PEERLAB_HOLD_AT"];
const hold = async (moment: string) => {
  if (moment !== holdAt) return;
  console.log("held");
  await new Promise(() => {});
};

const config = loadConfig(process.env);
const log = openLog(config);
const { engine, database } = await openDatabase(join(config.home, "database"));
const store = openStore(database);
const closing = new AbortController();
const outbox = openOutbox({ store, log, closing: closing.signal });
const blobs = join(config.home, "blobs");
const flows = await openFlows(await embeddedQueue(engine, log), openCheckpoints(blobs));
const bot = createBot({
  ...{ config, log, store, flows, events: openEvents(), blobs: openBlobs(blobs), commands: [...commands, ...examCommands] },
  ...{
    outbox,
    channels: openGroupChannels(log),
    recaps: noRecaps,
    mostWaiting: 40,
    childMaxMb: 1000,
    facts: () => [],
    closing: closing.signal,
  },
});

const serve: Outbox["serve"] = (adapter, send) =>
  outbox.serve(adapter, async (delivery) => {
    await hold("before the send");
    const sent = await send(delivery);
    await hold("after the send");
    return sent;
  });
await slack.start({
  ...{ store, config, log, signal: closing.signal, linkTo: () => "" },
  bot: {
    ...bot,
    outbox: { ...outbox, serve },
    receipts: {
      ...bot.receipts,
      receive: async (receipt) => {
        const isNew = await bot.receipts.receive(receipt);
        await hold("before the acknowledgement");
        return isNew;
      },
    },
    ask: async (request) => {
      await hold("after the acknowledgement");
      return bot.ask(request);
    },
  },
  connection: ({ state }) => console.log(state),
});
await bot.begin();
process.stdin.resume().on("close", async () => {
  await bot.idle();
  console.log(`left ${(await store.receipts.pending("slack")).length} ${(await store.requests.waiting()).length}`);
  process.exit(0);
});
