import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { UserError } from "../../errors.ts";
import type { FileRef } from "../../files.ts";
import { LOCAL_GROUP, type Place } from "../../place.ts";
import type { Args } from "../../reply.ts";
import type { Delivery } from "../../store/deliveries.ts";
import type { HistoryRow } from "../../store/messages.ts";
import { filesIn } from "../../store/references.ts";
import type { Store } from "../../store/store.ts";
import type { Language } from "../../text.ts";
import type { Bot } from "../bot.ts";
import type { Peer } from "../request.ts";
import { answerId, askedBy, type ChannelEvent, type Message, presentRow } from "./message.ts";

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
export type Pressed = { id: string; message: string; button: number; user: Peer; lang: Language };

/** The web chat: channels, their history, plain talk and what goes on in them. Everything in it belongs to the group "local". */
export interface WebChat {
  channels(): Promise<readonly { id: string; name: string }[]>;
  openChannel(name: string): Promise<{ id: string; name: string }>;
  /** The newest messages of a channel, oldest first, that this person may see. */
  history(channel: string, user: Peer, before?: string): Promise<readonly Message[]>;
  say(said: Said & { text: string }): Promise<Message>;
  ask(asked: Asked): Promise<{ request: string; message: Message }>;
  press(pressed: Pressed): Promise<{ request: string; message: Message }>;
  /** Hears what happens in every channel, until the returned function is called. */
  listen(listener: (channel: string, event: ChannelEvent) => void): () => void;
}

const placeOf = (channel: string): Place => ({ adapter: "web", group: LOCAL_GROUP, channel });

