import { deepStrictEqual } from "node:assert";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBot } from "../../src/app/bot.ts";
import { allCommands, type CommandEntry } from "../../src/chat/command.ts";
import type { Outcome, Peer } from "../../src/chat/request.ts";
import type { Asked } from "../../src/chat/web/chat.ts";
import { loadConfig } from "../../src/config.ts";
import type { FileRef } from "../../src/files.ts";
import { openLog } from "../../src/log.ts";
import { LOCAL_GROUP } from "../../src/place.ts";
import { emptyDatabase } from "./emptyDatabase.ts";

export const mina = { id: "mina", name: "Mina" };
/** Somebody who looks from the web chat or the terminal. */
export const localViewer = (user?: Peer) => ({ userId: user?.id ?? "", groupId: LOCAL_GROUP });

/** A new data folder, whose database has no tables yet. */
export const freshHome = async (): Promise<string> => {
  const home = await mkdtemp(join(tmpdir(), "peerlab-"));
  await emptyDatabase(join(home, "database"));
  return home;
};

/** What a test's bot has besides the ordinary: other commands, or jobs that only tests know. */
export interface More {
  commands?: readonly CommandEntry[];
  child?(home: string): URL;
  /** The bot's clock. */
  now?(): Date;
}

/** A real bot with a real database, queue and worker children, in a folder of its own; without models unless a folder of them is given. */
export const openTestBot = async (
  home?: string,
  environment: Record<string, string> = {},
  models = "none",
  { commands, child, now }: More = {},
) => {
  const folder = home ?? (await freshHome());
  const config = loadConfig({ ...process.env, PEERLAB_LOG: "silent", ...environment, PEERLAB_HOME: folder });
  const { bot, recaps, store, adapters, links, close } = await startBot(config, openLog(config), {
    models,
    ...(commands && { commands }),
    ...(child && { child: child(folder) }),
    ...(now && { now }),
  });
  const { web } = adapters;

  const send = async (input: Asked["input"], files: readonly FileRef[] = [], more: Partial<Asked> = {}): Promise<string> => {
    const id = randomUUID();
    await web.ask({ id, channel: "general", user: mina, lang: "en", input, files, ...more });
    return id;
  };
  /** An answer; what it says to programs is what its command's schema promises, no more and no less. */
  const answerTo = async (id: string, user: Peer = mina, seconds = 60): Promise<Outcome> => {
    const outcome = await bot.outcome(id, seconds, localViewer(user));
    if (!outcome || outcome.status === "waiting") throw new Error(`No answer to ${id} within ${seconds} s`);
    const data = outcome.reply?.data;
    const isErased = (data as { error?: string } | undefined)?.error === "erased";
    const schema = allCommands(bot.commands).find((it) => it.path === outcome.command)?.command.data;
    if (outcome.status === "done" && !isErased) deepStrictEqual(schema?.parse(data), data);
    return outcome;
  };
  return {
    home: folder,
    bot,
    recaps,
    store,
    adapters,
    links,
    web,
    /** The bytes of a file that this person may see. */
    read: (blob: string, user?: Peer) => bot.read(blob, localViewer(user)),
    send,
    answerTo,
    ask: async (...given: Parameters<typeof send>) => answerTo(await send(...given), given[2]?.user),
    close,
    erase: async () => {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
export type TestBot = Awaited<ReturnType<typeof openTestBot>>;
