import { createHash, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type { ThumbnailKind } from "../blobs/thumbnails.ts";
import type { Config } from "../config.ts";
import { UserError } from "../errors.ts";
import type { FileRef } from "../files.ts";
import { LOCAL_GROUP } from "../place.ts";
import type { Button, RequestStatus } from "../reply.ts";
import { answersIn, type GroupSettings } from "../settings.ts";
import type { Viewer } from "../store/references.ts";
import { filesIn } from "../store/references.ts";
import { columnsOf, isVisible, type RequestRow } from "../store/requests.ts";
import { type Answer, describeError } from "./answer.ts";
import type { CommandEntry } from "./command.ts";
import type { Events, RequestProgress } from "./events.ts";
import type { GroupChannels } from "./groupChannels.ts";
import { checkedName, spellings } from "./names.ts";
import type { Choice } from "./options.ts";
import type { Outbox } from "./outbox.ts";
import { pressedIn } from "./pressed.ts";
import { openProgress } from "./progress.ts";
import { openReceipts } from "./receipts.ts";
import { type From, type IncomingRequest, type Outcome, type Peer, type Press, viewerOf } from "./request.ts";
import { openRequests, type Parts } from "./requests.ts";
import { suggest } from "./suggest.ts";
import { openThumbnails } from "./thumbnails.ts";
import { type Understood, understand } from "./understand.ts";
import { openUploads } from "./upload.ts";

/** The bot as adapters see it. */
export interface Bot {
  commands: readonly CommandEntry[];
  events: Pick<Events, "onProgress" | "onErased">;
  outbox: Pick<Outbox, "serve" | "post">;
  /** Where an adapter says which channels its groups have. */
  channels: Pick<GroupChannels, "serve">;
  /** Who goes by this id; nothing when they never claimed a name. */
  person(id: string): Promise<Peer | undefined>;
  /**
   * Gives an id a name, with a mark where somebody else has one that looks like it. Refuses the bot's own and what cannot be seen. The
   * first to say a name administers the group "local".
   */
  claimName(id: string, name: string): Promise<Peer>;
  /** Refuses so many bytes if they are more than this person may still send today. */
  mayUpload(user: Peer, bytes: number): Promise<void>;
  /** Stores an uploaded file, whole or while it comes: checks its size, takes the GPS position out, remembers whose it is. */
  upload(user: Peer, bytes: Uint8Array | AsyncIterable<Uint8Array>, name: string): Promise<FileRef>;
  /** The bytes of a stored file that somebody may see. A `UserError` for any other. */
  read(blob: string, viewer: Viewer): Promise<Buffer>;
  /** A small copy of a picture that somebody may see; undefined where none can be made. A `UserError` for any other. */
  thumbnail(blob: string, kind: ThumbnailKind, viewer: Viewer): Promise<Buffer | undefined>;
  /** Events of platforms, kept before anything is downloaded or understood, so that they can be acknowledged at once. */
  receipts: Pick<ReturnType<typeof openReceipts>, "receive" | "workOff" | "workedOff">;
  /** What a group has set for itself: in which language and where to answer it. */
  settings(group: string): Promise<GroupSettings>;
  /** Keeps the request and queues its work: from then on nothing can be lost. The same id again changes nothing. */
  ask(request: IncomingRequest): Promise<RequestRow>;
  /**
   * Presses a button: the same as asking what it stands for. `replaces` is the delivery whose message the answer takes the place of. A
   * `UserError` is for the presser alone: the button is gone, another person's, or its message has changed.
   */
  press(press: Press): Promise<{ request: RequestRow; label: string; replaces?: string }>;
  /** A button that this person sees, for a platform that asks for a picture before it is pressed. */
  button(pressed: Press["pressed"], from: Pick<From, "user" | "place">): Promise<Button | undefined>;
  /** The files meant by replying to an answer or a post: what it was made from, else what it shows. None of what this person may not see. */
  filesOf(delivery: string, from: Pick<From, "user" | "place">): Promise<readonly FileRef[]>;
  /** Asks a waiting request to stop. True when it was this person's, in this group, and still waiting. */
  cancel(request: string, asker: Viewer): Promise<boolean>;
  /** How far a waiting request is, as it was shown last. */
  progress(request: string): RequestProgress | undefined;
  /** How a request ended; waits for its end up to `seconds`. Undefined where it is not for this person's eyes. */
  outcome(request: string, seconds: number, viewer: Viewer): Promise<Outcome | undefined>;
  /**
   * Notes the platform's message that shows a request's progress until the answer takes its place. False when the answer was sent
   * already, so that the message is of no use.
   */
  placed(request: string, externalId: string): Promise<boolean>;
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
  parts: Parts & { config: Pick<Config, "maxImageMb" | "uploadMbPerDay">; now?(): Date },
): Bot & { begin(): Promise<void> } => {
  const { commands, store, blobs, flows, events, outbox, channels, recaps, log, now = () => new Date() } = parts;
  const progress = openProgress(parts);
  const thumbnails = openThumbnails(parts);
  const requests = openRequests({ ...parts, progress, thumbnails });
  const uploads = openUploads(parts);
  const receipts = openReceipts(parts);

  /** A file is named by its hash, which can be guessed or overheard: nobody works with what they may not see. */
  const checkFiles = async (files: readonly FileRef[], from: From) => {
    const seen = await store.blobs.readable(files, viewerOf(from));
    const missing = files.find((file) => !seen.includes(file.blob));
    if (missing) throw new UserError("file_gone", { name: missing.name });
  };

  const checkReadable = async (blob: string, viewer: Viewer) => {
    if ((await store.blobs.readable([{ blob }], viewer)).length === 0)
      throw new UserError("not_here", { what: blob.slice(0, 8) });
  };

  /** Keeps what was asked. What cannot be understood is kept too, with the sentence that says why. */
  const keep = async (incoming: IncomingRequest & { isEphemeral?: boolean }, replaces?: string): Promise<RequestRow> => {
    const began = performance.now();
    const { id, user, place, token, administers, isEphemeral = false } = incoming;
    if (administers !== undefined) await store.groups.follow(place.group, user.id, administers);
    const settings = await store.groups.settings(place.group);
    const lang = settings.language ?? incoming.lang;
    const asker = {
      ...{ id, lang, ...columnsOf(place), userId: user.id, userName: user.name },
      ...{ asked: now(), seed: seedOf(id) },
    };
    const context = requests.contextOf(asker);
    let understood: Understood | undefined;
    let mistake: Answer | undefined;
    try {
      const named = typeof incoming.input === "string" ? [] : filesIn(incoming.input.args);
      await checkFiles([...incoming.files, ...named], incoming);
      understood = await understand(incoming, commands, context);
      // Those who administer the group can set it right from anywhere.
      if (!answersIn(settings, place.channel) && !understood.command.administratorsOnly)
        throw new UserError("closed_channel", {});
    } catch (error) {
      mistake = describeError(error, context, log);
    }
    const { command, path = "", args = {} } = understood ?? {};
    const status: RequestStatus = "waiting";
    const request = {
      ...{ ...asker, args, status, command: path },
      seed: typeof args["seed"] === "number" ? args["seed"] : asker.seed,
      // What a peer did wrong is told to that peer alone.
      ephemeral: isEphemeral || mistake !== undefined || (command?.ephemeral ?? settings.replies === "only me"),
    };
    if (!(await store.requests.add(request, { ...(replaces && { replaces }), ...(token && { token }) }))) {
      // Sent twice: the first one counts. But an id that somebody else's request has got shows nothing of it.
      const known = await store.requests.get(id);
      if (known?.userId !== user.id || known.groupId !== place.group)
        throw new UserError("bad_request", { problem: "that id is taken" });
      return known;
    }
    const ackMs = Math.round(performance.now() - began);
    const row = { ...request, reply: null, ackMs, totalMs: null };
    if (mistake) await requests.finish(id, mistake, ackMs);
    else void requests.work(row); // it is kept, and a restart goes on with it: nothing can be lost any more
    return row;
  };

  const outcomeOf = (row: RequestRow | undefined, viewer: Viewer): Outcome | undefined => {
    if (!row || !isVisible(row, viewer)) return undefined;
    const { id, command, status, seed, reply, ackMs, totalMs } = row;
    return { id, command, status, seed, ...(reply ? { reply } : {}), ms: { ack: ackMs ?? 0, total: totalMs ?? 0 } };
  };

  /** What a delivery says to somebody, and the request that it answers; nothing where they may not see it. */
  const seen = async (id: string, { user, place }: Pick<From, "user" | "place">) => {
    const [delivery, row] = await Promise.all([store.deliveries.get(id), store.requests.get(id)]);
    const visibleTo = delivery?.visibleTo ?? (row?.ephemeral ? row.userId : user.id);
    const isElsewhere = delivery?.isPrivate && delivery.channel !== place.channel;
    if (delivery?.groupId !== place.group || isElsewhere || visibleTo !== user.id) return {};
    return { row, reply: row?.reply ?? delivery.reply };
  };

  return {
    commands,
    events,
    outbox,
    channels,
    /** Goes on with what waits. Adapters listen already. */
    begin: async () => {
      await flows.onResult(requests.onResult);
      for (const row of await store.requests.waiting()) void requests.work(row);
      await recaps.begin();
    },
    person: async (id) => {
      const name = await store.people.nameOf(id);
      return name === undefined ? undefined : { id, name };
    },
    claimName: async (id, typed) => {
      const name = await store.people.claim(id, spellings(checkedName(typed)));
      await store.groups.appointFirst(LOCAL_GROUP, id);
      return { id, name };
    },
    mayUpload: (user, bytes) => uploads.check(user.id, bytes),
    upload: (user, bytes, name) => uploads.upload(user, bytes instanceof Uint8Array ? Readable.from([bytes]) : bytes, name),
    read: async (blob, viewer) => {
      await checkReadable(blob, viewer);
      return blobs.get(blob);
    },
    thumbnail: async (blob, kind, viewer) => {
      await checkReadable(blob, viewer);
      return thumbnails.get(blob, kind);
    },
    receipts,
    settings: store.groups.settings,
    ask: (request) => keep(request),
    press: async ({ id, pressed: { delivery: shown, ...pressed }, apart = false, ...from }) => {
      const { row, reply } = await seen(shown, from);
      const button = reply && pressedIn(reply, pressed);
      if (!button) throw new UserError("gone", {});
      if (button.owner && button.owner !== from.user.id) throw new UserError("not_your_button", {});
      const replaces = button.inPlace && !apart ? { replaces: shown } : {};
      const input = { command: button.command, args: button.args };
      const kept = { id, input, files: [], ...from, isEphemeral: row?.ephemeral ?? false };
      return { request: await keep(kept, replaces.replaces), label: button.label, ...replaces };
    },
    button: async ({ delivery, ...pressed }, from) => {
      const { reply } = await seen(delivery, from);
      return reply ? pressedIn(reply, pressed) : undefined;
    },
    filesOf: async (id, from) => {
      const { row, reply } = await seen(id, from);
      const given = filesIn(row?.args ?? {});
      return given.length > 0 ? given : (reply?.pictures ?? []);
    },
    cancel: async (request, asker) => (await requests.cancel(request, asker)) !== undefined,
    progress: progress.now,
    outcome: async (request, seconds, viewer) => {
      const ended = events.untilEnded(request, seconds);
      const now = progress.waiting(request) ?? (await store.requests.get(request));
      if (now?.status !== "waiting" || seconds === 0 || !isVisible(now, viewer)) return outcomeOf(now, viewer);
      return outcomeOf((await ended) ?? now, viewer);
    },
    placed: store.deliveries.placed,
    idle: async () => {
      await receipts.idle();
      for (let [first] = await store.requests.waiting(); first; [first] = await store.requests.waiting()) {
        await events.untilEnded(first.id, 1);
      }
      await outbox.idle();
    },
    suggest: ({ user, place, lang, ...wanted }) => {
      const asker = { ...columnsOf(place), userId: user.id, userName: user.name, lang };
      const context = requests.contextOf({ ...asker, id: randomUUID(), seed: 0, asked: now() });
      return suggest(commands, wanted, context);
    },
  };
};
