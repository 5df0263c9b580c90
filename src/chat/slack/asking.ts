import type { FileRef } from "../../files.ts";
import { allCommands, type NamedCommand } from "../command.ts";
import type { From, IncomingRequest } from "../request.ts";
import { asksAbout } from "../understand.ts";
import { downloadAll, isPicture } from "./download.ts";
import { argsFrom, filledIn } from "./fields.ts";
import { messagesOf } from "./found.ts";
import { type Where, whoAndWhere } from "./from.ts";
import { memoryOf, pickedFiles, picturesTaken } from "./modal.ts";
import { fromMrkdwn } from "./mrkdwn.ts";
import {
  type MessageEvent,
  type MessageShortcut,
  type SlackFile,
  type SlackMessage,
  type SlashCommand,
  teamOf,
  type ViewSubmission,
} from "./payload.ts";
import { tokenOf } from "./responseUrls.ts";
import type { Slack } from "./slack.ts";
import { lineOf } from "./slashNames.ts";

/** A request without its id. */
type Asked = Omit<IncomingRequest, "id">;

const commandAt = (slack: Pick<Slack, "bot">, path: string): NamedCommand | undefined =>
  allCommands(slack.bot.commands).find((it) => it.path === path);

/** Adds the thread in which the group wants to be answered, below the message that asks. */
const inThread = async ({ bot }: Pick<Slack, "bot">, from: From, ts: string): Promise<From> => {
  if (from.place.thread || from.place.group.split(":")[2] === "dm") return from;
  const { replies } = await bot.settings(from.place.group);
  return replies === "thread" ? { ...from, place: { ...from.place, thread: ts } } : from;
};

/** The files that a message of a conversation means when it is replied to: those of an answer of ours, or its own pictures. */
const filesOf = async (slack: Slack, from: From, message: SlackMessage): Promise<readonly FileRef[]> => {
  const { bot, store } = slack;
  const delivery = await store.deliveries.shownAs(from.place, message.ts);
  if (delivery) return bot.filesOf(delivery, from);
  return downloadAll(from.user, (message.files ?? []).filter(isPicture), slack);
};

/** The nearest pictures above a message in its thread. Without the right to read it there are none. */
const quotedIn = async (slack: Slack, from: From, thread: string, before: string): Promise<{ quoted?: readonly FileRef[] }> => {
  // The answer that a thread hangs on is known without Slack.
  const root = await slack.store.deliveries.shownAs(from.place, thread);
  const rootFiles = root ? await slack.bot.filesOf(root, from) : [];
  const messages = await messagesOf(slack.api, { channel: from.place.channel, thread }).catch(() => []);
  for (const message of messages.filter((it) => Number(it.ts) < Number(before) && it.ts !== thread).reverse()) {
    const quoted = await filesOf(slack, from, message);
    if (quoted.length > 0) return { quoted };
  }
  if (rootFiles.length > 0) return { quoted: rootFiles };
  const parent = messages.find((it) => it.ts === thread);
  const quoted = parent ? await filesOf(slack, from, parent) : [];
  return quoted.length > 0 ? { quoted } : {};
};

/** What a slash command asks. */
export const askedByCommand = async (slack: Slack, command: SlashCommand, came: Date): Promise<Asked> => {
  const { team_id: team, channel_id: channel, channel_name: channelName, user_id: user, user_name: userName } = command;
  const from = await whoAndWhere(slack, { team, channel, channelName, user, userName });
  const input = lineOf(command.command, fromMrkdwn(command.text ?? "", team));
  return { ...from, input, files: [], ...tokenOf(command.response_url, came) };
};

/** What a mention asks, or a direct message. */
export const askedByMessage = async (
  slack: Slack,
  message: MessageEvent,
  { team, bot }: { team: string; bot: string | undefined },
): Promise<Asked> => {
  const { user, channel, channel_type: channelType, thread_ts: thread, ts } = message;
  const found = await whoAndWhere(slack, { team, channel, channelType, user, thread });
  const from = await inThread(slack, found, ts);
  const typed = fromMrkdwn(message.text ?? "", team, bot).replace(/^\//, "");
  const attached = message.files ?? [];
  const quoted = attached.length === 0 && thread ? await quotedIn(slack, from, thread, ts) : {};
  const files = await downloadAll(from.user, attached, slack);
  // A picture without words, or with a question, is understood as it is; whatever else is said to the bot is a command.
  const isQuestion = asksAbout(typed, [...files, ...(quoted.quoted ?? [])]);
  const input = isQuestion ? typed : `/${typed || "help"}`;
  return { ...from, input, files, ...quoted };
};

const originOf = (origin: Pick<MessageShortcut, "team" | "user" | "channel">): Where => ({
  ...{ team: teamOf(origin), user: origin.user.id, userName: origin.user.name },
  ...{ channel: origin.channel.id, channelName: origin.channel.name },
});

/** What a message's shortcut asks: the command with that message's pictures. */
export const askedByShortcut = async (slack: Slack, shortcut: MessageShortcut, came: Date): Promise<Asked> => {
  const { message, callback_id, response_url } = shortcut;
  const from = await inThread(slack, await whoAndWhere(slack, { ...originOf(shortcut), thread: message.thread_ts }), message.ts);
  const files = await filesOf(slack, from, message);
  const command = commandAt(slack, callback_id)?.command;
  const taken = command ? picturesTaken(command) : 0;
  return { ...from, input: { command: callback_id, args: {} }, files: files.slice(0, taken), ...tokenOf(response_url, came) };
};

/** What a modal asks that was sent. */
export const askedBySubmission = async (slack: Slack, submission: ViewSubmission, came: Date): Promise<Asked> => {
  const memory = memoryOf(submission.view);
  const named = memory && commandAt(slack, memory.path);
  if (!memory || !named) throw new Error("Expected a modal of ours that says which command it asks");
  const { channel, channelName, thread, message, responseUrl } = memory;
  const where = { ...originOf({ ...submission, channel: { id: channel } }), channelName, thread };
  const found = await whoAndWhere(slack, where);
  const from = message ? await inThread(slack, found, message) : found;
  const { typed, files } = filledIn(submission.view);
  const stored: Record<string, readonly FileRef[]> = {};
  for (const [name, own] of Object.entries(files)) stored[name] = await downloadAll(from.user, own, slack);
  const picked = pickedFiles(memory, typed).map((id): SlackFile => ({ id }));
  const quoted = message && picked.length === 0 ? await filesOf(slack, from, { ts: message }) : [];
  const given = [...(await downloadAll(from.user, picked, slack)), ...quoted].slice(0, picturesTaken(named.command));
  const input = { command: memory.path, args: argsFrom(named.command, typed, stored) };
  return { ...from, input, files: given, ...tokenOf(responseUrl, came) };
};
