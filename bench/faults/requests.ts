import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Outcome, Peer } from "../../src/chat/request.ts";
import type { FileRef } from "../../src/files.ts";
import { seeded } from "../../src/random.ts";
import { landscape } from "../../tests/helpers/pictures.ts";
import type { Socket } from "../socket.ts";

/** A request that was accepted: `POST /api/ask` answered 200. */
export interface Asked {
  id: string;
  user: Peer;
  input: string;
}
/** How it ended; `gone` when Peerlab no longer knows it. */
export type Ended = Outcome["status"] | "gone";

const RETRY_MS = 100;
/** After this long a peer asks the next thing even without an answer. */
const PATIENCE_SECONDS = 8;
/** What still waits after this long without any kill counts as lost. */
const LAST_CHANCE_MS = 90_000;

/** Repeats what is safe to repeat until somebody answers or the signal aborts. */
const insist = async <T>(once: () => Promise<T>, signal?: AbortSignal): Promise<T | undefined> => {
  while (!signal?.aborted) {
    try {
      return await once();
    } catch {
      await sleep(RETRY_MS);
    }
  }
  return undefined;
};

/** Asks one thing after another until the signal aborts, across every restart, and notes what was accepted. */
export const keepAsking = async (
  peerlab: Socket,
  name: string,
  seed: number,
  asked: Asked[],
  signal: AbortSignal,
): Promise<void> => {
  const rng = seeded(seed);
  const user = { id: name, name };
  const photo = await insist(async () => peerlab.upload(user, await landscape(), "hills.jpg"), signal);
  while (photo && !signal.aborted) {
    const [input, files] = (
      [
        [`/augment op:rotate n:8 seed:${Math.floor(rng() * 1e6)}`, [photo]],
        [`/augment n:4 seed:${Math.floor(rng() * 1e6)}`, [photo]],
        ["/classify", [photo]],
        ["/history", []],
      ] satisfies [string, FileRef[]][]
    )[Math.floor(rng() * 4)] as [string, FileRef[]];
    const id = randomUUID();
    if (!(await insist(() => peerlab.send(user, input, files, id), signal))) return;
    asked.push({ id, user, input });
    await insist(() => peerlab.outcome(id, user, PATIENCE_SECONDS), signal);
  }
};

/** Waits for a request's end, after the last kill. */
export const follow = async (peerlab: Socket, { id, user }: Asked): Promise<Ended> => {
  for (const end = Date.now() + LAST_CHANCE_MS; Date.now() < end; await sleep(RETRY_MS)) {
    try {
      const { status } = await peerlab.outcome(id, user, 20);
      if (status !== "waiting") return status;
    } catch (error) {
      if (/answered 404/.test(`${error}`)) return "gone";
    }
  }
  return "waiting";
};

/** How many answers each request has in the channel's history. */
export const countAnswers = async (peerlab: Socket): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  const user = { id: "reader", name: "Reader" };
  for (let page = await peerlab.history(user); page.length > 0; page = await peerlab.history(user, page[0]?.id)) {
    for (const { id, replyTo, request } of page) {
      if (seen.has(id) || !replyTo || request?.status === "waiting") continue;
      seen.add(id);
      counts.set(replyTo, (counts.get(replyTo) ?? 0) + 1);
    }
  }
  return counts;
};
