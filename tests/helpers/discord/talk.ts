import { rm } from "node:fs/promises";
import type { APIMessage } from "discord.js";
import { requestId } from "../../../src/chat/requestId.ts";
import { type ExamBot, openExamBot } from "../adapters/bot.ts";
import { until } from "../processes.ts";
import { chatCommand, readLine } from "./acting.ts";
import { startDiscord } from "./double.ts";
import { CHANNEL, environmentOf, SERVER, serverOptions, users } from "./server.ts";
import { openValidator } from "./validation.ts";

/** A bot on a Discord on loopback, and what its people do there. */
export const openTalk = async () => {
  const double = await startDiscord(serverOptions());
  const validate = openValidator();
  const bot: ExamBot = await openExamBot(undefined, environmentOf(double));
  await until("the bot on Discord", double.isConnected);
  const place = { adapter: "discord", group: `discord:${SERVER}`, channel: CHANNEL } as const;
  const idOf = (event: string) => requestId("discord", event);
  return {
    ...{ double, bot, place, idOf },
    /** Somebody uses a chat command: the id of its request, and the event. */
    command: async (
      line: string,
      files: readonly File[] = [],
      { user = users.Mina as string, amend = {}, channelId = CHANNEL } = {},
    ) => {
      const asked = readLine(line, bot.bot.commands);
      const data = await chatCommand(double, bot.bot.commands, asked?.path ?? line, asked?.args ?? {}, files);
      const { id, event } = await double.act({ type: 2, channelId, userId: user, data: data ?? {} }, amend);
      return { id: idOf(id), event };
    },
    /** A press of a button, or of a menu with what is chosen. */
    press: async (message: APIMessage, customId: string, user: string = users.Mina, values?: readonly string[]) => {
      const data = { custom_id: customId, ...(values ? { component_type: 3, values } : { component_type: 2 }) };
      const { id, event } = await double.act({
        type: 3,
        channelId: message.channel_id,
        userId: user,
        data,
        messageId: message.id,
      });
      return { id: idOf(id), event };
    },
    /** A message of the bot's that somebody sees, and that says this. */
    shown: (said: string | RegExp, { user = users.Mina as string, channel = CHANNEL } = {}): Promise<APIMessage> =>
      until(`"${said}" on Discord`, async () => {
        const is = (it: APIMessage) => (typeof said === "string" ? it.content.includes(said) : said.test(it.content));
        return (await double.shownTo(user, channel)).find(is);
      }),
    /** Resolves when a request's answer is on Discord, or given up: how that was noted. */
    settled: (request: string, state = "sent") =>
      until(`${request} to be ${state}`, async () => {
        const row = await bot.store.deliveries.get(request);
        return row?.state === state ? row : undefined;
      }),
    /** Answers the next `times` calls that fit in Discord's place. Returns how many did. */
    refuse: (fits: RegExp, answer: () => Response, times = Number.POSITIVE_INFINITY) => {
      const refused = { count: 0 };
      double.staged.before = ({ method, path }) => {
        if (refused.count >= times || !fits.test(`${method} ${path}`)) return undefined;
        refused.count += 1;
        return answer();
      };
      return refused;
    },
    complaints: () => double.calls.flatMap(validate),
    close: async () => {
      await bot.close();
      await double.stop();
      await rm(bot.home, { recursive: true, force: true });
    },
  };
};
export type Talk = Awaited<ReturnType<typeof openTalk>>;
