import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { socketPath } from "../src/store/home.ts";
import { start } from "../tests/helpers/ask.ts";
import { freshHome } from "../tests/helpers/bot.ts";
import { childrenOf } from "../tests/helpers/processes.ts";
import { type AckTimes, acknowledgements } from "./load/acknowledgements.ts";
import { fill } from "./load/fill.ts";
import { press } from "./load/press.ts";
import type { BenchOptions } from "./options.ts";
import { quantile } from "./shared.ts";
import { openSocket } from "./socket.ts";
import { residentMb } from "./supervisor.ts";
import { table } from "./table.ts";

const IDLE_MS = 30_000;
const SAMPLE_MS = 1000;
interface Memory {
  mainMb: number;
  childrenMb: number;
}
const memoryOf = (pid: number): Memory => {
  const children = childrenOf(pid);
  const sum = children.reduce((total, child) => total + residentMb(child), 0);
  return { mainMb: Math.round(residentMb(pid)), childrenMb: Math.round(sum) };
};
const ms = (numbers: readonly number[], share: number) => Math.round(quantile(numbers, share));

/** Memory before, during and after requests of every kind from ten peers at once, and how long they take. */
const underLoad = async (say: (line: string) => void, count: number) => {
  const home = await freshHome();
  const server = await start(home);
  try {
    const baseline = memoryOf(server.pid);
    const samples: Memory[] = [];
    const watch = setInterval(() => samples.push(memoryOf(server.pid)), SAMPLE_MS);
    const began = performance.now();
    const { acks, answers, failures } = await press(openSocket(socketPath(home)), count);
    const seconds = (performance.now() - began) / 1000;
    clearInterval(watch);
    await sleep(IDLE_MS);
    const after = memoryOf(server.pid);
    const most = (of: (it: Memory) => number) => samples.reduce((top, it) => Math.max(top, of(it)), 0);
    const peak = { mainMb: most((it) => it.mainMb), childrenMb: most((it) => it.childrenMb) };
    say(table(Object.entries({ baseline, peak, "after 30 s": after }).map(([when, it]) => ({ when, ...it }))));
    const times = {
      ack: { p50: ms(acks, 0.5), p99: ms(acks, 0.99) },
      answer: { p50: ms(answers, 0.5), p99: ms(answers, 0.99) },
    };
    say(table(Object.entries(times).map(([what, it]) => ({ what, "p50 ms": it.p50, "p99 ms": it.p99 }))));
    say(`${answers.length} answers to ${count} requests in ${seconds.toFixed(1)} s, ${failures.length} failures`);
    return {
      count,
      seconds,
      baseline,
      peak,
      after,
      ...times,
      errors: failures.length,
      failures: [...new Set(failures)].slice(0, 10),
    };
  } finally {
    await server.kill("SIGTERM");
    await rm(home, { recursive: true, force: true });
  }
};

/** How long every command takes to be acknowledged when the tables hold many rows, and how long the server answers nobody. */
const withRows = async (say: (line: string) => void, rows: number) => {
  const home = await freshHome();
  const began = performance.now();
  const heaviest = await fill(home, rows);
  say(`${rows} requests written in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const server = await start(home);
  try {
    const baseline = memoryOf(server.pid);
    const times: AckTimes[] = await acknowledgements(openSocket(socketPath(home)), heaviest, () => residentMb(server.pid));
    say(table(times.map(({ answer, ...it }) => ({ ...it, answer: answer.slice(0, 60) }))));
    return { rows, baseline, times };
  } finally {
    await server.kill("SIGTERM");
    await rm(home, { recursive: true, force: true });
  }
};

/** Memory and times under load; with `--rows`, the times of every command with so many earlier requests in the database. */
export const load = (say: (line: string) => void, { count = 300, rows }: BenchOptions) =>
  rows === undefined ? underLoad(say, count) : withRows(say, rows);
