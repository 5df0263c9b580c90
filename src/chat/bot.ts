import { createHash, randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import type { Config } from "../config.ts";
import { UserError } from "../errors.ts";
import type { FileRef } from "../files.ts";
import { scrub } from "../images/scrub.ts";
import { typeOf } from "../images/sniff.ts";
import type { Flows } from "../jobs/flows.ts";
import type { Log } from "../log.ts";
import type { Blobs } from "../store/blobs.ts";
import type { RequestRow, Store } from "../store/store.ts";
import type { Text } from "../text.ts";
import { answerOf, apologise, type End, tell } from "./answer.ts";
import type { Command, Desk, Scene } from "./command.ts";
import type { Ask, Bot, ChannelEvent, Outcome } from "./message.ts";
import { answerId, presentAnswer, presentLine, requestOf } from "./present.ts";
import { commandNamed, type Understood, understand } from "./understand.ts";

export interface Parts {
  config: Pick<Config, "maxImageMb">;
  commands: readonly Command[];
  store: Store;
  blobs: Blobs;
  flows: Flows;
  log: Log;
  /** What /status says about how this installation is set up, a line each. */
  facts: readonly Text[];
}

/** An `.onnx` file may be this large; protobuf itself ends at 2 GB. */
const MAX_FILE_MB = 600;
const SUGGESTIONS = 25;
const megabytes = (bytes: number) => Math.ceil(bytes / 1e5) / 10;
/** The same request has the same seed, also when it is run again after a crash. */
const seedOf = (request: string) => createHash("sha256").update(request).digest().readUInt32BE() >>> 1;
const textOf = ({ wish }: Ask) => (typeof wish === "string" ? wish : `/${wish.command}`);

/** The bot: understands wishes, keeps them, has them worked on, and answers each exactly once. Opened over parts that are open. */
export const createBot = async ({ config, commands, store, blobs, flows, log, facts }: Parts): Promise<Bot> => {
  const happenings = new EventEmitter().setMaxListeners(0);
  const emit = (channel: string, event: ChannelEvent) => happenings.emit("event", channel, event);

  const sceneOf = (row: Pick<RequestRow, "id" | "userId" | "userName" | "channel" | "lang" | "seed" | "asked">): Scene => ({
    id: row.id,
    user: { id: row.userId, name: row.userName },
    channel: row.channel,
    lang: row.lang,
    seed: row.seed,
    now: row.asked,
    store,
    desk,
  });

  const finish = async (request: string, { status, reply }: End) => {
    if (!(await store.requests.finish(request, status, reply))) return;
    const row = (await store.requests.get(request)) as RequestRow;
    emit(row.channel, { type: "changed", message: presentAnswer(row) });
    happenings.emit(request);
  };

  const desk: Desk = {
    commands,
    facts,
    lengths: flows.lengths,
    cancel: async (request, userId) => {
      const row = await store.requests.get(request);
      if (row?.status !== "waiting" || row.userId !== userId) return false;
      await finish(request, tell({ code: "cancelled", facts: {} }, row.lang));
      await flows.cancel(request);
      return true;
    },
    forget: async (userId, except) => {
      for (const row of await store.requests.waiting()) if (row.id !== except) await desk.cancel(row.id, userId);
      const gone = await store.forget(userId, except);
      for (const blob of gone.blobs) await blobs.remove(blob);
      for (const { channel, ids } of gone.messages)
        emit(channel, { type: "removed", ids: ids.flatMap((id) => [id, answerId(id)]) });
      return { messages: gone.messages.reduce((sum, it) => sum + it.ids.length, 0), files: gone.blobs.length };
    },
  };

  /** Answers a kept request, or queues its work. Also called after a restart, for those that a crash left in between. */
  const proceed = async (row: RequestRow) => {
    const scene = sceneOf(row);
    try {
      const command = commandNamed(commands, row.command) as Command;
      const outcome = await command.run(scene, row.args as never);
      if ("job" in outcome) await flows.start(row.id, outcome);
      else await finish(row.id, { status: "done", reply: outcome });
    } catch (error) {
      await finish(row.id, apologise(error, scene, log));
    }
  };

  /** Files meant by replying to a message: the picture somebody worked on, or what the message shows. */
  const filesOf = async (message: string): Promise<readonly FileRef[]> => {
    const line = await store.messages.get(requestOf(message));
    if (!line) return [];
    const given = Object.values(line.request?.args ?? {}).filter((it): it is FileRef => typeof it === "object");
    if (line.message.files.length > 0) return line.message.files;
    return given.length > 0 ? given : (line.request?.reply?.pictures ?? []);
  };

  /** Keeps what was said and asked. A wish that cannot be understood is kept too, with the sentence that says why. */
  const place = async (ask: Ask, text: string) => {
    const began = performance.now();
    const known = await store.requests.get(ask.id);
    if (known) return { request: known.id, message: presentAnswer(known) };

    const base = {
      id: ask.id,
      channel: ask.channel,
      userId: ask.user.id,
      userName: ask.user.name,
      lang: ask.lang,
      asked: new Date(),
    };
    const scene = sceneOf({ ...base, seed: seedOf(ask.id) });
    let understood: Understood | undefined;
    let end: End | undefined;
    try {
      understood = await understand(ask, ask.replyTo ? await filesOf(ask.replyTo) : [], commands, scene);
    } catch (error) {
      end = apologise(error, scene, log);
    }
    const seed = typeof understood?.args["seed"] === "number" ? understood.args["seed"] : scene.seed;
    const { command, args = {} } = understood ?? {};
    const request = {
      ...base,
      seed,
      args,
      command: command?.name ?? "",
      hushed: command?.hushed ?? false,
      status: "waiting" as const,
    };
    const { asked: at, lang: _, ...message } = base;
    const added = await store.requests.add({ ...message, at, text, files: ask.files, replyTo: ask.replyTo ?? null }, request);
    const row = { ...request, reply: null, ackMs: null, totalMs: null };
    const answer = presentAnswer(row);
    if (!added) return { request: ask.id, message: answer };
    for (const it of presentLine({
      message: { ...message, seq: 0, at, text, files: ask.files, replyTo: ask.replyTo ?? null },
      request: row,
    })) {
      emit(ask.channel, { type: "message", message: it });
    }
    if (end) await finish(ask.id, end);
    else await proceed(row);
    await store.requests.acknowledged(ask.id, Math.round(performance.now() - began));
    return { request: ask.id, message: answer };
  };

  const outcomeOf = async (id: string): Promise<Outcome | undefined> => {
    const row = await store.requests.get(id);
    if (!row) return undefined;
    const { status, seed, reply, ackMs, totalMs } = row;
    return { id, status, seed, ...(reply ? { reply } : {}), ms: { ack: ackMs ?? 0, total: totalMs ?? 0 } };
  };

  flows.onProgress((request, { done, of, note }) => {
    void store.requests.get(request).then((row) => {
      if (row?.status !== "waiting") return;
      emit(row.channel, { type: "progress", request, message: answerId(request), done, of, note: note?.[row.lang] ?? "" });
    });
  });
  await flows.deliverTo(async (request, ending, lastTry) => {
    const row = await store.requests.get(request);
    if (row?.status !== "waiting") return;
    const scene = sceneOf(row);
    try {
      await finish(request, await answerOf(commandNamed(commands, row.command) as Command, row.args, scene, ending, log));
    } catch (error) {
      if (!lastTry && !(error instanceof UserError)) throw error;
      await finish(request, apologise(error, scene, log));
    }
  });
  for (const row of await store.requests.waiting()) await proceed(row);

  return {
    commands,
    upload: async (user, bytes, name) => {
      const type = typeOf(bytes, name);
      const maxMb = type.startsWith("image/") ? config.maxImageMb : MAX_FILE_MB;
      if (bytes.length > maxMb * 1e6) throw new UserError("too_large", { gotMb: megabytes(bytes.length), maxMb });
      const file = await blobs.put(scrub(bytes), { name: name.normalize("NFC").slice(-120), type });
      await store.uploads.add(file.blob, user.id);
      return file;
    },
    read: (blob) => blobs.get(blob),
    ask: (ask) => place(ask, textOf(ask)),
    press: async ({ id, message, button, user, lang }) => {
      const row = await store.requests.get(requestOf(message));
      const pressed = row?.reply?.buttons?.[button];
      if (!row || !pressed) throw new UserError("gone", {});
      const wish = { command: pressed.command, args: pressed.args };
      return place({ id, channel: row.channel, user, lang, wish, files: [], replyTo: message }, pressed.label);
    },
    say: async ({ id, channel, user, text, files, replyTo }) => {
      const message = {
        id,
        channel,
        userId: user.id,
        userName: user.name,
        text,
        files,
        replyTo: replyTo ?? null,
        at: new Date(),
      };
      await store.messages.add(message);
      const [shown] = presentLine({ message: { ...message, seq: 0 }, request: null });
      if (!shown) throw new Error(`Expected a message to show for ${id}`);
      emit(channel, { type: "message", message: shown });
      return shown;
    },
    cancel: (request, user) => desk.cancel(request, user.id),
    outcome: async (request, seconds) => {
      const ended = new Promise<void>((resolve) => {
        const patience = setTimeout(resolve, seconds * 1000);
        happenings.once(request, () => {
          clearTimeout(patience);
          resolve();
        });
      });
      const now = await outcomeOf(request);
      if (now?.status !== "waiting" || seconds === 0) return now;
      await ended;
      return outcomeOf(request);
    },
    suggest: async ({ command, option, typed, user, channel, lang }) => {
      const spec = commandNamed(commands, command)?.options[option];
      if (spec?.kind !== "choice") return [];
      const scene = sceneOf({
        id: randomUUID(),
        userId: user.id,
        userName: user.name,
        channel,
        lang,
        seed: 0,
        asked: new Date(),
      });
      const all =
        "of" in spec
          ? spec.of.map((value) => ({ value, label: spec.labels?.[value] ?? { en: value, ko: value } }))
          : await spec.among(scene);
      const wanted = typed.normalize("NFC").toLowerCase();
      return all
        .filter((it) => [it.value, it.label[lang]].some((text) => text.toLowerCase().includes(wanted)))
        .slice(0, SUGGESTIONS);
    },
    history: async (channel, user, before) =>
      (await store.messages.history(channel, user.id, before && requestOf(before))).flatMap(presentLine),
    channels: () => store.channels.list(),
    openChannel: (name) => store.channels.open(randomUUID(), name),
    listen: (listener) => {
      happenings.on("event", listener);
      return () => happenings.off("event", listener);
    },
  };
};
