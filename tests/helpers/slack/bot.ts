import { rm } from "node:fs/promises";
import { type ExamBot, openExamBot } from "../adapters/bot.ts";
import { until } from "../processes.ts";
import type { Call } from "./calls.ts";
import { type SlackDouble, type SlackSeen, startSlack } from "./double.ts";
import type { SlackConfig } from "./localSlack.ts";
import { BOT, CHANNEL, environmentOf, slackConfig } from "./workspace.ts";

type Trouble = (call: Call) => object | Response | undefined;

/** A real bot on a double of Slack, with what goes wrong there on demand. */
export const openSlackBot = async (
  environment: Record<string, string> = {},
  { config = slackConfig(), botPort = 0 }: { config?: SlackConfig; botPort?: number } = {},
) => {
  let trouble: Trouble = () => undefined;
  let aheadMs = 0;
  const slack: SlackDouble = await startSlack({
    config,
    botPort,
    before: (call) => trouble(call),
    now: () => Date.now() + aheadMs,
  });
  const settings = () => ({ ...environmentOf(slack), ...environment });
  let bot: ExamBot = await openExamBot(undefined, settings());
  if (config.app.mode === "socket") await until("both sockets", () => slack.sockets.standing() >= 2, 60);

  const visible = async (user?: string, channel = CHANNEL): Promise<SlackSeen[]> =>
    (await slack.messages(channel)).filter((it) => it.user === BOT && (it.ephemeral_to ?? user) === user);
  return {
    slack,
    bot: () => bot,
    /** What the bot shows in a channel, to this person or, left out, to everybody. */
    visible,
    /** A message of the bot's, once there is one like this. */
    seen: (like: RegExp, user?: string, channel = CHANNEL): Promise<SlackSeen> =>
      until(
        `${like} in ${channel}`,
        async () => (await visible(user, channel)).find((it) => like.test(`${it.text}\n${JSON.stringify(it.blocks ?? [])}`)),
        50,
      ),
    /** How often the bot called a method, with arguments like these. */
    called: (method: string, like: RegExp = /./) =>
      slack.calls.filter((it) => it.method === method && like.test(JSON.stringify(it.params))),
    /** Lets calls go wrong until it is set right again. */
    during: async <T>(wrong: Trouble, work: () => Promise<T>): Promise<T> => {
      trouble = wrong;
      try {
        return await work();
      } finally {
        trouble = () => undefined;
      }
    },
    /** Moves the double's clock. */
    later: (ms: number) => {
      aheadMs += ms;
    },
    restart: async () => {
      await bot.close();
      bot = await openExamBot(bot.home, settings());
      await until("both sockets", () => slack.sockets.standing() >= 2, 60);
    },
    close: async () => {
      await bot.close();
      await slack.stop();
      await rm(bot.home, { recursive: true, force: true });
    },
  };
};
export type SlackBot = Awaited<ReturnType<typeof openSlackBot>>;
