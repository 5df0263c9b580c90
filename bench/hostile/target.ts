import { randomUUID } from "node:crypto";
import type { Outcome } from "../../src/chat/request.ts";
import type { FileRef } from "../../src/files.ts";
import { type Checked, isSentence, leakIn, type Verdict } from "./verdict.ts";

const HTTP_MS = 30_000;
const ANSWER_MS = 180_000;
/** How often one peer asks before another takes over: the limits per person are not what is tested here. */
const PER_PEER = 40;

/** Somebody who has the token, in a browser of their own. */
export interface Visitor {
  headers: Record<string, string>;
  upload(bytes: Uint8Array, name: string): Promise<FileRef>;
  read(blob: string): Promise<Uint8Array>;
}
/** The server under attack. */
export interface Target {
  address: string;
  token: string;
  /** One of the visitors; a new one from time to time. */
  visitor(): Promise<Visitor>;
  /** Asks and gives the verdict on the answer. `ask` gets what it needs, uploads included, from the visitor. */
  check(input: string, ask: (visitor: Visitor) => Promise<{ input: unknown; files: readonly FileRef[] }>): Promise<Checked>;
}

/** A refusal as HTTP tells it. */
class Refused extends Error {
  readonly status: number;
  constructor(status: number, answer: string) {
    super(answer);
    this.status = status;
  }
}

const parsed = async <T>(response: Response): Promise<T> => {
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  let answer = text;
  try {
    answer = (JSON.parse(text) as { error: string }).error;
  } catch {
    // Not JSON: the text itself is checked.
  }
  throw new Refused(response.status, `${answer}`);
};

const isHang = (error: unknown) => error instanceof Error && /Timeout|Abort/.test(error.name);

export const openTarget = async (address: string, token: string): Promise<Target> => {
  const timely = () => AbortSignal.timeout(HTTP_MS);
  const isWell = () =>
    fetch(`${address}/healthz`, { signal: timely() }).then(
      ({ ok }) => ok,
      () => false,
    );
  const newVisitor = async (name: string): Promise<Visitor> => {
    const authorization = `Bearer ${token}`;
    const answer = {
      method: "POST",
      body: JSON.stringify({ name }),
      headers: { authorization, "content-type": "application/json" },
    };
    const arrival = await fetch(`${address}/api/me`, { ...answer, signal: timely() });
    const cookie = arrival.headers
      .getSetCookie()
      .map((it) => it.split(";")[0])
      .join("; ");
    const headers = { authorization, cookie };
    return {
      headers,
      upload: async (bytes, file) => {
        const form = new FormData();
        form.append("files", new Blob([Uint8Array.from(bytes)]), file);
        const response = await fetch(`${address}/api/upload`, { method: "POST", body: form, headers, signal: timely() });
        return (await parsed<{ files: [FileRef] }>(response)).files[0];
      },
      read: async (blob) =>
        new Uint8Array(await (await fetch(`${address}/api/blobs/${blob}`, { headers, signal: timely() })).arrayBuffer()),
    };
  };
  let [asks, current] = [0, newVisitor("Visitor 0")];
  const visitor = () => {
    if (++asks % PER_PEER === 0) current = newVisitor(`Visitor ${asks / PER_PEER}`);
    return current;
  };
  return {
    address,
    token,
    visitor,
    check: async (input, prepare) => {
      const checked = (verdict: Verdict, answer: string): Checked => ({ verdict, input, answer, leak: leakIn(answer, input) });
      try {
        const who = await visitor();
        const headers = { ...who.headers, "content-type": "application/json" };
        const id = randomUUID();
        const body = JSON.stringify({ id, channel: "general", lang: "en", ...(await prepare(who)) });
        await parsed(await fetch(`${address}/api/ask`, { method: "POST", body, headers, signal: timely() }));
        const end = Date.now() + ANSWER_MS;
        for (;;) {
          const path = `${address}/api/requests/${id}?wait=20`;
          const outcome = await parsed<Outcome>(await fetch(path, { headers: who.headers, signal: timely() }));
          const answer = outcome.reply?.text ?? "";
          if (outcome.status === "waiting" && Date.now() > end) return checked("hung", `no answer in ${ANSWER_MS / 1000} s`);
          if (outcome.status === "waiting") continue;
          if (outcome.status === "done") return checked("answered", `${answer}${JSON.stringify(outcome.reply?.data ?? "")}`);
          if (/program doing this crashed/.test(answer)) return checked("crashed", answer);
          if (outcome.status === "failed") return checked("ours", answer);
          return checked(isSentence(answer) ? "refused" : "wordy", answer);
        }
      } catch (error) {
        const answer = error instanceof Error ? error.message : `${error}`;
        if (error instanceof Refused && error.status < 500) return checked(isSentence(answer) ? "refused" : "wordy", answer);
        // A server that stops reading closes the connection, and its answer may be lost; one that is gone has no health.
        const closed = answer === "fetch failed" && (await isWell());
        return checked(isHang(error) ? "hung" : closed ? "refused" : "ours", answer);
      }
    },
  };
};
