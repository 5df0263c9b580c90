import type { FileRef } from "../../files.ts";
import { plainText } from "../../richText.ts";
import { isQuiet } from "../../settings.ts";
import type { Delivery } from "../../store/deliveries.ts";
import type { Language } from "../../text.ts";
import type { ReplyPart } from "../splitReply.ts";
import type { Discord } from "./discord.ts";
import { handlingOf } from "./faults.ts";
import { saysTheSame, unnotedMessages } from "./findSent.ts";
import { discordUser, isDirect } from "./from.ts";
import { messageOf, nonceOf, type OutgoingMessage } from "./message.ts";
import type { Posting } from "./post.ts";
import { conversationOf, nameOf, type ShownMessage, shownIn } from "./shown.ts";
import { threadBelow } from "./thread.ts";
import type { Answering, Interacting } from "./token.ts";
import { words } from "./words.ts";

/** After so long its asker has gone on to other things: the answer is a new message, which tells them. */
const LONG_MS = 60_000;

interface Sent {
  delivery: Delivery;
  parts: readonly ReplyPart[];
  answering: Answering | undefined;
  lang: Language;
  read(file: FileRef): Promise<Buffer>;
}

const interacting = (answering: Answering | undefined): Interacting | undefined =>
  answering && answering.mode !== "message" ? answering : undefined;

/** Shows a delivery to everybody in its conversation, and returns the names of its messages. */
export const openSendPublicly = (discord: Discord, posting: Posting) => {
  const { bot, log } = discord;

  /** What has no use any more may stay, but should not. */
  const tidy = (work: Promise<unknown>): Promise<unknown> =>
    work.catch((err: unknown) => log.debug({ err, adapter: "discord" }, "a message of ours could not be removed"));

  return async ({ delivery, parts, answering, lang, read }: Sent): Promise<string[]> => {
    const { id, place, request, reply, edits, replaces, attempts } = delivery;
    const it = interacting(answering);
    const conversation = conversationOf(place);
    const [shown, ...further] = shownIn(edits, place);
    const waiting = shown?.isWaiting ? shown : undefined;
    const isNew = request !== undefined && !replaces && (shown === undefined || waiting !== undefined);
    const isLong = isNew && Date.now() - request.asked.getTime() > LONG_MS;
    const group = await bot.settings(place.group);
    const hasThreads = !isDirect(place) && place.thread === undefined;
    const mayThread = group.replies === "thread" && hasThreads;
    const user = request && discordUser(request.userId);
    const mentions = isLong && !isDirect(place) && !isQuiet(group, new Date()) ? user : undefined;
    const written = (part: ReplyPart, index: number): Promise<OutgoingMessage> =>
      messageOf(part, { delivery: id, reply, read, ...(index === 0 && { mentions }) });
    const repliesTo = answering?.mode === "message" ? answering.message : undefined;
    // A crash may have hidden from us that it was sent, and a nonce is remembered for some minutes only.
    let unnoted = attempts > 0 ? await unnotedMessages(discord, conversation, place, request?.asked ?? new Date(0)) : [];

    /** A message of the bot's own; where it may not write, one by the interaction's token. */
    const post = async (channel: string, part: ReplyPart, index: number): Promise<string> => {
      const message = await written(part, index);
      const there = channel === conversation ? unnoted.find((old) => saysTheSame(old, message.body)) : undefined;
      if (there) {
        unnoted = unnoted.filter((old) => old !== there);
        return nameOf(there.id, channel, place);
      }
      try {
        const how = { nonce: nonceOf(id, index), repliesTo: index === 0 ? repliesTo : undefined };
        return nameOf(await posting.create(channel, message, how), channel, place);
      } catch (error) {
        if (!it || handlingOf(error) !== "elsewhere") throw error;
        return posting.followUp(it, message).catch((err: unknown) => {
          throw handlingOf(err) === "token" ? error : err;
        });
      }
    };

    /** A message that shows an older state, changed; undefined where it is gone. */
    const changed = async (
      { channel, id: message }: ShownMessage,
      part: ReplyPart,
      index: number,
    ): Promise<string | undefined> => {
      if (channel === undefined) return undefined;
      try {
        return nameOf(await posting.edit(channel, message, await written(part, index)), channel, place);
      } catch (error) {
        if (handlingOf(error) !== "anew") throw error;
        return undefined;
      }
    };

    /** The first part, in the place of what is shown already where that can be. */
    const postFirst = async (part: ReplyPart): Promise<string> => {
      try {
        if (it && (replaces || !shown || waiting) && !isLong && (it.mode === "reply" || (it.mode === "update" && replaces)))
          return await posting.editOriginal(it, await written(part, 0));
        if (shown?.channel && !isLong)
          return nameOf(await posting.edit(shown.channel, shown.id, await written(part, 0)), shown.channel, place);
      } catch (error) {
        const handling = handlingOf(error);
        const edited = handling === "token" && shown && !isLong ? await changed(shown, part, 0) : undefined;
        if (edited) return edited;
        if (handling !== "anew" && handling !== "token" && handling !== "late") throw error;
      }
      return post(conversation, part, 0);
    };

    const [first, ...others] = parts as readonly [ReplyPart, ...ReplyPart[]];
    // A long run's answer goes below the message that showed its progress.
    const below =
      isLong && mayThread && waiting?.channel
        ? await threadBelow(discord, waiting.channel, waiting.id, request.command)
        : undefined;
    if (below && waiting?.channel) {
      const done = await messageOf({ text: words.inThread[lang], files: [], buttons: [] }, { delivery: id, read });
      await tidy(posting.edit(waiting.channel, waiting.id, done));
    }
    const names = [below ? await post(below, first, 0) : await postFirst(first)];
    const [main] = shownIn(names[0], place);
    const wantsThread = (mayThread && others.length > 0) || (hasThreads && others.some((it) => it.isInThread));
    const title = request?.command ?? plainText(reply.text.split("\n")[0] ?? "");
    const known = further.find((it) => it.channel !== undefined && it.channel !== conversation)?.channel;
    const open = async () => main?.channel && (known ?? (await threadBelow(discord, main.channel, main.id, title)));
    const thread = !below && wantsThread ? await open() : undefined;
    const beside = below ?? (mayThread ? thread : undefined) ?? conversation;
    const inThread = below ?? thread ?? (place.thread === undefined ? undefined : conversation);
    const rest = others.filter((it) => !it.isInThread || inThread !== undefined);
    for (const [index, part] of rest.entries()) {
      const old = further[index];
      const where = part.isInThread && inThread !== undefined ? inThread : beside;
      names.push((old && (await changed(old, part, index + 1))) ?? (await post(where, part, index + 1)));
    }

    if (isLong && !below && waiting?.channel) await tidy(posting.remove(waiting.channel, waiting.id));
    else if (isLong && !below && it && it.mode === "reply") await tidy(posting.deleteOriginal(it));
    // What a longer answer before it had in further messages.
    for (const old of further.slice(rest.length)) if (old.channel) await tidy(posting.remove(old.channel, old.id));
    return names;
  };
};
