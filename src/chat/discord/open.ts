import type { AdapterParts } from "../adapter.ts";
import type { Discord } from "./discord.ts";
import { eraseFromDiscord } from "./erase.ts";
import { keepGateway } from "./gateway.ts";
import { openProgressMessages } from "./progress.ts";
import { openReceiving } from "./receive.ts";
import { clearServerCommands, registerCommands } from "./register.ts";
import { openRest } from "./rest.ts";
import { openSending } from "./send.ts";
import { openSettings } from "./settings.ts";

/** Opens Discord over a bot: it listens, takes the deliveries for Discord from the outbox, and goes on with what was acknowledged. */
export const openDiscord = async ({ config, connection, ...parts }: AdapterParts): Promise<void> => {
  const { bot, log, signal } = parts;
  if (!config.discord) throw new Error("Expected Discord's token: the adapter is started only where it is set");
  const rest = openRest(config.discord);

  const register = async () => {
    const application = known.self();
    if (application === undefined) return;
    const isChanged = await registerCommands({ rest, application, commands: bot.commands });
    const cleared = await clearServerCommands({ rest, application }, known.servers(), log);
    if (isChanged || cleared > 0) log.info({ adapter: "discord", cleared }, "commands are registered");
  };
  const known = keepGateway(config.discord, {
    onInteraction: (interaction) => receiving.onInteraction(interaction),
    onMessage: (message) => receiving.onMessage(message),
    onReady: () => {
      register().catch((err: unknown) => {
        if (!signal.aborted) log.error({ err, adapter: "discord" }, "commands could not be registered; they stay as they were");
      });
    },
    ...{ connection, log, signal },
  });
  const sparingRest = openRest(config.discord, { isSparing: true });
  const discord: Discord = { ...parts, rest, sparingRest, known, settings: openSettings(bot) };
  const progress = openProgressMessages(discord);
  const sending = openSending(discord, progress.ended);
  const receiving = openReceiving(discord, { sending, progress });

  bot.channels.serve("discord", async (group) => known.channels(group.replace(/^discord:/, "")));
  bot.events.onProgress("discord", progress.report);
  bot.events.onErased(({ deliveries }) => void eraseFromDiscord(deliveries, discord));
  await receiving.goOn();
  await bot.outbox.serve("discord", sending.send);
};
