import { join } from "node:path";
import { commands as allCommands } from "../../commands/index.ts";
import { recapMaker } from "../../commands/parts/recapMaker.ts";
import { openBlobs } from "../blobs/blobs.ts";
import { openCache } from "../blobs/cache.ts";
import { openCheckpoints } from "../blobs/checkpoints.ts";
import { type OpenAdapters, startAdapters } from "../chat/adapters.ts";
import { type Bot, createBot } from "../chat/bot.ts";
import type { CommandEntry } from "../chat/command.ts";
import { openConnections } from "../chat/connections.ts";
import { openEvents } from "../chat/events.ts";
import { openGroupChannels } from "../chat/groupChannels.ts";
import { openOutbox } from "../chat/outbox.ts";
import { openRecaps, type Recaps } from "../chat/recaps.ts";
import { type FileLinks, openFileLinks } from "../chat/web/fileLinks.ts";
import type { Config } from "../config.ts";
import type { Checks } from "../health.ts";
import { openAlarms } from "../jobs/alarms.ts";
import { embeddedQueue } from "../jobs/embedded.ts";
import { openFlows } from "../jobs/flows.ts";
import { startHost } from "../jobs/host.ts";
import { queueNames } from "../jobs/queues.ts";
import { redisQueue } from "../jobs/transport.ts";
import { openClosers } from "../lifecycle.ts";
import type { Log } from "../log.ts";
import { openDatabase } from "../store/database.ts";
import { beginPrepared } from "../store/preparedHome.ts";
import { pruneHourly } from "../store/pruning.ts";
import { ownSecret } from "../store/secret.ts";
import { installShipped, shippedFolder } from "../store/shippedModels.ts";
import { openStore, type Store } from "../store/store.ts";
import { describeInstallation } from "./installation.ts";

const DAY_MS = 24 * 3600_000;

/** An open bot with what it runs on. */
export interface Started {
  bot: Bot;
  recaps: Pick<Recaps, "attend">;
  store: Store;
  adapters: OpenAdapters;
  links: FileLinks;
  checks: Pick<Checks, "database" | "queue">;
  /** Allows or forbids its workers to begin jobs. */
  work(may: boolean): void;
  close(): Promise<void>;
}

/** What may be other than it usually is. */
export interface Choices {
  models?: string;
  commands?: readonly CommandEntry[];
  /** What its worker children run. */
  child?: URL;
  /** A copy of the prepared home that has begun already. */
  begun?: Promise<boolean> | undefined;
  onEnd?(error: unknown): void;
  /** The clock by which requests are dated and recaps are due. */
  now?(): Date;
}

/**
 * Opens everything the bot runs on, in the folder `config.home`, whose lock the caller holds. Without Redis the worker host
 * runs here too; with Redis it runs wherever `npm run worker` was started. Installs the models in the folder `models`.
 * `onEnd` is called when the database has ended by itself; then the only thing left to do is to close.
 */
export const startBot = async (
  config: Config,
  log: Log,
  { models = shippedFolder, commands = allCommands, child, begun, onEnd = () => {}, now = () => new Date() }: Choices = {},
): Promise<Started> => {
  const opened = openClosers();
  const closing = new AbortController();
  let ended = false;
  try {
    const isPrepared = await (begun ?? beginPrepared(config.home));
    const { engine, database, tidyUp, close } = await openDatabase(join(config.home, "database"), (error) => {
      ended = true;
      onEnd(error);
    });
    opened.add(close);
    const transport = config.redisUrl ? redisQueue(config.redisUrl, log) : await embeddedQueue(engine, log);
    // Running jobs cannot report to a database that has ended, so nobody waits for them; they are run again.
    opened.add(() => transport.close(ended));
    if (!isPrepared) await tidyUp();
    const store = openStore(database);
    await store.messages.openChannel("general", "general");
    const blobsFolder = join(config.home, "blobs");
    const blobs = openBlobs(blobsFolder);
    const checkpoints = openCheckpoints(blobsFolder);
    await blobs.dropDrafts();
    await installShipped(models, store, blobs);
    const flows = await openFlows(transport, checkpoints);
    const outbox = openOutbox({ store, log, closing: closing.signal });
    // What is on its way to a platform may arrive, and be noted.
    opened.add(() => {
      closing.abort();
      return outbox.idle();
    });
    const recaps = openRecaps({
      ...{ store, flows, outbox, blobs, commands, log, now },
      ...{ alarms: openAlarms(transport), maker: recapMaker },
    });
    const connections = openConnections(log);
    const facts = describeInstallation(config);
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
      channels: openGroupChannels(log),
      recaps,
      now,
      log,
      childMaxMb: config.childMaxMb,
      facts: () => [...facts, ...connections.lines()],
    });
    // Adapters listen before work goes on, so that no answer comes while nobody takes it.
    const links = openFileLinks(config.webUrl, await ownSecret(config.home), blobs);
    const adapters = await startAdapters({ bot, store, config, connections, linkTo: links.linkTo, log, signal: closing.signal });
    await bot.begin();
    if (!config.redisUrl) await startHost(transport, config, log, queueNames, child);
    pruneHourly(
      store.pruning,
      { blobs, checkpoints, cache: openCache(blobsFolder) },
      { keepMs: config.keepDays * DAY_MS, tidyUp, signal: closing.signal, log },
    );
    const checks = {
      database: async () => {
        await engine.query("select 1");
        return "ok";
      },
      queue: async () => {
        await transport.queue("images").isPaused();
        return "ok";
      },
    };
    return { bot, recaps, store, adapters, links, checks, work: transport.work, close: opened.close };
  } catch (error) {
    await opened.close();
    throw error;
  }
};
