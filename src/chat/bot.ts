import { createHash, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import type { Config } from "../config.ts";
import { UserError } from "../errors.ts";
import type { FileRef } from "../files.ts";
import { filesIn } from "../store/references.ts";
import type { RequestRow } from "../store/store.ts";
import { type Answer, describeError } from "./answer.ts";
import type { Bot, IncomingRequest, Outcome } from "./message.ts";
import { checkedName, spellings } from "./names.ts";
import { answerId, presentAnswer, presentLine, requestOf } from "./present.ts";
import { openRequests, type Parts } from "./requests.ts";
import { commandNamed, type Understood, understand } from "./understand.ts";
import { openUploads } from "./upload.ts";

/** Discord shows no more, and nobody reads more. */
const SUGGESTIONS = 25;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;
/** The same request has the same seed, also when it is run again after a crash. */
const seedOf = (request: string) => createHash("sha256").update(request).digest().readUInt32BE() >>> 1;

/** The bot: understands requests, keeps them, has them worked on, and answers each exactly once. Opened over parts that are open. */
export const createBot = async (parts: Parts & { config: Pick<Config, "maxImageMb" | "uploadMbPerDay"> }): Promise<Bot> => {
  const { commands, store, blobs, flows, events, log, closing } = parts;
  const requests = openRequests(parts);
  const uploads = openUploads(parts);

  /** Whether a request is somebody else's alone: then it is as if it were not there. */
  const isHidden = (row: Pick<RequestRow, "ephemeral" | "userId">, userId: string) => row.ephemeral && row.userId !== userId;

  /** Files meant by replying to a message: the picture somebody worked on, or what the message shows. */
  const filesOf = async (message: string, userId: string): Promise<readonly FileRef[]> => {
    const line = await store.messages.get(requestOf(message));
    if (!line || (line.request && isHidden(line.request, userId))) return [];
    if (line.message.files.length > 0) return line.message.files;
    const given = filesIn(line.request?.args ?? {});
    return given.length > 0 ? given : (line.request?.reply?.pictures ?? []);
  };

  /** A file is named by its hash, which can be guessed or overheard: nobody works with what they may not see. */
  const checkFiles = async (files: readonly FileRef[], userId: string) => {
    const seen = await store.blobs.readable(files, userId);
    const missing = files.find((it) => !seen.includes(it.blob));
    if (missing) throw new UserError("file_gone", { name: missing.name });
  };

  /** Works a kept request off. It is kept, so when that fails for lack of room or of a queue, it is tried again a little later. */
  const work = async (row: RequestRow) => {
    for (let waitMs = FIRST_RETRY_MS; !closing.aborted; waitMs = Math.min(2 * waitMs, LAST_RETRY_MS)) {
      try {
        return await requests.proceed(row);
      } catch (err) {
        if (!closing.aborted) log.error({ err, request: row.id }, "could not work on a request; it is tried again");
        await setTimeout(waitMs, undefined, { signal: closing, ref: false }).catch(() => {});
      }
    }
  };

  /** Keeps what was said and asked. A request that cannot be understood is kept too, with the sentence that says why. */
  const place = async (ask: IncomingRequest, text: string) => {
    const began = performance.now();
    const asker = {
      id: ask.id,
      channel: ask.channel,
      userId: ask.user.id,
      userName: ask.user.name,
      lang: ask.lang,
      asked: new Date(),
    };
    const context = requests.contextOf({ ...asker, seed: seedOf(ask.id) });
    let understood: Understood | undefined;
    let mistake: Answer | undefined;
    try {
      await checkFiles([...ask.files, ...(typeof ask.input === "string" ? [] : filesIn(ask.input.args))], ask.user.id);
      understood = await understand(ask, ask.replyTo ? await filesOf(ask.replyTo, ask.user.id) : [], commands, context);
    } catch (error) {
      mistake = describeError(error, context, log);
    }
    const { command, args = {} } = understood ?? {};
    const seed = typeof args["seed"] === "number" ? args["seed"] : context.seed;
    const request = {
      ...asker,
      seed,
      args,
      command: command?.name ?? "",
      ephemeral: command?.ephemeral ?? false,
      status: "waiting" as const,
    };
    const { asked: at, lang: _, ...who } = asker;
    // A file that may not be seen must not become visible by having been named.
    const seen = mistake ? await store.blobs.readable(ask.files, ask.user.id) : undefined;
    const files = seen ? ask.files.filter((it) => seen.includes(it.blob)) : ask.files;
    const said = { ...who, at, text, files, replyTo: ask.replyTo ?? null };
    const row = { ...request, reply: null, ackMs: null, totalMs: null };
    if (!(await store.requests.add(said, request))) {
      // Sent twice: the first one counts. But an id that somebody else's request has got shows nothing of it.
      const known = await store.requests.get(ask.id);
      if (known?.userId !== ask.user.id) throw new UserError("bad_request", { problem: "that id is taken" });
      return { request: ask.id, message: presentAnswer(known) };
    }
    for (const message of presentLine({ message: { ...said, seq: 0 }, request: row })) {
      events.publish(ask.channel, { type: "message", message });
    }
    if (mistake) await requests.finish(ask.id, mistake);
    else void work(row); // it is kept, and a restart goes on with it: nothing can be lost any more
    const acknowledged = store.requests.acknowledged(ask.id, Math.round(performance.now() - began));
    acknowledged.catch((err: unknown) => log.warn({ err, request: ask.id }, "could not note the time of an acknowledgement"));
    return { request: ask.id, message: presentAnswer(row) };
  };

  const outcomeOf = async (id: string, userId: string): Promise<Outcome | undefined> => {
    const row = await store.requests.get(id);
    if (!row || isHidden(row, userId)) return undefined;
    const { status, seed, reply, ackMs, totalMs } = row;
    return { id, status, seed, ...(reply ? { reply } : {}), ms: { ack: ackMs ?? 0, total: totalMs ?? 0 } };
  };

  flows.onProgress(async (request, { done, of, note }) => {
    const row = await store.requests.get(request);
    if (row?.status !== "waiting") return;
    events.publish(row.channel, {
      type: "progress",
      request,
      message: answerId(request),
      done,
      of,
      note: note?.[row.lang] ?? "",
      ...(row.ephemeral ? { visibleTo: row.userId } : {}),
    });
  });
  await flows.deliverTo(requests.deliver);
  for (const row of await store.requests.waiting()) void work(row);

  return {
    commands,
    person: async (id) => {
      const name = await store.people.nameOf(id);
      return name === undefined ? undefined : { id, name };
    },
    claimName: async (id, name) => ({ id, name: await store.people.claim(id, spellings(checkedName(name))) }),
    mayUpload: (user, bytes) => uploads.check(user.id, bytes),
    upload: (user, bytes, name) => uploads.upload(user, bytes instanceof Uint8Array ? Readable.from([bytes]) : bytes, name),
    read: async (blob, user) => {
      if ((await store.blobs.readable([{ blob }], user?.id)).length === 0)
        throw new UserError("not_here", { what: blob.slice(0, 8) });
      return blobs.get(blob);
    },
    ask: (ask) => place(ask, typeof ask.input === "string" ? ask.input : `/${ask.input.command}`),
    press: async ({ id, message, button, user, lang }) => {
      const row = await store.requests.get(requestOf(message));
      const pressed = row?.reply?.buttons?.[button];
      if (!row || !pressed || isHidden(row, user.id)) throw new UserError("gone", {});
      const input = { command: pressed.command, args: pressed.args };
      return place({ id, channel: row.channel, user, lang, input, files: [], replyTo: message }, pressed.label);
    },
    say: async ({ id, channel, user, text, files, replyTo }) => {
      await checkFiles(files, user.id);
      const said = { id, channel, userId: user.id, userName: user.name, text, files, replyTo: replyTo ?? null, at: new Date() };
      const added = await store.messages.add(said);
      if (!added && (await store.messages.get(id))?.message.userId !== user.id)
        throw new UserError("bad_request", { problem: "that id is taken" });
      const [message] = presentLine({ message: { ...said, seq: 0 }, request: null });
      if (added) events.publish(channel, { type: "message", message });
      return message;
    },
    cancel: (request, user) => requests.cancel(request, user.id),
    outcome: async (request, seconds, user) => {
      const ended = events.untilEnded(request, seconds);
      const now = await outcomeOf(request, user.id);
      if (now?.status !== "waiting" || seconds === 0) return now;
      await ended;
      return outcomeOf(request, user.id);
    },
    idle: async () => {
      for (let [first] = await store.requests.waiting(); first; [first] = await store.requests.waiting()) {
        await events.untilEnded(first.id, 1);
      }
    },
    suggest: async ({ command, option, typed, user, channel, lang }) => {
      const spec = commandNamed(commands, command)?.options[option];
      if (spec?.kind !== "choice") return [];
      const context = requests.contextOf({
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
          : await spec.among(context);
      const wanted = typed.normalize("NFC").toLowerCase();
      return all
        .filter((it) => [it.value, it.label[lang]].some((text) => text.toLowerCase().includes(wanted)))
        .slice(0, SUGGESTIONS);
    },
    history: async (channel, user, before) =>
      (await store.messages.history(channel, user.id, before && requestOf(before))).flatMap(presentLine),
    channels: () => store.channels.list(),
    openChannel: (name) => store.channels.open(randomUUID(), name),
    listen: events.listen,
  };
};
