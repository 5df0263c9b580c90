import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { seeded } from "../src/random.ts";
import { socketPath } from "../src/store/home.ts";
import { freshHome } from "../tests/helpers/bot.ts";
import { workersOf } from "../tests/helpers/processes.ts";
import { startAll } from "./faults/processes.ts";
import { type Asked, countAnswers, type Ended, follow, keepAsking } from "./faults/requests.ts";
import type { BenchOptions } from "./options.ts";
import { openSocket } from "./socket.ts";
import { processesOf } from "./supervisor.ts";
import { table } from "./table.ts";

const QUEUES = ["embedded", "redis"] as const;
type Target = "main" | "child" | "host" | "redis";
const targets: Readonly<Record<(typeof QUEUES)[number], readonly Target[]>> = {
  embedded: ["main", "child"],
  redis: ["main", "child", "host", "redis"],
};
/** How many peers keep asking, and the time between two kills: long enough for some work, often too short for a restart. */
const PEERS = 4;
const PAUSE_MS = [1000, 9000] as const;
/** How long the last children may take to notice that their host is gone. */
const LEAVE_SECONDS = 20;
/** How long to wait for a first child where a child is to be killed. */
const CHILD_SECONDS = 60;

const until = async (holds: () => boolean | Promise<boolean>, seconds: number): Promise<boolean> => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(100)) if (await holds()) return true;
  return false;
};

const workersUnder = (pid: number): number[] => {
  try {
    return workersOf(pid);
  } catch {
    return []; // It has ended, or has not started yet.
  }
};

/** Kills at random moments on one kind of queue while peers ask, then follows every accepted request to its end. */
const run = async (queue: (typeof QUEUES)[number], kills: number, seed: number, say: (line: string) => void) => {
  const rng = seeded(seed);
  const home = await freshHome();
  const all = await startAll(home, queue === "redis");
  const peerlab = openSocket(socketPath(home));
  const killed: Record<Target, number> = { main: 0, child: 0, host: 0, redis: 0 };
  try {
    if (!(await until(peerlab.isUp, 60))) throw new Error("Peerlab did not start within a minute");
    const asked: Asked[] = [];
    const done = new AbortController();
    const peers = Array.from({ length: PEERS }, (_, i) => keepAsking(peerlab, `peer${i}`, seed * 100 + i, asked, done.signal));
    // Equally many of each, in a random order.
    const deck = Array.from({ length: kills }, (_, i) => targets[queue][i % targets[queue].length] as Target)
      .map((target) => ({ target, order: rng() }))
      .sort((a, b) => a.order - b.order)
      .map((it) => it.target);
    for (const [i, target] of deck.entries()) {
      await sleep(PAUSE_MS[0] + rng() * (PAUSE_MS[1] - PAUSE_MS[0]));
      if (target !== "child") all[target]?.kill();
      else {
        const children = () => workersUnder(all[queue === "redis" ? "host" : "main"]?.pid ?? 0);
        await until(() => children().length > 0, CHILD_SECONDS);
        const child = children()[Math.floor(rng() * children().length)];
        if (child) process.kill(child, "SIGKILL");
      }
      killed[target]++;
      say(`${queue}: killed ${target}, ${kills - 1 - i} to go; ${asked.length} accepted so far`);
    }
    done.abort();
    await Promise.all(peers);
    const ends = new Map<string, Ended>(await Promise.all(asked.map(async (it) => [it.id, await follow(peerlab, it)] as const)));
    const answers = await countAnswers(peerlab);
    const count = (test: (it: Asked) => boolean) => asked.filter(test).length;
    const open = asked.filter((it) => ends.get(it.id) === "waiting" || ends.get(it.id) === "gone");
    const statuses = (status: Ended) => count((it) => ends.get(it.id) === status);
    const deaths = Object.fromEntries(Object.entries(all).map(([name, it]) => [name, it.deaths]));
    for (const it of Object.values(all).reverse()) await it.stop();
    await until(() => processesOf(home).length === 0, LEAVE_SECONDS);
    const left = processesOf(home);
    for (const pid of left) process.kill(pid, "SIGKILL");
    return {
      queue,
      seed,
      killed,
      endedByThemselves: deaths,
      accepted: asked.length,
      once: count((it) => !open.includes(it) && answers.get(it.id) === 1),
      twice: count((it) => (answers.get(it.id) ?? 0) > 1),
      none: open.length,
      done: statuses("done"),
      mistakes: statuses("mistake"),
      ours: statuses("failed"),
      processesLeft: left.length,
      unanswered: open.slice(0, 10).map((it) => `${it.input} ${it.id}`),
      oursSaid: [...new Set(asked.filter((it) => ends.get(it.id) === "failed").map((it) => it.input))].slice(0, 10),
    };
  } finally {
    for (const it of Object.values(all).reverse()) await it.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
};

/** SIGKILLs the main process, worker children, the worker host and Redis, over both queues, while peers keep asking. */
export const faults = async (say: (line: string) => void, { kills = 50, seed }: BenchOptions) => {
  const results = [];
  for (const [i, queue] of QUEUES.entries()) {
    results.push(await run(queue, Math.floor((kills + 1 - i) / QUEUES.length), seed + i, say));
  }
  say(
    table(
      results.map(({ queue, killed, accepted, once, twice, none, done, mistakes, ours, processesLeft }) => ({
        ...{ queue, ...killed, accepted, once, twice, none, done, mistakes, ours, processesLeft },
      })),
    ),
  );
  return { results };
};
