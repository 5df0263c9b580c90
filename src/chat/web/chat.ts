import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { UserError } from "../../errors.ts";
import type { FileRef } from "../../files.ts";
import { LOCAL_GROUP, type Place } from "../../place.ts";
import type { Args } from "../../reply.ts";
import { plainText } from "../../richText.ts";
import { searchedWords } from "../../store/channelSearch.ts";
import type { Delivery } from "../../store/deliveries.ts";
import type { HistoryRow } from "../../store/messages.ts";
import type { Store } from "../../store/store.ts";
import type { Language } from "../../text.ts";
import type { Bot } from "../bot.ts";
import type { Peer, Pressable } from "../request.ts";
import { answerId, askedBy, type ChannelEvent, type Message, presentRow, shownBy } from "./message.ts";

/** A message as the page sends it. */
export interface Said {
  /** Chosen by the page, so that what is sent twice after a lost connection is said once. UUID. */
  id: string;
  channel: string;
  user: Peer;
  files: readonly FileRef[];
  replyTo?: string;
}
export type Asked = Said & { lang: Language; input: string | { command: string; args: Args } };
/** A press of a button: of the message as `delivery` says that it was shown, or as it is now. */
export type Pressed = { id: string; message: string; delivery?: string; user: Peer; lang: Language } & Pressable;

/** The web chat: channels, their history, plain talk and what goes on in them. Everything in it belongs to the group "local". */
export interface WebChat {
  channels(): Promise<readonly { id: string; name: string }[]>;
  /** Opens a channel, or gives the one of that name. */
  openChannel(name: string): Promise<{ id: string; name: string }>;
  /** The newest messages of a channel, oldest first, that this person may see. */
  history(channel: string, user: Peer, before?: string): Promise<readonly Message[]>;
  /** Messages and answers of a channel that hold all words of a text and that this person may see, newest first. */
  search(channel: string, user: Peer, text: string): Promise<readonly Message[]>;
  say(said: Said & { text: string }): Promise<Message>;
  ask(asked: Asked): Promise<{ request: string; message: Message }>;
  press(pressed: Pressed): Promise<{ request: string; message: Message }>;
  /** Presses what only the presser looks at, such as a tile: nothing of it appears in the channel. */
  look(pressed: Pressed): Promise<{ request: string }>;
  /** Hears what happens in every channel, until the returned function is called. */
  listen(listener: (channel: string, event: ChannelEvent) => void): () => void;
}

const placeOf = (channel: string): Place => ({ adapter: "web", group: LOCAL_GROUP, channel });

/** What is kept of an ask or a press from its acknowledgement until it is worked off. */
type Received = { asked: Asked } | { pressed: Pressed };

