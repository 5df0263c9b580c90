import type { FileRef } from "../../files.ts";
import type { Delivery } from "../../store/deliveries.ts";
import type { Language } from "../../text.ts";
import { Undeliverable } from "../outbox.ts";
import { viewerOf } from "../request.ts";
import type { ReplyPart } from "../splitReply.ts";
import type { Discord } from "./discord.ts";
import { codeOf, forOutbox, handlingOf } from "./faults.ts";
import { discordUser, isDirect } from "./from.ts";
import { discordLimits } from "./limits.ts";
import { toDiscord } from "./markdown.ts";
import { messageOf } from "./message.ts";
import { partsOf } from "./parts.ts";
import { openPosting } from "./post.ts";
import { inDirectMessages, sendAlone } from "./sendAlone.ts";
import { openSendPublicly } from "./sendPublicly.ts";
import { EPHEMERAL, shownIn } from "./shown.ts";
import { type Answering, answeringOf } from "./token.ts";
import { words } from "./words.ts";

/** "<@", an id, "> ". */
const MENTION = 25;
/** Below this many characters a message is not cut further: something else is wrong with it. */
const SHORTEST = 250;

/** Sends what the outbox has for Discord. */
export const openSending = (discord: Discord, ended: (request: string) => Promise<void>) => {
  const { bot, linkTo } = discord;
  const posting = openPosting(discord);
  const sendPublicly = openSendPublicly(discord, posting);

  /** The bytes of what a delivery shows, as whoever is meant may see them. */
  const readerFor =
    ({ place, visibleTo, request }: Pick<Delivery, "place" | "visibleTo" | "request">) =>
    (file: FileRef): Promise<Buffer> =>
      bot.read(file.blob, viewerOf({ user: { id: visibleTo ?? request?.userId ?? "", name: "" }, place }));
  const langOf = async ({ request, place }: Pick<Delivery, "request" | "place">): Promise<Language> =>
    request?.lang ?? (await bot.settings(place.group)).language ?? "en";

  const alone = async (
    { id, reply, edits, replaces, place }: Delivery,
    {
      user,
      answering,
      parts,
      read,
    }: { user: string; answering: Answering | undefined; parts: readonly ReplyPart[]; read(file: FileRef): Promise<Buffer> },
  ): Promise<string[]> => {
    const how = { delivery: id, reply, read, isEphemeral: true };
    const messages = await Promise.all(parts.map((part) => messageOf(part, how)));
    const [shown] = shownIn(edits, place);
    // Words that only one person saw cannot be changed any more without the token of what they did.
    if (edits?.startsWith(EPHEMERAL) && !answering) return edits.split(",");
    if (shown?.channel && !shown.isWaiting && !answering && messages[0])
      return [`${shown.channel}/${await posting.edit(shown.channel, shown.id, messages[0])}`];
    return sendAlone(posting, { delivery: id, user, answering, isInPlace: replaces !== undefined, messages });
  };

  /** Where the bot may not write, or AutoMod does not let it, its asker alone gets the answer, with what to do about it. */
  const toAskerAlone = async (
    delivery: Delivery,
    {
      answering,
      parts,
      read,
      why,
    }: { answering: Answering | undefined; parts: readonly ReplyPart[]; read(file: FileRef): Promise<Buffer>; why: string },
  ): Promise<string[]> => {
    const { id, request, reply } = delivery;
    if (!request) throw new Undeliverable("The bot may not post there");
    const user = discordUser(request.userId);
    const notice = { text: toDiscord(why), files: [], buttons: [] };
    const how = { delivery: id, reply, read, isEphemeral: true };
    const messages = await Promise.all([notice, ...parts].map((part) => messageOf(part, how)));
    const isDm = isDirect(delivery.place);
    return isDm
      ? inDirectMessages(posting, { delivery: id, user, messages: messages.slice(1) })
      : sendAlone(posting, { delivery: id, user, answering, messages });
  };

  const sendNow = async (delivery: Delivery, charactersPerMessage: number, filesPerMessage: number): Promise<string[]> => {
    const { place, reply, visibleTo, token } = delivery;
    const [lang, read, answering] = [await langOf(delivery), readerFor(delivery), answeringOf(token)];
    const parts = partsOf(reply, { ...discordLimits, charactersPerMessage, filesPerMessage }, lang, linkTo);
    const isForOne = (visibleTo !== undefined && !isDirect(place)) || answering?.mode === "alone";
    const user = visibleTo ?? delivery.request?.userId;
    const without = parts.filter((it) => !it.isInThread);
    if (isForOne && user) return alone(delivery, { user: discordUser(user), answering, parts: without, read });
    try {
      return await sendPublicly({ delivery, parts, answering, lang, read });
    } catch (error) {
      const handling = handlingOf(error);
      if (handling !== "elsewhere" && handling !== "blocked") throw error;
      const why = handling === "blocked" ? words.blocked[lang] : words.notThere[lang];
      return toAskerAlone(delivery, { answering, parts: without, read, why });
    }
  };

  return {
    /** Tells somebody a sentence that nobody else sees. */
    notify: async (user: string, answering: Answering | undefined, text: string, event: string): Promise<void> => {
      const read = async () => Buffer.alloc(0);
      const part = { text: toDiscord(text), files: [], buttons: [] };
      const message = await messageOf(part, { delivery: event, read, isEphemeral: true });
      await sendAlone(posting, { delivery: event, user, answering, messages: [message] });
    },
    send: async (delivery: Delivery): Promise<string> => {
      if (delivery.request) await ended(delivery.request.id);
      // With room for the mention of whoever asked.
      let characters: number = discordLimits.charactersPerMessage - MENTION;
      let files: number = discordLimits.filesPerMessage;
      for (;;) {
        try {
          return (await sendNow(delivery, characters, files)).join(",");
        } catch (error) {
          const handling = handlingOf(error);
          if (handling === "shorten" && characters / 2 >= SHORTEST && codeOf(error) !== 0)
            characters = Math.floor(characters / 2);
          // An answer without its picture is none: where Discord takes no file, it says where to download it.
          else if (handling === "link" && files > 0) files = 0;
          else throw forOutbox(error);
        }
      }
    },
  };
};
export type Sending = ReturnType<typeof openSending>;
