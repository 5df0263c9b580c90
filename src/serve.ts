import { rm } from "node:fs/promises";
import { startBot } from "./bot.ts";
import { webApp } from "./chat/web/app.ts";
import { serveWeb } from "./chat/web/serve.ts";
import type { Config } from "./config.ts";
import { closers } from "./life.ts";
import type { Log } from "./log.ts";
import { socketPath } from "./store/home.ts";
import { takeLock } from "./store/lock.ts";
import { ownSecret } from "./store/secret.ts";

/** A running Peerlab: the bot, its workers, and the ways in. */
export interface Serving {
  /** Where the web chat is, when it was asked for. */
  address?: string;
  close(): Promise<void>;
  /** Takes no more asks, lets everybody who waits get their answer, then closes. */
  finish(): Promise<void>;
}

/**
 * Starts Peerlab in `config.home` and listens on its socket for `ask`, and with `web` on a port too. Nothing when another
 * process holds the folder.
 */
export const serve = async (config: Config, log: Log, { web }: { web: boolean }): Promise<Serving | undefined> => {
  const release = await takeLock(config.home);
  if (!release) return undefined;
  const opened = closers();
  opened.add(release);
  try {
    const { bot, close } = await startBot(config, log);
    opened.add(close);
    const path = socketPath(config.home);
    await rm(path, { force: true });
    const local = await serveWeb(webApp(bot, { maxImageMb: config.maxImageMb, log, trusted: true }), { path });
    opened.add(local.close);
    const finish = async () => {
      await rm(path, { force: true });
      await bot.idle();
      await opened.close();
    };
    if (!web) return { close: opened.close, finish };
    const door = { token: config.webToken, secret: await ownSecret(config.home) };
    const open = await serveWeb(webApp(bot, { maxImageMb: config.maxImageMb, log, ...door }), config);
    opened.add(open.close);
    return { address: open.address, close: opened.close, finish };
  } catch (error) {
    await opened.close();
    throw error;
  }
};