/** Opens the web chat over a bot: it takes the answers for the web from the outbox, and goes on with what was acknowledged. */
export const openWebChat = async (bot: Bot, store: Pick<Store, "messages" | "blobs">): Promise<WebChat> => {
  const { messages } = store;
  const emitter = new EventEmitter<{ event: [string, ChannelEvent] }>().setMaxListeners(0);
  const publish = (channel: string, event: ChannelEvent) => void emitter.emit("event", channel, event);
  /** Requests whose answer will take the place of another, with the message below which that is shown. */
  const inPlace = new Map<string, string>();

  const publishRow = (row: HistoryRow, type: "message" | "changed") => {
    for (const message of presentRow(row)) publish(message.channel, { type, message });
  };

  /** Shows a new message and its answer. The answer may have come meanwhile, when nobody knew the message yet. */
  const show = async (id: string): Promise<HistoryRow> => {
    const row = (await messages.get(id)) as HistoryRow;
    publishRow(row, "message");
    const now = (await messages.get(id)) as HistoryRow;
    if (now.request?.status !== row.request?.status) publishRow(now, "changed");
    return now;
  };

  /** Keeps a message, and shows it to those who look. Once, whoever says it twice; nobody says it in another's name. */
  const keep = async (said: Said & { text: string }, answeredBy?: string): Promise<HistoryRow> => {
    const { id, channel, user, text, files, replyTo } = said;
    const seen = await store.blobs.readable(files, { userId: user.id, groupId: LOCAL_GROUP });
    await messages.add({
      ...{ id, channel, userId: user.id, userName: user.name, text, replyTo: replyTo ?? null },
      // A file that may not be seen must not become visible by having been named.
      files: files.filter((file) => seen.includes(file.blob)),
      answeredBy: answeredBy ?? null,
      at: new Date(),
    });
    const row = await messages.get(id);
    if (row?.message.userId !== user.id) throw new UserError("bad_request", { problem: "that id is taken" });
    return row;
  };

  /** Files meant by replying to a message: the picture somebody worked on, or what the message shows. */
  const filesOf = async (id: string, userId: string): Promise<readonly FileRef[]> => {
    const row = await messages.get(askedBy(id));
    if (!row || (row.request?.ephemeral && row.request.userId !== userId)) return [];
    if (row.message.files.length > 0) return row.message.files;
    const given = filesIn(row.request?.args ?? {});
    return given.length > 0 ? given : (row.request?.reply?.pictures ?? row.delivery?.reply?.pictures ?? []);
  };

  const ask = async ({ lang, input, ...said }: Asked, text: string): Promise<void> => {
    const { id, channel, user, files, replyTo } = said;
    const quoted = replyTo ? { quoted: await filesOf(replyTo, user.id) } : {};
    const request = await bot.ask({ id, user, place: placeOf(channel), lang, input, files, ...quoted });
    await keep({ ...said, text }, request.id);
  };

  /** An ask as it lies in its receipt. */
  type Received = { asked: Asked; text: string };

  const send = async ({ id, place, request, replaces }: Delivery): Promise<string> => {
    if (!request) {
      const author = { userId: "peerlab", userName: "Peerlab" };
      await messages.add({ id, channel: place.channel, ...author, text: "", files: [], delivery: id, at: new Date() });
      const row = await messages.get(id);
      if (row) publishRow(row, "message");
      return id;
    }
    inPlace.delete(request.id);
    if (replaces) await messages.replaceAnswer(replaces, request.id);
    const row = await messages.answeredBy(request.id);
    const answer = row && presentRow(row).at(-1);
    if (answer) publish(answer.channel, { type: "changed", message: answer });
    return answer?.id ?? answerId(request.id);
  };

  bot.events.onProgress("web", ({ request, place, ...progress }) => {
    const message = answerId(inPlace.get(request) ?? request);
    publish(place.channel, { type: "progress", request, message, ...progress });
  });
  bot.events.onErased(async ({ messages: gone, changed }) => {
    for (const { id, channel } of gone) publish(channel, { type: "removed", ids: [id, answerId(id)] });
    for (const request of changed) {
      const row = await messages.answeredBy(request);
      if (row) publishRow(row, "changed");
    }
  });
  await bot.workOff("web", (_id, event) => ask((event as Received).asked, (event as Received).text));
  await bot.outbox.serve("web", send);

  return {
    channels: messages.channels,
    openChannel: (name) => messages.openChannel(randomUUID(), name),
    history: async (channel, user, before) => {
      const rows = await messages.history(channel, user.id, before && askedBy(before));
      return rows.flatMap(presentRow).filter((message) => (message.visibleTo ?? user.id) === user.id);
    },
    say: async (said) => {
      const seen = await store.blobs.readable(said.files, { userId: said.user.id, groupId: LOCAL_GROUP });
      const missing = said.files.find((file) => !seen.includes(file.blob));
      if (missing) throw new UserError("file_gone", { name: missing.name });
      const known = await messages.get(said.id);
      const row = await keep(said);
      const [message] = presentRow(row) as [Message];
      if (!known) publish(message.channel, { type: "message", message });
      return message;
    },
    ask: async (asked) => {
      const text = typeof asked.input === "string" ? asked.input : `/${asked.input.command}`;
      await bot.receive("web", asked.id, { asked, text } satisfies Received);
      try {
        await ask(asked, text);
        const row = await show(asked.id);
        return { request: asked.id, message: presentRow(row).at(-1) as Message };
      } finally {
        await bot.workedOff(asked.id);
      }
    },
    press: async ({ id, message, button, user, lang }) => {
      const row = await messages.get(askedBy(message));
      if (!row?.request) throw new UserError("gone", {});
      const { channel } = row.message;
      const label = row.request.reply?.buttons?.[button]?.label ?? "";
      const pressed = { id, request: row.request.id, button, user, place: placeOf(channel), lang };
      const { request, replaces } = await bot.press(pressed);
      if (replaces) {
        inPlace.set(request.id, row.message.id);
        return { request: request.id, message: presentRow(row).at(-1) as Message };
      }
      await keep({ id, channel, user, text: label, files: [], replyTo: message }, request.id);
      const own = await show(id);
      return { request: request.id, message: presentRow(own).at(-1) as Message };
    },
    listen: (listener) => {
      emitter.on("event", listener);
      return () => void emitter.off("event", listener);
    },
  };
};
