import type { Place } from "../../../src/place.ts";
import type { Args, RequestStatus } from "../../../src/reply.ts";
import type { Language } from "../../../src/text.ts";
import type { ExamBot } from "./bot.ts";
import type { ExamQuestion } from "./exam.ts";

/** A message as a peer sees it, in what all platforms have. */
export interface Seen {
  /** The platform's id of the message. */
  id: string;
  /** With its table, as the platform shows one or as text. */
  text: string;
  /** Bytes of each picture and each file. */
  pictures: readonly number[];
  files: readonly number[];
  buttons: readonly string[];
  status: RequestStatus | "said";
  /** How many messages of its conversation it takes; what hangs in a thread below them is not among them. */
  messages: number;
  /** The request whose answer it shows. */
  request?: string;
}

export interface Sent {
  input: string | { command: string; args: Args };
  files?: readonly File[];
  /** The answer that it replies to. */
  replyTo?: Seen;
  /** The platform's event, where it is sent again. */
  id?: string;
}

/** Somebody on the platform. */
export interface ExamPeer {
  /** Sends a request, and resolves with its id when the platform says that it is taken. */
  send(sent: Sent): Promise<string>;
  /** The answer, when this peer is shown it. */
  answer(request: string): Promise<Seen>;
  /** Presses a button: the id of the request, or an `Error` with the sentence that only the presser gets. */
  press(message: Seen, button: number, id?: string): Promise<string>;
  cancel(request: string): Promise<void>;
  /** How far a request's work was, as this peer was shown it. */
  progress(request: string): readonly { done: number; of: number }[];
  /** All that this peer can see now. */
  sees(): Promise<readonly Seen[]>;
  /** The pictures of a message, and then its files, as this peer gets them. */
  download(message: Seen): Promise<readonly Buffer[]>;
  /** What stands in the thread below a message; nothing where there are no threads. */
  thread(message: Seen): Promise<string>;
  suggest(wanted: { command: string; option: string; typed: string; given: Record<string, string> }): Promise<readonly string[]>;
  leave(): Promise<void>;
}

/** A platform that is not the bot's own. */
export interface OpenPlatform {
  environment: Record<string, string>;
  /** Another channel of the group, in which nobody talks. */
  elsewhere: {
    name: string;
    /** What the bot said there. */
    texts(): Promise<readonly string[]>;
    /** Deletes it, or throws the bot out of it, until what is returned is called. */
    lose(how: "deleted" | "thrown out"): () => void;
  };
  close(): Promise<void>;
}

/** How the exam uses a platform. */
export interface AdapterDriver {
  /** Why it cannot be used on this machine, if it cannot. */
  absent?: string;
  /** What the platform cannot do, by the exam's question, and why. */
  skips: Readonly<Partial<Record<ExamQuestion, string>>>;
  /** Where the exam's peers talk. */
  place: Place;
  /** Where something that nobody asked for can be read, if not there: the driver of its platform, and the channel. */
  posts?: { driver: AdapterDriver; channel: string };
  /** Starts what the bot talks to, where the platform is not the bot's own, with what the bot has to be configured with to find it. */
  open?(): Promise<OpenPlatform>;
  join(bot: ExamBot, name: string, lang: Language): Promise<ExamPeer>;
}
