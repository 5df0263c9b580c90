import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freshHome } from "../../helpers/bot.ts";
import type { Call } from "../../helpers/discord/calls.ts";
import { type DiscordDouble, startDiscord } from "../../helpers/discord/double.ts";
import { BOT, CHANNEL, environmentOf, serverOptions, users } from "../../helpers/discord/server.ts";
import { openValidator } from "../../helpers/discord/validation.ts";
import { until } from "../../helpers/processes.ts";

const helper = join(import.meta.dirname, "../../helpers/discord/child.ts");
const LOADING = 128;
let home: string;
let discord: DiscordDouble;
let child: ChildProcess | undefined;
/** What is asked for, another in each test: they all use one Discord, and the bot that the one before has started. */
let n = 0;
beforeAll(async () => {
  home = await freshHome();
  discord = await startDiscord(serverOptions());
  await start();
}, 180_000);
afterAll(async () => {
  child?.kill("SIGKILL");
  await discord.stop();
  rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
  n += 1;
});
afterEach(() => {
  discord.staged.before = () => undefined;
});

/** Starts a bot in a process of its own, and waits until it is on Discord. */
const start = async () => {
  const env = { ...process.env, ...environmentOf(discord), PEERLAB_HOME: home, PEERLAB_LOG: "silent" };
  child = spawn(process.execPath, ["--import", "tsx", helper], { env, stdio: ["ignore", "ignore", "inherit"] });
  await until("the bot on Discord", discord.isConnected, 150);
};
const kill = async () => {
  const ended = once(child as ChildProcess, "exit");
  child?.kill("SIGKILL");
  await ended;
  await until("Discord to notice", () => !discord.isConnected());
};
/** Kills the bot at its first call like this; Discord has done what was called for, or has not. */
const killAt = (fits: (call: Call) => boolean, isDone: boolean) =>
  new Promise<void>((resolve, reject) => {
    discord.staged.before = async (call) => {
      if (!fits(call)) return undefined;
      discord.staged.before = () => undefined;
      await kill().then(resolve, reject);
      return isDone ? undefined : Response.json({}, { status: 500 });
    };
  });

const ways = {
  "a command": {
    send: () =>
      discord.act({
        ...{ type: 2, channelId: CHANNEL, userId: users.Mina },
        data: { id: "1", name: "count", type: 1, options: [{ name: "n", type: 4, value: n }] },
      }),
    isAnswer: ({ method, path }: Call) => method === "PATCH" && path.endsWith("/messages/@original"),
  },
  "a mention": {
    send: () => discord.say(CHANNEL, users.Mina, `<@${BOT}> count n:${n}`),
    isAnswer: ({ method, path }: Call) => method === "POST" && path === `/channels/${CHANNEL}/messages`,
  },
};

/** The answers to the test's question, and whatever still waits for one. */
const shown = async (): Promise<string[]> =>
  (await discord.shownTo(users.Mina, CHANNEL))
    .map(({ content, flags }) => ((Number(flags) & LOADING) !== 0 ? "waiting" : content))
    .filter((it) => it === `count ${n}` || it === "waiting");
const seesOneAnswer = async () => {
  await until("the answer", async () => (await shown()).includes(`count ${n}`), 60);
  expect(await shown()).toEqual([`count ${n}`]);
};

describe("SIGKILL delivers once", { timeout: 180_000 }, () => {
  it("between the receipt and the acknowledgement: the three seconds are over by then, and the answer is a message of the bot's", async () => {
    const killed = killAt(({ path }) => path.startsWith("/interactions/"), false);
    await ways["a command"].send();
    await killed;
    await start();
    await seesOneAnswer();
  });

  it("between the acknowledgement and the answer", async () => {
    const killed = killAt(({ path }) => path.startsWith("/interactions/"), true);
    await ways["a command"].send();
    await killed;
    await start();
    await seesOneAnswer();
  });

  it.each(Object.entries(ways))("between the answer and its sending: %s", async (_, { send, isAnswer }) => {
    const killed = killAt(isAnswer, false);
    await send();
    await killed;
    await start();
    await seesOneAnswer();
  });

  it.each(Object.entries(ways))("between the sending and the note of it: %s", async (_, { send, isAnswer }) => {
    const killed = killAt(isAnswer, true);
    await send();
    await killed;
    await start();
    await seesOneAnswer();
  });

  it("and nothing more comes until the bot has ended", async () => {
    const ended = once(child as ChildProcess, "exit");
    child?.kill("SIGTERM");
    await ended;
    const contents = (await discord.shownTo(users.Mina, CHANNEL)).map((it) => it.content);
    expect(contents.toSorted()).toEqual(Array.from({ length: n - 1 }, (_, index) => `count ${index + 1}`));
    expect(discord.calls.flatMap(openValidator())).toEqual([]);
  });
});
