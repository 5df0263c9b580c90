import type { FileRef } from "../../files.ts";
import type { Language } from "../../text.ts";
import type { Outcome, Peer } from "../request.ts";
import type { TerminalEvent } from "./adapter.ts";
import { call, Unreachable } from "./client.ts";

/** A sentence from Peerlab about what the asker did wrong. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** What somebody asks: a command with files, which may also be those of an earlier request, or a press of one of its buttons. */
export interface Question {
  /** A UUID: asked again after a lost connection, it is the same request. */
  id: string;
  user: Peer;
  lang: Language;
  input: string;
  files: readonly File[];
  replyTo?: string;
  /** The button to press, from 0, of the request `replyTo`; then there is no command. */
  press?: number;
}

/** How it ended, and how many milliseconds it took until it was kept and until its end. */
export interface Answered {
  outcome: Outcome;
  ackMs: number;
  totalMs: number;
}

const parsed = <T>(status: number, text: string): T => {
  const answer = JSON.parse(text) as T & { error?: string; code?: string };
  if (status < 400) return answer;
  const sentence = answer.error ?? `The server answered ${status}`;
  throw answer.code === "ours" ? new Error(sentence) : new Refused(sentence);
};

/**
 * Asks the Peerlab at a socket file and waits for the end. `hear` is told all that happens; when `signal` aborts, the request is
 * cancelled. `Unreachable` when nobody is there, or left before the end: then it can be asked again.
 */
export const converse = async (
  socket: string,
  { files, press, ...question }: Question,
  hear: (event: TerminalEvent) => void = () => {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Answered> => {
  const { id, user, lang, input, replyTo } = question;
  const began = performance.now();
  const upload = async (file: File): Promise<FileRef> => {
    const form = new FormData();
    form.append("user", JSON.stringify(user));
    form.append("files", file);
    const { status, body } = await call(socket, "POST", `/api/upload?lang=${lang}`, form);
    return parsed<{ files: [FileRef] }>(status, body.toString()).files[0];
  };
  const sent =
    press === undefined
      ? { path: "ask", body: { id, user, lang, input, files: await Promise.all(files.map(upload)), replyTo } }
      : { path: "press", body: { id, user, lang, delivery: replyTo, button: press } };
  const asked = performance.now();
  let ackMs = 0;
  let outcome: Outcome | undefined;
  const onLine = (line: string) => {
    const event = JSON.parse(line) as TerminalEvent;
    if (event.type === "accepted") ackMs = performance.now() - asked;
    if (event.type === "ended") outcome = event.outcome;
    hear(event);
  };
  const cancel = () => void call(socket, "POST", `/api/requests/${id}/cancel`, { user }).catch(() => {});
  signal.addEventListener("abort", cancel);
  try {
    const { status, body } = await call(socket, "POST", `/api/terminal/${sent.path}?lang=${lang}`, sent.body, onLine);
    if (status >= 400) parsed(status, body.toString());
    if (!outcome) throw new Unreachable("The connection ended before the answer came");
    return { outcome, ackMs, totalMs: performance.now() - began };
  } finally {
    signal.removeEventListener("abort", cancel);
  }
};
