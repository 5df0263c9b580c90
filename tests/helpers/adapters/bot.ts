import { rm } from "node:fs/promises";
import { commands } from "../../../commands/index.ts";
import { type Choices, startBot } from "../../../src/app/bot.ts";
import { webApp } from "../../../src/chat/web/app.ts";
import { serveWeb } from "../../../src/chat/web/serve.ts";
import { loadConfig } from "../../../src/config.ts";
import type { Log } from "../../../src/log.ts";
import { socketPath } from "../../../src/store/home.ts";
import { freshHome } from "../bot.ts";
import { examCommands } from "./commands.ts";

/** What an exam's bot has besides the ordinary: shipped models, a clock, or jobs that only tests know. */
export interface More extends Pick<Choices, "models" | "now"> {
  child?(home: string): URL;
}

/** A real bot that also knows the exam's commands, with the web chat on a free port and the socket file that terminals use. */
export const openExamBot = async (
  home?: string,
  environment: Readonly<Record<string, string>> = {},
  { child, ...more }: More = {},
) => {
  const folder = home ?? (await freshHome());
  const config = loadConfig({ ...process.env, PEERLAB_LOG: "silent", ...environment, PEERLAB_HOME: folder });
  const logged: string[] = [];
  const said = (_: string, value: unknown) => (value instanceof Error ? value.message : value);
  const note = (facts: unknown) => void logged.push(JSON.stringify(facts, said));
  const log = { debug: () => {}, info: () => {}, warn: note, error: note } as unknown as Log;
  const started = await startBot(config, log, {
    ...{ models: "none", commands: [...commands, ...examCommands], ...more },
    ...(child && { child: child(folder) }),
  });
  const socket = socketPath(folder);
  await rm(socket, { force: true });
  const servers = [
    await serveWeb(webApp(started, { maxImageMb: 25, log }), { host: "127.0.0.1", port: 0 }),
    await serveWeb(webApp(started, { maxImageMb: 25, log, trusted: true }), { path: socket }),
  ] as const;
  return {
    ...started,
    home: folder,
    socket,
    address: servers[0].address,
    /** What was logged as a warning or an error, as JSON. */
    logged,
    close: async () => {
      for (const server of servers) server.hangUp();
      await Promise.all(servers.map((server) => server.close()));
      await started.close();
    },
  };
};
export type ExamBot = Awaited<ReturnType<typeof openExamBot>>;
