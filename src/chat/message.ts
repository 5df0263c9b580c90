import type { FileRef } from "../files.ts";
import type { Args, Reply, RequestStatus } from "../reply.ts";
import type { Language } from "../text.ts";
import type { Choice, Command } from "./command.ts";

/** One line of a channel's history, as adapters show it. A bot's message answers a request and is edited until it is done. */
export interface Message {
  id: string;
  channel: string;
  at: string;
  author: { id: string; name: string; bot: boolean };
  text: string;
  pictures: readonly FileRef[];
  files: readonly FileRef[];
  /** Labels only; a press sends the message's id and the button's index. */
  buttons: readonly string[];
  /** The message that this one answers. */
  replyTo?: string;
  /** For a bot's message: the request behind it. `progress` is 0..1 while it is waiting. */
  request?: { id: string; command: string; status: RequestStatus; seed: number };
  /** Seen only by this user. */
  visibleTo?: string;
}

/** What happens in a channel while somebody looks at it. */
export type ChannelEvent =
  | { type: "message"; message: Message }
  | { type: "changed"; message: Message }
  | { type: "progress"; request: string; message: string; done: number; of: number; note: string; visibleTo?: string }
  | { type: "removed"; ids: readonly string[] };

export interface Peer {
  id: string;
  name: string;
}

/** What a peer asks, as an adapter hands it over. */
export interface IncomingRequest {
  /** Chosen by the asker, so that sending twice after a lost connection asks once. UUID. */
  id: string;
  channel: string;
  user: Peer;
  lang: Language;
  /** `/augment op:rotate n:4`, or already taken apart by a platform with option fields. */
  input: string | { command: string; args: Args };
  files: readonly FileRef[];
  /** A message whose pictures are meant when none is attached. */
  replyTo?: string;
}

/** How a request ended, or that it has not yet. */
export interface Outcome {
  id: string;
  status: RequestStatus;
  seed: number;
  reply?: Reply;
  /** Milliseconds from the ask to its acknowledgement and to its answer. */
  ms: { ack: number; total: number };
}

/** The bot as adapters see it. */
export interface Bot {
  commands: readonly Command[];
  /** Who goes by this id; nothing when they never claimed a name. */
  person(id: string): Promise<Peer | undefined>;
  /** Gives an id a name, with a mark where somebody else has one that looks like it. Refuses the bot's own and what cannot be seen. */
  claimName(id: string, name: string): Promise<Peer>;
  /** Refuses so many bytes if they are more than this person may still send today. */
  mayUpload(user: Peer, bytes: number): Promise<void>;
  /** Stores an uploaded file, whole or while it comes: checks its size, takes the GPS position out, remembers whose it is. */
  upload(user: Peer, bytes: Uint8Array | AsyncIterable<Uint8Array>, name: string): Promise<FileRef>;
  /** The bytes of a stored file that this user may see; without a user, of what everybody may see. A `UserError` for any other. */
  read(blob: string, user?: Pick<Peer, "id">): Promise<Buffer>;
  /** Keeps the request and queues its work. Resolves as soon as nothing can be lost any more: that is the acknowledgement. */
  ask(ask: IncomingRequest): Promise<{ request: string; message: Message }>;
  /** Presses a button of a message: the same as asking what it stands for. */
  press(press: {
    id: string;
    message: string;
    button: number;
    user: Peer;
    lang: Language;
  }): Promise<{ request: string; message: Message }>;
  /** Says something without a command, perhaps with pictures. */
  say(said: {
    id: string;
    channel: string;
    user: Peer;
    text: string;
    files: readonly FileRef[];
    replyTo?: string;
  }): Promise<Message>;
  /** Asks a waiting request to stop. True when it was still waiting. */
  cancel(request: string, user: Peer): Promise<boolean>;
  /** How a request ended; waits for its end up to `seconds`. Undefined where it is not for this user's eyes. */
  outcome(request: string, seconds: number, user: Pick<Peer, "id">): Promise<Outcome | undefined>;
  /** Resolves when nobody waits for an answer any more. */
  idle(): Promise<void>;
  /** Values for an option while it is typed, at most 25. */
  suggest(it: {
    command: string;
    option: string;
    typed: string;
    user: Peer;
    channel: string;
    lang: Language;
  }): Promise<readonly Choice[]>;
  /** The newest messages of a channel, oldest first, that this user may see. */
  history(channel: string, user: Peer, before?: string): Promise<readonly Message[]>;
  channels(): Promise<readonly { id: string; name: string }[]>;
  openChannel(name: string): Promise<{ id: string; name: string }>;
  /** Hears what happens in every channel, until the returned function is called. */
  listen(listener: (channel: string, event: ChannelEvent) => void): () => void;
}
