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
  suggest(wanted: { command: string; option: string; typed: string; given: Record<string, string> }): Promise<readonly string[]>;
  leave(): Promise<void>;
}

/** How the exam uses a platform. */
export interface AdapterDriver {
  /** What the platform cannot do, by the exam's question, and why. */
  skips: Readonly<Partial<Record<ExamQuestion, string>>>;
  /** Where the exam's peers talk. */
  place: Place;
  /** Starts what the bot talks to, where the platform is not the bot's own, with what the bot has to be configured with to find it. */
  open?(): Promise<{ environment: Record<string, string>; close(): Promise<void> }>;
  join(bot: ExamBot, name: string, lang: Language): Promise<ExamPeer>;
}
