import { rm } from "node:fs/promises";
import { type WebOptions, webApp } from "../chat/web/app.ts";
import { serveWeb, type WebServer } from "../chat/web/serve.ts";
import type { Config } from "../config.ts";
import { UserError } from "../errors.ts";
import { openHealth } from "../health.ts";
import type { Closers } from "../lifecycle.ts";
import type { Log } from "../log.ts";
import type { Space } from "../space.ts";
import { socketPath } from "../store/home.ts";
import { ownSecret } from "../store/secret.ts";
import type { Started } from "./bot.ts";
import { keepOpen } from "./reopen.ts";
import { systemCode } from "./systemCode.ts";

/** A running Peerlab: the bot, its workers and its servers. */
export interface Serving {
  /** Where the web chat is, when it was asked for. */
  address?: string;
  close(): Promise<void>;
  /** Takes no more requests, waits until everybody has an answer, then closes. */
  finish(): Promise<void>;
}

const listen = async (app: Parameters<typeof serveWeb>[0], { host, port }: Config): Promise<WebServer> => {
  try {
    return await serveWeb(app, { host, port });
  } catch (cause) {
    const code = systemCode(cause);
    throw code ? new UserError("port_unusable", { host, port, code }, { cause }) : cause;
  }
};

/** What the servers are opened on. */
interface Ground {
  config: Config;
  log: Log;
  space: Space;
  /** Closes what was opened already, and what is opened here as well; for the caller where this throws. */
  opened: Closers;
  /** A new home's copy of the prepared one. */
  begun: Promise<boolean> | undefined;
  /** Whether to listen on a port too. */
  web: boolean;
}

/** Opens the bot and listens on the home's socket for `ask`, with `web` on a port too. */
export const openServers = async ({ config, log, space, opened, begun, web }: Ground): Promise<Serving> => {
  const servers: WebServer[] = [];
  const hangUp = () => {
    for (const it of servers) it.hangUp();
  };
  const kept = await keepOpen({ config, log, space, begun, onClosed: hangUp }, web);
  opened.add(kept.close);
  const health = openHealth({
    database: async () => kept.now()?.checks.database() ?? "closed",
    queue: async () => kept.now()?.checks.queue() ?? "closed",
    disk: space.state,
  });
  /** Serves whichever bot is open now. */
  const front = (who: Pick<WebOptions, "token" | "secret" | "wrongTokens" | "trusted">) => {
    const build = (open: Started | undefined) => webApp(open, { maxImageMb: config.maxImageMb, log, health, space, ...who });
    let [open, app] = [kept.now(), build(kept.now())];
    return {
      fetch: (...given: Parameters<typeof app.fetch>) => {
        if (open !== kept.now()) {
          open = kept.now();
          app = build(open);
        }
        return app.fetch(...given);
      },
    };
  };
  const path = socketPath(config.home);
  await rm(path, { force: true });
  servers.push(await serveWeb(front({ trusted: true }), { path }));
  if (web) {
    const guarded = { token: config.webToken, secret: await ownSecret(config.home), wrongTokens: config.wrongTokens };
    servers.push(await listen(front(guarded), config));
  }
  for (const it of servers) opened.add(it.close);
  const finish = async () => {
    await rm(path, { force: true });
    // Without room, what is queued waits for the next start.
    const full = new Promise<void>((resolve) => void space.follow((room) => room || resolve()));
    await Promise.race([kept.now()?.bot.idle(), full]);
    await opened.close();
  };
  const address = servers[1]?.address;
  return { ...(address && { address }), close: opened.close, finish };
};
