import type { FileRef } from "../../files.ts";
import { isQuiet } from "../../settings.ts";
import type { Delivery } from "../../store/deliveries.ts";
import type { Language } from "../../text.ts";
import { Undeliverable } from "../outbox.ts";
import { viewerOf } from "../request.ts";
import { blocksOf, partsOf, type SlackPart, sentenceBlocks } from "./blocks.ts";
import { EPHEMERAL } from "./ephemeral.ts";
import { isGone, removeFiles } from "./erase.ts";
import { forOutbox, handlingOf } from "./errors.ts";
import { type Found, findShown } from "./found.ts";
import { isDirect, slackUser } from "./from.ts";
import { slackLimits } from "./limits.ts";
import { post, type Shown } from "./post.ts";
import type { Slack } from "./slack.ts";
import { isShown, uploadShown } from "./upload.ts";
import { words } from "./words.ts";

/** After so long its asker has gone on to other things: the answer is a new message, which tells them. */
const LONG_MS = 60_000;
/** So many characters a message that one person alone sees: less than Slack takes in a channel. */
const ALONE = 2500;

interface Private {
  delivery: string;
  /** Slack's id of who sees it. */
  user: string;
  channel: string;
  thread?: string | undefined;
  token?: string | undefined;
  /** The message that only this person sees is replaced. */
  replaces: boolean;
  parts: readonly SlackPart[];
}

