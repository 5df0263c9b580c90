import {
  type APIInteraction,
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  InteractionType,
} from "discord.js";
import { typedArgs } from "../../reply.ts";
import { allCommands, type NamedCommand } from "../command.ts";
import { attachedOptions, commandPath, typedOptions } from "./chatInput.ts";
import { pressedOf } from "./customId.ts";
import type { Discord } from "./discord.ts";
import { isPicture } from "./download.ts";
import { filesNeeded, formFor, hasToAsk } from "./form.ts";
import { fromInteraction } from "./from.ts";
import type { HeldForms } from "./held.ts";
import { optionNamed } from "./optionJson.ts";
import { filesInMessage } from "./targetMessage.ts";

/** The command that an interaction names: by its path, or in the menu of a message. */
export const commandOf = ({ bot }: Pick<Discord, "bot">, interaction: APIInteraction): NamedCommand | undefined => {
  if (interaction.type !== InteractionType.ApplicationCommand) return undefined;
  const { data } = interaction;
  const all = allCommands(bot.commands);
  if (data.type === ApplicationCommandType.Message) return all.find(({ command }) => command.message?.en === data.name);
  if (data.type !== ApplicationCommandType.ChatInput) return undefined;
  const { path } = commandPath(data);
  return all.find((it) => it.path === path);
};

/** The form that a button opens whose command needs a picture besides. One that is gone, or seen no more, is told so by its press. */
const formOfButton = async (
  { bot, known, settings }: Pick<Discord, "bot" | "known" | "settings">,
  interaction: APIInteraction,
): Promise<APIModalInteractionResponseCallbackData | undefined> => {
  const pressed = interaction.type === InteractionType.MessageComponent ? pressedOf(interaction.data.custom_id) : undefined;
  if (pressed?.does !== "form") return undefined;
  const from = fromInteraction(interaction, known);
  const button = await bot.button(pressed, from);
  const named = allCommands(bot.commands).find((it) => it.path === button?.command);
  if (!button || !named) return undefined;
  const lang = (await settings(from.place.group)).language ?? from.lang;
  return formFor(named, { typed: typedArgs(button.args) }, { lang, without: [] });
};

/**
 * The form that an interaction has to be answered with, if it has to: a button or a command without the picture that it needs, a message's menu where the
 * command needs more than the message's pictures, or has to be told which. A form is the first answer or none, so this is looked at first.
 */
export const formNeeded = async (
  discord: Pick<Discord, "bot" | "known" | "settings">,
  held: HeldForms,
  interaction: APIInteraction,
): Promise<{ form: APIModalInteractionResponseCallbackData; kept: Promise<void> } | undefined> => {
  const ofButton = await formOfButton(discord, interaction);
  if (ofButton) return { form: ofButton, kept: Promise.resolve() };
  const named = commandOf(discord, interaction);
  if (!named || interaction.type !== InteractionType.ApplicationCommand) return undefined;
  const { data } = interaction;
  const from = fromInteraction(interaction, discord.known);
  const { options } = named.command;
  const fileOptions = Object.entries(options).flatMap(([name, spec]) => (/^(image|images|file)$/.test(spec.kind) ? [name] : []));
  const langNow = async () => (await discord.settings(from.place.group)).language ?? from.lang;
  if (data.type === ApplicationCommandType.ChatInput) {
    const { options: given } = commandPath(data);
    const files = attachedOptions(given).flatMap(({ name, id }) => {
      const [option] = optionNamed(options, name) ?? [];
      const file = data.resolved?.attachments?.[id];
      return option && file ? [{ option, file }] : [];
    });
    if (filesNeeded(named.command).every((name) => files.some((it) => it.option === name))) return undefined;
    const without = files.map((it) => it.option);
    const memory = { typed: typedOptions(given), ...(files.length > 0 && { message: interaction.id }) };
    const form = formFor(named, memory, { lang: await langNow(), without });
    return { form, kept: files.length > 0 ? held.keep(interaction.id, { userId: from.user.id, files }) : Promise.resolve() };
  }
  if (data.type !== ApplicationCommandType.Message) return undefined;
  const message = data.resolved.messages[data.target_id];
  const isOurs = message?.author.id === discord.known.self();
  const pictures = message && !isOurs ? filesInMessage(message).filter(isPicture) : [];
  if (!hasToAsk(named.command, pictures.length)) return undefined;
  const memory = { typed: {}, message: interaction.id };
  const form = formFor(named, memory, { lang: await langNow(), without: fileOptions, pictures });
  const files = pictures.map((file) => ({ file }));
  const ours = isOurs ? { message: data.target_id } : {};
  return { form, kept: held.keep(interaction.id, { userId: from.user.id, files, ...ours }) };
};
