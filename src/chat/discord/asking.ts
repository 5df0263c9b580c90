import type {
  APIAttachment,
  APIChatInputApplicationCommandInteraction,
  APIMessage,
  APIMessageApplicationCommandInteraction,
  APIModalSubmitInteraction,
} from "discord.js";
import { UserError } from "../../errors.ts";
import type { FileRef } from "../../files.ts";
import type { Args } from "../../reply.ts";
import { allCommands, type Command } from "../command.ts";
import { filesTaken } from "../options.ts";
import type { From, IncomingRequest } from "../request.ts";
import { asksAbout } from "../understand.ts";
import { attachedOptions, commandPath, typedOptions } from "./chatInput.ts";
import type { FormMemory } from "./customId.ts";
import type { Discord } from "./discord.ts";
import { type DiscordFile, downloadAll, isPicture } from "./download.ts";
import { filledIn, picturesTaken, WHICH } from "./form.ts";
import { fromInteraction } from "./from.ts";
import type { Held } from "./held.ts";
import { fromDiscord } from "./markdown.ts";
import { commandOf } from "./opening.ts";
import { optionNamed } from "./optionJson.ts";
import { filesInMessage, filesOfOurs } from "./targetMessage.ts";

/** A request without its id and its token. */
type Asked = Omit<IncomingRequest, "id" | "token">;
type Typed = Readonly<Record<string, string>>;

/** The arguments of a command from what was typed and attached for its options; files are downloaded now, because their links expire. */
const argsFrom = async (
  discord: Discord,
  { user }: From,
  { options }: Command,
  typed: Typed,
  attached: readonly { option: string; file: DiscordFile }[],
): Promise<Args> => {
  const args: Record<string, Args[string]> = { ...typed };
  for (const [name, spec] of Object.entries(options)) {
    const own = attached.filter((it) => it.option === name).map((it) => it.file);
    if (own.length === 0 || filesTaken(spec) === 0) continue;
    const files = await downloadAll(user, own.slice(0, filesTaken(spec)), discord);
    args[name] = spec.kind === "images" ? files : files[0];
  }
  return args;
};

const attachedBy = (
  { options }: Command,
  given: readonly { name: string; id: string }[],
  resolved: Readonly<Record<string, APIAttachment>> = {},
) =>
  given.flatMap(({ name, id }) => {
    const [option] = optionNamed(options, name) ?? [];
    const file = resolved[id];
    return option && file ? [{ option, file }] : [];
  });

/** What a chat command asks. */
export const askedByCommand = async (
  discord: Discord,
  interaction: APIChatInputApplicationCommandInteraction,
): Promise<Asked> => {
  const from = fromInteraction(interaction, discord.known);
  const { path, options } = commandPath(interaction.data);
  const command = commandOf(discord, interaction)?.command;
  const attached = command ? attachedBy(command, attachedOptions(options), interaction.data.resolved?.attachments) : [];
  const args = command ? await argsFrom(discord, from, command, typedOptions(options), attached) : typedOptions(options);
  return { ...from, input: { command: path, args }, files: [] };
};

/** What a message's menu asks: the command with that message's pictures. */
export const askedByMenu = async (discord: Discord, interaction: APIMessageApplicationCommandInteraction): Promise<Asked> => {
  const from = fromInteraction(interaction, discord.known);
  const named = commandOf(discord, interaction);
  const { target_id: target, resolved } = interaction.data;
  const message = resolved.messages[target];
  const taken = named ? picturesTaken(named.command) : 0;
  const ours = await filesOfOurs(discord, from, target);
  const own = message && ours.length === 0 ? filesInMessage(message).filter(isPicture).slice(0, taken) : [];
  const files = ours.length > 0 ? ours.slice(0, taken) : await downloadAll(from.user, own, discord);
  return { ...from, input: { command: named?.path ?? interaction.data.name, args: {} }, files };
};

/** What a form asks that was sent. */
export const askedByForm = async (
  discord: Discord,
  interaction: APIModalSubmitInteraction,
  memory: FormMemory,
  held: Held | undefined,
): Promise<Asked> => {
  const from = fromInteraction(interaction, discord.known);
  const command = allCommands(discord.bot.commands).find((it) => it.path === memory.path)?.command;
  if (!command || (memory.message && held?.userId !== from.user.id)) throw new UserError("discord_form_old", {});
  const { typed, files } = filledIn(interaction);
  const { [WHICH]: which, ...own } = typed;
  const uploaded = Object.entries(files).flatMap(([name, ids]) => ids.map((id) => ({ name, id })));
  const resolved = interaction.data.resolved?.attachments;
  const early = (held?.files ?? []).flatMap(({ option, file }) => (option ? [{ option, file }] : []));
  const attached = [...early, ...attachedBy(command, uploaded, resolved)];
  const args = await argsFrom(discord, from, command, { ...memory.typed, ...own }, attached);
  const meant = (held?.files ?? []).flatMap(({ option, file }) => (option || (which && file.id !== which) ? [] : [file]));
  const taken = picturesTaken(command);
  const ours: readonly FileRef[] = held?.message ? await filesOfOurs(discord, from, held.message) : [];
  const downloaded = await downloadAll(from.user, meant.slice(0, taken), discord);
  return { ...from, input: { command: memory.path, args }, files: [...downloaded, ...ours].slice(0, taken) };
};

/** A message that is said to the bot, as far as it is kept. */
export interface SaidToBot
  extends Pick<APIMessage, "id" | "channel_id" | "content" | "author" | "attachments" | "message_snapshots"> {
  guild_id?: string;
  nick?: string;
  /** The message that it replies to. */
  replied?: Pick<APIMessage, "id" | "attachments" | "message_snapshots">;
}

/** What a message asks that mentions the bot, or that is said to it alone. */
export const askedByMessage = async (discord: Discord, message: SaidToBot, from: From): Promise<Asked> => {
  const typed = fromDiscord(message.content, discord.known.self() ?? "").replace(/^\//, "");
  const files = await downloadAll(from.user, filesInMessage(message), discord);
  const { replied } = message;
  const ours = replied && files.length === 0 ? await filesOfOurs(discord, from, replied.id) : [];
  const theirs = replied && files.length === 0 && ours.length === 0 ? filesInMessage(replied).filter(isPicture) : [];
  const quoted = ours.length > 0 ? ours : await downloadAll(from.user, theirs, discord);
  // A picture without words, or with a question, is understood as it is; whatever else is said to the bot is a command.
  const isQuestion = asksAbout(typed, [...files, ...quoted]);
  return { ...from, input: isQuestion ? typed : `/${typed || "help"}`, files, ...(quoted.length > 0 && { quoted }) };
};
