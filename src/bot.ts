import { join } from "node:path";
import { commands } from "../commands/index.ts";
import { createBot } from "./chat/bot.ts";
import { openHappenings } from "./chat/happenings.ts";
import type { Bot } from "./chat/message.ts";
import type { Config } from "./config.ts";
import { embeddedQueue } from "./jobs/embedded.ts";
import { openFlows } from "./jobs/flows.ts";
import { startHost } from "./jobs/host.ts";
import { redisQueue } from "./jobs/transport.ts";
import { closers } from "./life.ts";
import type { Log } from "./log.ts";
import { installShipped, shippedFolder } from "./models/shipped.ts";
import { describeInstallation } from "./status.ts";
import { openBlobs } from "./store/blobs.ts";
import { openDatabase } from "./store/database.ts";
import { openStore } from "./store/store.ts";

/**
 * Opens everything the bot stands on, in the folder `config.home`, whose lock the caller holds. Without Redis the worker host
 * runs here too; with Redis it runs wherever `npm run worker` was called. The models in the folder `models` are ready at once.
 */
export const startBot = async (
  config: Config,
  log: Log,
  models: string = shippedFolder,
): Promise<{ bot: Bot; close(): Promise<void> }> => {
  const opened = closers();
  try {
    const { engine, database, close } = await openDatabase(join(config.home, "database"));
    opened.add(close);
    const transport = config.redisUrl ? redisQueue(config.redisUrl) : await embeddedQueue(engine);
    opened.add(transport.close);
    const store = openStore(database);
    await store.channels.open("general", "general");
    const blobs = openBlobs(join(config.home, "blobs"));
    await installShipped(models, store, blobs);
    const flows = openFlows(transport);
    const bot = await createBot({
      config,
      commands,
      store,
      blobs,
      flows,
      happenings: openHappenings(),
      log,
      childMaxMb: config.childMaxMb,
      facts: describeInstallation(config),
    });
    if (!config.redisUrl) await startHost(transport, config, log);
    return { bot, close: opened.close };
  } catch (error) {
    await opened.close();
    throw error;
  }
};