/** Sends what the outbox has for Slack. */
export const openSending = (slack: Slack, ended: (request: string) => Promise<void>) => {
  const { api, bot, linkTo, responseUrls, log, signal } = slack;
  const began = new Date();

  /** The bytes of what a delivery shows: its own files, as whoever is meant may see them. */
  const readerFor =
    ({ place, visibleTo, request }: Pick<Delivery, "place" | "visibleTo" | "request">) =>
    (file: FileRef): Promise<Buffer> =>
      bot.read(file.blob, viewerOf({ user: { id: visibleTo ?? request?.userId ?? "", name: "" }, place }));

  const inDirectMessages = async (
    user: string,
    shown: Omit<Shown, "place">,
    read: (file: FileRef) => Promise<Buffer>,
  ): Promise<void> => {
    const { channel } = await api.call((client) => client.conversations.open({ users: user }));
    if (!channel?.id) throw new Undeliverable(`Slack has no direct messages with ${user}`);
    await post({ ...shown, place: { channel: channel.id } }, { api, read, signal });
  };

  /**
   * Shows one person what nobody else sees: by the response_url of what they did, which can be replaced; else as an ephemeral message;
   * else, and where there are files that neither can carry, in their direct messages.
   */
  const sendPrivately = async (
    { delivery, user, channel, thread, token, replaces, parts }: Private,
    read: (file: FileRef) => Promise<Buffer>,
  ): Promise<void> => {
    const direct = () => inDirectMessages(user, { delivery, parts, mayHaveArrived: false }, read);
    if (parts.some((part) => part.files.some((file) => !isShown(file)))) return direct();
    for (const [index, part] of parts.entries()) {
      const uploaded: { id: string; alt: string }[] = [];
      for (const file of part.files)
        uploaded.push({ id: await uploadShown(file, { api, read, signal }), alt: file.alt ?? file.name });
      const content = { text: part.fallback || "…", blocks: blocksOf(delivery, part, uploaded) };
      if (token && responseUrls.left(token) > 0) {
        try {
          await responseUrls.respond(token, { ...content, replaces: replaces && index === 0 });
          continue;
        } catch (err) {
          log.debug({ err, adapter: "slack" }, "a response_url did not take a message");
        }
      }
      try {
        const more = thread ? { thread_ts: thread } : {};
        await api.call((client) => client.chat.postEphemeral({ channel, user, ...content, ...more }));
      } catch (error) {
        const handling = handlingOf(error);
        if (handling === "retry" || handling === "token" || handling === "scope") throw error;
        return direct();
      }
    }
  };

  /** Tells somebody a sentence that nobody else sees. */
  const notify = async (
    { user, channel, thread, token }: { user: string; channel: string; thread?: string | undefined; token?: string | undefined },
    text: string,
    delivery = "",
  ): Promise<void> => {
    const { text: fallback, blocks } = sentenceBlocks(text);
    const sections = blocks.flatMap((it) => (it.type === "section" && it.text ? [it.text.text] : []));
    const parts = [{ sections, fallback, files: [], buttons: [] }];
    await sendPrivately({ delivery, user, channel, thread, token, replaces: false, parts }, async () => Buffer.alloc(0));
  };

  const langOf = async ({ request, place }: Pick<Delivery, "request" | "place">): Promise<Language> =>
    request?.lang ?? (await bot.settings(place.group)).language ?? "en";

  /** Removes a message that has no use any more; it may be gone already. */
  const remove = (channel: string, ts: string) =>
    api.call((client) => client.chat.delete({ channel, ts })).catch((err: unknown) => log.debug({ err }, "a message stays"));

  /** Removes what an older state of a message had, and the one that it has now has not: further parts, and pictures. */
  const tidy = async ({
    delivery: { id, place },
    ts,
    older,
    count,
  }: {
    delivery: Delivery;
    ts: string;
    older: readonly Found[];
    count: number;
  }) => {
    const now = (await findShown(api, id, place, ts)).filter((it) => it.part < count);
    const used = new Set(now.flatMap((it) => it.files));
    await removeFiles(
      api,
      older.flatMap((it) => it.files.filter((file) => !used.has(file))),
    );
    for (const { part, ts: old } of older) if (part >= count) await remove(place.channel, old);
  };

  /** Shows a reply to everybody in its conversation. */
  const sendPublicly = async (delivery: Delivery, partsWith: (most: number) => SlackPart[]): Promise<string> => {
    const { id, place, request, edits, replaces, attempts } = delivery;
    const read = readerFor(delivery);
    const isLong = request !== undefined && !replaces && edits !== undefined && Date.now() - request.asked.getTime() > LONG_MS;
    const isKnown = edits === undefined || (request !== undefined && !isLong && !replaces);
    const shown = isKnown
      ? []
      : await findShown(api, replaces ?? id, place, edits).catch((err: unknown) => {
          // What nobody may see any more must not stay because we could not look.
          if (request === undefined && !isGone(err)) throw err;
          return [];
        });
    // Words that have changed since are no new answer.
    const isApart = isLong && shown.some((it) => it.ts === edits && it.isWaiting);
    const tells = isApart && !isDirect(place) && !isQuiet(await bot.settings(place.group), new Date());
    const older = replaces || isApart ? [] : shown;
    const before = {
      ...{ delivery: id, place, isApart, shown: older, edits: isApart ? undefined : edits },
      mentions: tells ? slackUser(request.userId) : undefined,
      // A crash may have hidden from us that it was sent, or that its progress was shown.
      mayHaveArrived: attempts > 0 || (request !== undefined && request.asked < began),
    };
    let ts: string | undefined;
    let count = 0;
    for (let most = slackLimits.charactersPerMessage as number; ts === undefined; most = Math.floor(most / 2)) {
      try {
        const parts = partsWith(most);
        count = parts.length;
        ts = await post({ ...before, parts }, { api, read, signal });
      } catch (error) {
        if (handlingOf(error) !== "shorten" || most < 500) throw error;
      }
    }
    if (isApart && edits !== ts) await remove(place.channel, edits as string);
    if (older.length > 0) await tidy({ delivery, ts, older, count });
    for (const old of replaces ? shown : []) {
      await removeFiles(api, old.files);
      if (old.part > 0) await remove(place.channel, old.ts);
    }
    return ts;
  };

  /** Where the bot may not speak, its asker alone gets the answer, with what to do about it. */
  const sendToAskerAlone = async (
    { id, place, request, token }: Delivery,
    parts: readonly SlackPart[],
    lang: Language,
    read: (file: FileRef) => Promise<Buffer>,
  ) => {
    const user = request && slackUser(request.userId);
    if (!user) return false;
    const { text, blocks } = sentenceBlocks(words.invite[lang]);
    const sections = blocks.flatMap((it) => (it.type === "section" && it.text ? [it.text.text] : []));
    const notice = { sections, fallback: text, files: [], buttons: [] };
    const aside = { delivery: id, user, channel: place.channel, thread: place.thread, token: token?.value, replaces: false };
    await sendPrivately({ ...aside, parts: [...parts, notice] }, read);
    return true;
  };

  const sendNow = async (delivery: Delivery): Promise<string> => {
    const { id, place, request, reply, visibleTo, edits, token } = delivery;
    if (request) await ended(request.id);
    const lang = await langOf(delivery);
    const read = readerFor(delivery);
    const partsWith = (charactersPerMessage: number, filesPerMessage: number = slackLimits.filesPerMessage) =>
      partsOf(reply, { ...slackLimits, charactersPerMessage, filesPerMessage }, lang, linkTo);
    const alone = () => partsWith(ALONE).filter((it) => !it.isInThread);
    if (visibleTo !== undefined && !isDirect(place)) {
      const user = slackUser(visibleTo);
      const aside = { delivery: id, user, channel: place.channel, thread: place.thread, token: token?.value };
      await sendPrivately({ ...aside, replaces: edits === EPHEMERAL, parts: alone() }, read);
      // Others saw it wait.
      if (edits !== undefined && edits !== EPHEMERAL && !delivery.replaces) await remove(place.channel, edits);
      return EPHEMERAL;
    }
    const shown = edits === EPHEMERAL ? { ...delivery, edits: undefined } : delivery;
    try {
      return await sendPublicly(shown, partsWith);
    } catch (error) {
      const handling = handlingOf(error);
      // An answer without its picture is none: where Slack takes no file, it says where to download it.
      if (handling === "link") return await sendPublicly(shown, (most) => partsWith(most, 0));
      if (handling !== "ask alone" && handling !== "join") throw error;
      if (!(await sendToAskerAlone(delivery, alone(), lang, read))) throw error;
      return EPHEMERAL;
    }
  };

  return {
    notify,
    send: async (delivery: Delivery): Promise<string> => {
      try {
        return await sendNow(delivery);
      } catch (error) {
        throw forOutbox(error);
      }
    },
  };
};
export type Sending = ReturnType<typeof openSending>;