/** Opens the web chat over a bot: it takes the answers for the web from the outbox, and goes on with what was acknowledged. */
export const openWebChat = async (bot: Bot, store: Pick<Store, "messages" | "blobs">): Promise<WebChat> => {
  const { messages } = store;
  const emitter = new EventEmitter<{ event: [string, ChannelEvent] }>().setMaxListeners(0);
  const publish = (channel: string, event: ChannelEvent) => void emitter.emit("event", channel, event);

  /** Ends when all that was to be shown is. One after the other, so that nobody sees an older state after a newer one. */
  let shown: Promise<unknown> = Promise.resolve();
  /** Shows a message and its answer as they are when it is their turn. */
  const show = (find: () => Promise<HistoryRow | undefined>, type: "message" | "changed"): Promise<HistoryRow | undefined> => {
    const showing = shown.then(async () => {
      const row = await find();
      for (const message of row ? presentRow(row) : []) publish(message.channel, { type, message });
      return row;
    });
    shown = showing.catch(() => {});
    return showing;
  };

  /** Keeps a message. Once, whoever says it twice; nobody says it in another's name. */
  const keep = async (said: Said & { text: string }, answeredBy?: string): Promise<void> => {
    const { id, channel, user, text, files, replyTo } = said;
    const seen = await store.blobs.readable(files, { userId: user.id, groupId: LOCAL_GROUP });
    const isNew = await messages.add({
      ...{ id, channel, userId: user.id, userName: user.name, text, replyTo: replyTo ?? null },
      // A file that may not be seen must not become visible by having been named.
      files: files.filter((file) => seen.includes(file.blob)),
      answeredBy: answeredBy ?? null,
      at: new Date(),
    });
    if (!isNew && (await messages.get(id))?.message.userId !== user.id)
      throw new UserError("bad_request", { problem: "that id is taken" });
  };

  /** A message with the progress that was shown last of what it waits for, which whoever comes now has not heard. */
  const withProgress = (message: Message, user: Peer): Message => {
    const { changing, request } = message;
    const waiting = changing?.request ?? (request?.status === "waiting" ? request.id : undefined);
    const progress = waiting === undefined ? undefined : bot.progress(waiting);
    if (!progress || (progress.visibleTo ?? user.id) !== user.id) return message;
    const { done, of, note, picture, stopping } = progress;
    return { ...message, progress: { done, of, note, ...(picture && { picture }), ...(stopping && { stopping }) } };
  };

  /** Files meant by replying to a message: its own, or those of the answer. */
  const filesOf = async (id: string, from: { user: Peer; place: Place }): Promise<readonly FileRef[]> => {
    const row = await messages.get(askedBy(id));
    if (!row || (row.request?.ephemeral && row.request.userId !== from.user.id)) return [];
    const delivery = shownBy(row);
    return row.message.files.length > 0 || !delivery ? row.message.files : bot.filesOf(delivery, from);
  };

  const ask = async ({ lang, input, ...said }: Asked): Promise<void> => {
    const { id, channel, user, files, replyTo } = said;
    const place = placeOf(channel);
    const quoted = replyTo ? { quoted: await filesOf(replyTo, { user, place }) } : {};
    const request = await bot.ask({ id, user, place, lang, input, files, ...quoted });
    await keep({ ...said, text: typeof input === "string" ? input : `/${input.command}` }, request.id);
  };

  /** A press as the bot is told of it, and the message that it was on. */
  const pressOn = async ({ id, message, delivery, user, lang, ...pressable }: Pressed) => {
    const row = await messages.get(askedBy(message));
    const shown = delivery ?? (row && shownBy(row));
    if (!row || !shown) throw new UserError("gone", {});
    const place = placeOf(row.message.channel);
    return { on: row.message, asked: { id, pressed: { delivery: shown, ...pressable }, user, place, lang } };
  };

  /** Presses a button; `changes` is the message whose answer will be replaced. */
  const press = async (pressed: Pressed): Promise<{ changes?: string }> => {
    const { on, asked } = await pressOn(pressed);
    const { request, label, replaces } = await bot.press(asked);
    if (replaces) return { changes: on.id };
    const { id, user, message: replyTo } = pressed;
    await keep({ id, channel: on.channel, user, text: label, files: [], replyTo }, request.id);
    return {};
  };

  /** Does what was acknowledged before a crash. Harmless when it was done then; whoever pressed in vain sees that nothing changed. */
  const workOff = async (received: Received): Promise<void> => {
    try {
      await ("asked" in received ? ask(received.asked) : press(received.pressed));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  };

  /** Acknowledges an event by keeping it, and does it. */
  const receive = async <T>(id: string, received: Received, work: () => Promise<T>): Promise<T> => {
    const { user } = "asked" in received ? received.asked : received.pressed;
    await bot.receipts.receive({ id, adapter: "web", userId: user.id, event: received });
    try {
      return await work();
    } finally {
      await bot.receipts.workedOff(id);
    }
  };

  const send = async ({ id, place, request, replaces, restores }: Delivery): Promise<string> => {
    const post = { id, channel: place.channel, text: "", files: [], delivery: id, at: new Date() };
    if (!request) {
      await messages.add({ ...post, userId: "peerlab", userName: "Peerlab" });
      await show(() => messages.get(id), "message");
      return id;
    }
    if (replaces) await messages.replaceAnswer(replaces, request.id);
    if (restores) {
      const changed = await show(() => messages.showing(restores), "changed");
      // Why nothing came of it stands in a message of its own, for whoever pressed.
      const replyTo = changed ? (presentRow(changed).at(-1)?.id ?? null) : null;
      await messages.add({ ...post, userId: request.userId, userName: request.userName, replyTo, answeredBy: request.id });
      await show(() => messages.get(id), "message");
      return id;
    }
    const row = await show(() => messages.showing(request.id), "changed");
    return row ? (presentRow(row).at(-1)?.id ?? id) : answerId(request.id);
  };

  bot.events.onProgress("web", ({ place, ...progress }) => publish(place.channel, { type: "progress", ...progress }));
  bot.events.onErased(async ({ messages: gone, changed }) => {
    for (const { id, channel } of gone) publish(channel, { type: "removed", ids: [id, answerId(id)] });
    for (const id of changed) await show(() => messages.get(id), "changed");
  });
  await bot.receipts.workOff("web", ({ event }) => workOff(event as Received));
  await bot.outbox.serve("web", send);
  bot.channels.serve("web", async (group) => (group === LOCAL_GROUP ? messages.channels() : []));

  return {
    channels: messages.channels,
    openChannel: async (name) => {
      const known = (await messages.channels()).find((it) => it.name.toLowerCase() === name.toLowerCase());
      if (known) return known;
      const channel = await messages.openChannel(randomUUID(), name);
      publish(channel.id, { type: "opened", name });
      return channel;
    },
    history: async (channel, user, before) => {
      const rows = await messages.history(channel, user.id, before && askedBy(before));
      const seen = rows.flatMap(presentRow).filter((message) => (message.visibleTo ?? user.id) === user.id);
      return seen.map((message) => withProgress(message, user));
    },
    search: async (channel, user, text) => {
      const words = searchedWords(text);
      if (words.length === 0) return [];
      const seen = (await messages.search(channel, user.id, words)).flatMap((row) => presentRow(row).reverse());
      const holds = (message: Message) => {
        const said = plainText(message.text).normalize("NFC").toLowerCase();
        return words.every((word) => said.includes(word)) && (message.visibleTo ?? user.id) === user.id;
      };
      return seen.filter(holds);
    },
    say: async (said) => {
      const seen = await store.blobs.readable(said.files, { userId: said.user.id, groupId: LOCAL_GROUP });
      const missing = said.files.find((file) => !seen.includes(file.blob));
      if (missing) throw new UserError("file_gone", { name: missing.name });
      const known = await messages.get(said.id);
      await keep(said);
      const [message] = presentRow((await messages.get(said.id)) as HistoryRow) as [Message];
      if (!known) publish(message.channel, { type: "message", message });
      return message;
    },
    ask: async (asked) => {
      await receive(asked.id, { asked }, () => ask(asked));
      const row = (await show(() => messages.get(asked.id), "message")) as HistoryRow;
      return { request: asked.id, message: presentRow(row).at(-1) as Message };
    },
    press: async (pressed) => {
      const { changes } = await receive(pressed.id, { pressed }, () => press(pressed));
      const row = (await show(() => messages.get(changes ?? pressed.id), changes ? "changed" : "message")) as HistoryRow;
      return { request: pressed.id, message: presentRow(row).at(-1) as Message };
    },
    look: async (pressed) => {
      const { asked } = await pressOn(pressed);
      const { request } = await bot.press({ ...asked, apart: true });
      return { request: request.id };
    },
    listen: (listener) => {
      emitter.on("event", listener);
      return () => void emitter.off("event", listener);
    },
  };
};
