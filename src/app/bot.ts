import { join } from "node:path";
import { commands } from "../../commands/index.ts";
import { openBlobs } from "../blobs/blobs.ts";
import { type Bot, createBot } from "../chat/bot.ts";
import { openEvents } from "../chat/events.ts";
import { openOutbox } from "../chat/outbox.ts";
import { openTerminal } from "../chat/terminal/adapter.ts";
import { openWebChat, type WebChat } from "../chat/web/chat.ts";
import type { Config } from "../config.ts";
import type { Checks } from "../health.ts";
import { queues } from "../jobs/contract.ts";
import { embeddedQueue } from "../jobs/embedded.ts";
import { openFlows } from "../jobs/flows.ts";
import { startHost } from "../jobs/host.ts";
import { redisQueue } from "../jobs/transport.ts";
import { openClosers } from "../lifecycle.ts";
import type { Log } from "../log.ts";
import { openDatabase } from "../store/database.ts";
import { pruneHourly } from "../store/pruning.ts";
import { installShipped, shippedFolder } from "../store/shippedModels.ts";
import { openStore } from "../store/store.ts";
import { describeInstallation } from "./installation.ts";

const DAY_MS = 24 * 3600_000;

/** An open bot with what it runs on. */
export interface Started {
  bot: Bot;
  web: WebChat;
  checks: Pick<Checks, "database" | "queue">;
  /** Allows or forbids its workers to begin jobs. */
  work(may: boolean): void;
  close(): Promise<void>;
}

/**
 * Opens everything the bot runs on, in the folder `config.home`, whose lock the caller holds. Without Redis the worker host
 * runs here too; with Redis it runs wherever `npm run worker` was started. Installs the models in the folder `models`.
 * `onEnd` is called when the database has ended by itself; then the only thing left to do is to close.
 */
export const startBot = async (
  config: Config,
  log: Log,
  models: string = shippedFolder,
  onEnd: (error: unknown) => void = () => {},
): Promise<Started> => {
  const opened = openClosers();
  const closing = new AbortController();
  let ended = false;
  try {
    const { engine, database, tidyUp, close } = await openDatabase(join(config.home, "database"), (error) => {
      ended = true;
      onEnd(error);
    });
    opened.add(close);
    const transport = config.redisUrl ? redisQueue(config.redisUrl, log) : await embeddedQueue(engine, log);
    // Running jobs cannot report to a database that has ended, so nobody waits for them; they are run again.
    opened.add(() => transport.close(ended));
    await tidyUp();
    const store = openStore(database);
    await store.messages.openChannel("general", "general");
    const blobs = openBlobs(join(config.home, "blobs"));
    await blobs.dropDrafts();
    await installShipped(models, store, blobs);
    const flows = openFlows(transport);
    opened.add(() => closing.abort());
    const outbox = openOutbox({ store, log, closing: closing.signal });
    const bot = createBot({
      config,
      mostWaiting: config.waitingPerPerson,
      closing: closing.signal,
      commands,
      store,
      blobs,
      flows,
      events: openEvents(),
      outbox,
      log,
      childMaxMb: config.childMaxMb,
      facts: describeInstallation(config),
    });
    // Adapters listen before work goes on, so that no answer comes while nobody takes it.
    const web = await openWebChat(bot, store);
    await openTerminal(bot);
    await bot.begin();
    if (!config.redisUrl) await startHost(transport, config, log);
    pruneHourly(store.pruning, blobs, { keepMs: config.keepDays * DAY_MS, tidyUp, signal: closing.signal, log });
    const checks = {
      database: async () => {
        await engine.query("select 1");
        return "ok";
      },
      queue: async () => {
        await transport.queue(queues[0]).isPaused();
        return "ok";
      },
    };
    return { bot, web, checks, work: transport.work, close: opened.close };
  } catch (error) {
    await opened.close();
    throw error;
  }
};
