import { createHash, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type { Config } from "../config.ts";
import { UserError } from "../errors.ts";
import type { FileRef } from "../files.ts";
import type { AdapterName } from "../place.ts";
import type { RequestStatus } from "../reply.ts";
import type { Viewer } from "../store/references.ts";
import { filesIn } from "../store/references.ts";
import { columnsOf, type RequestRow } from "../store/requests.ts";
import { type Answer, describeError } from "./answer.ts";
import type { CommandEntry } from "./command.ts";
import type { Events } from "./events.ts";
import { checkedName, spellings } from "./names.ts";
import type { Choice } from "./options.ts";
import type { Outbox } from "./outbox.ts";
import type { From, IncomingRequest, Outcome, Peer, Press } from "./request.ts";
import { openRequests, type Parts } from "./requests.ts";
import { suggest } from "./suggest.ts";
import { type Understood, understand } from "./understand.ts";
import { openUploads } from "./upload.ts";

/** The bot as adapters see it. */
export interface Bot {
  commands: readonly CommandEntry[];
  events: Pick<Events, "onProgress" | "onErased">;
  outbox: Pick<Outbox, "serve" | "post">;
  /** Who goes by this id; nothing when they never claimed a name. */
  person(id: string): Promise<Peer | undefined>;
  /** Gives an id a name, with a mark where somebody else has one that looks like it. Refuses the bot's own and what cannot be seen. */
  claimName(id: string, name: string): Promise<Peer>;
  /** Refuses so many bytes if they are more than this person may still send today. */
  mayUpload(user: Peer, bytes: number): Promise<void>;
  /** Stores an uploaded file, whole or while it comes: checks its size, takes the GPS position out, remembers whose it is. */
  upload(user: Peer, bytes: Uint8Array | AsyncIterable<Uint8Array>, name: string): Promise<FileRef>;
  /** The bytes of a stored file that somebody may see. A `UserError` for any other. */
  read(blob: string, viewer: Viewer): Promise<Buffer>;
  /**
   * Keeps an event of a platform as it came: that is the acknowledgement. Nothing has to be downloaded or understood before. False when
   * the event is known already.
   */
  receive(adapter: AdapterName, id: string, event: unknown): Promise<boolean>;
  /** Hands over what was received and not worked off, as after a crash. What `handle` throws leaves the event for the next start. */
  workOff(adapter: AdapterName, handle: (id: string, event: unknown) => Promise<void>): Promise<void>;
  /** Says that an event is worked off. */
  workedOff(id: string): Promise<void>;
  /** Keeps the request and queues its work: from then on nothing can be lost. The same id again changes nothing. */
  ask(request: IncomingRequest): Promise<RequestRow>;
  /**
   * Presses a button: the same as asking what it stands for. `replaces` is the delivery whose message the answer takes the place of. A
   * `UserError` is for the presser alone: the button is gone, another person's, or its message has changed.
   */
  press(press: Press): Promise<{ request: RequestRow; label: string; replaces?: string }>;
  /** The files meant by replying to an answer or a post: what it was made from, else what it shows. None of what this person may not see. */
  filesOf(delivery: string, from: Pick<From, "user" | "place">): Promise<readonly FileRef[]>;
  /** Asks a waiting request to stop. True when it was still waiting. */
  cancel(request: string, user: Pick<Peer, "id">): Promise<boolean>;
  /** How a request ended; waits for its end up to `seconds`. Undefined where it is not for this person's eyes. */
  outcome(request: string, seconds: number, user: Pick<Peer, "id">): Promise<Outcome | undefined>;
  /** Notes the platform's message that shows a request's progress until the answer takes its place. */
  placed(request: string, externalId: string): Promise<void>;
  /** Resolves when nobody waits for an answer any more, and every answer is sent. */
  idle(): Promise<void>;
  /** Values for an option while it is typed, at most 25. `given` are the other options already filled in. */
  suggest(
    wanted: From & { command: string; option: string; typed: string; given?: Readonly<Record<string, string>> },
  ): Promise<readonly Choice[]>;
}

/** The same request has the same seed, also when it is run again after a crash. */
const seedOf = (request: string) => createHash("sha256").update(request).digest().readUInt32BE() >>> 1;

/** Opens the bot over parts that are open: it understands requests, keeps them, has them worked on, and answers each exactly once. */
export const createBot = (
  parts: Parts & { config: Pick<Config, "maxImageMb" | "uploadMbPerDay"> },
): Bot & { begin(): Promise<void> } => {
  const { commands, store, blobs, flows, events, outbox, log } = parts;
  const requests = openRequests(parts);
  const uploads = openUploads(parts);

  /** A file is named by its hash, which can be guessed or overheard: nobody works with what they may not see. */
  const checkFiles = async (files: readonly FileRef[], { user, place }: From) => {
    const seen = await store.blobs.readable(files, { userId: user.id, groupId: place.group });
    const missing = files.find((file) => !seen.includes(file.blob));
    if (missing) throw new UserError("file_gone", { name: missing.name });
  };

  /** Keeps what was asked. What cannot be understood is kept too, with the sentence that says why. */
  const keep = async (incoming: IncomingRequest & { isEphemeral?: boolean }, replaces?: string): Promise<RequestRow> => {
    const began = performance.now();
    const { id, user, place, lang, token, isEphemeral = false } = incoming;
    const asker = {
      ...{ id, lang, ...columnsOf(place), userId: user.id, userName: user.name },
      ...{ asked: new Date(), seed: seedOf(id) },
    };
    const context = requests.contextOf(asker);
    let understood: Understood | undefined;
    let mistake: Answer | undefined;
    try {
      const named = typeof incoming.input === "string" ? [] : filesIn(incoming.input.args);
      await checkFiles([...incoming.files, ...named], incoming);
      understood = await understand(incoming, commands, context);
    } catch (error) {
      mistake = describeError(error, context, log);
    }
    const { command, path = "", args = {} } = understood ?? {};
    const status: RequestStatus = "waiting";
    const request = {
      ...{ ...asker, args, status, command: path },
      seed: typeof args["seed"] === "number" ? args["seed"] : asker.seed,
      // What a peer did wrong is told to that peer alone.
      ephemeral: isEphemeral || mistake !== undefined || (command?.ephemeral ?? false),
    };
    if (!(await store.requests.add(request, { ...(replaces && { replaces }), ...(token && { token }) }))) {
      // Sent twice: the first one counts. But an id that somebody else's request has got shows nothing of it.
      const known = await store.requests.get(id);
      if (known?.userId !== user.id) throw new UserError("bad_request", { problem: "that id is taken" });
      return known;
    }
    const row = { ...request, reply: null, ackMs: null, totalMs: null };
    if (mistake) await requests.finish(id, mistake);
    else void requests.work(row); // it is kept, and a restart goes on with it: nothing can be lost any more
    const acknowledged = store.requests.acknowledged(id, Math.round(performance.now() - began));
    acknowledged.catch((err: unknown) => log.warn({ err, request: id }, "could not note the time of an acknowledgement"));
    return row;
  };

  const outcomeOf = async (id: string, userId: string): Promise<Outcome | undefined> => {
    const row = await store.requests.get(id);
    if (!row || (row.ephemeral && row.userId !== userId)) return undefined;
    const { command, status, seed, reply, ackMs, totalMs } = row;
    return { id, command, status, seed, ...(reply ? { reply } : {}), ms: { ack: ackMs ?? 0, total: totalMs ?? 0 } };
  };

  /** What a delivery says to somebody, and the request that it answers; nothing where they may not see it. */
  const seen = async (id: string, { user, place }: Pick<From, "user" | "place">) => {
    const [delivery, row] = await Promise.all([store.deliveries.get(id), store.requests.get(id)]);
    const visibleTo = delivery?.visibleTo ?? (row?.ephemeral ? row.userId : user.id);
    if (delivery?.groupId !== place.group || visibleTo !== user.id) return {};
    return { row, reply: row?.reply ?? delivery.reply };
  };

  return {
    commands,
    events,
    outbox,
    /** Goes on with what waits. Adapters listen already. */
    begin: async () => {
      await flows.onResult(requests.onResult);
      for (const row of await store.requests.waiting()) void requests.work(row);
    },
    person: async (id) => {
      const name = await store.people.nameOf(id);
      return name === undefined ? undefined : { id, name };
    },
    claimName: async (id, name) => ({ id, name: await store.people.claim(id, spellings(checkedName(name))) }),
    mayUpload: (user, bytes) => uploads.check(user.id, bytes),
    upload: (user, bytes, name) => uploads.upload(user, bytes instanceof Uint8Array ? Readable.from([bytes]) : bytes, name),
    read: async (blob, viewer) => {
      if ((await store.blobs.readable([{ blob }], viewer)).length === 0)
        throw new UserError("not_here", { what: blob.slice(0, 8) });
      return blobs.get(blob);
    },
    receive: (adapter, id, event) => store.receipts.add(id, adapter, event),
    workOff: async (adapter, handle) => {
      for (const { id, event } of await store.receipts.pending(adapter)) {
        try {
          await handle(id, event);
          await store.receipts.remove(id);
        } catch (err) {
          log.error({ err, event: id, adapter }, "an event that was acknowledged could not be worked off");
        }
      }
    },
    workedOff: store.receipts.remove,
    ask: (request) => keep(request),
    press: async ({ id, pressed: { delivery: shown, button: index }, apart = false, ...from }) => {
      const { row, reply } = await seen(shown, from);
      const button = reply?.buttons?.[index];
      if (!button) throw new UserError("gone", {});
      if (button.owner && button.owner !== from.user.id) throw new UserError("not_your_button", {});
      const replaces = button.inPlace && !apart ? { replaces: shown } : {};
      const input = { command: button.command, args: button.args };
      const kept = { id, input, files: [], ...from, isEphemeral: row?.ephemeral ?? false };
      return { request: await keep(kept, replaces.replaces), label: button.label, ...replaces };
    },
    filesOf: async (id, from) => {
      const { row, reply } = await seen(id, from);
      const given = filesIn(row?.args ?? {});
      return given.length > 0 ? given : (reply?.pictures ?? []);
    },
    cancel: (request, user) => requests.cancel(request, user.id),
    outcome: async (request, seconds, user) => {
      const ended = events.untilEnded(request, seconds);
      const now = await outcomeOf(request, user.id);
      if (now?.status !== "waiting" || seconds === 0) return now;
      await ended;
      return outcomeOf(request, user.id);
    },
    placed: store.deliveries.placed,
    idle: async () => {
      for (let [first] = await store.requests.waiting(); first; [first] = await store.requests.waiting()) {
        await events.untilEnded(first.id, 1);
      }
      await outbox.idle();
    },
    suggest: ({ user, place, lang, ...wanted }) => {
      const asker = { ...columnsOf(place), userId: user.id, userName: user.name, lang };
      const context = requests.contextOf({ ...asker, id: randomUUID(), seed: 0, asked: new Date() });
      return suggest(commands, wanted, context);
    },
  };
};
