import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Limits, limitSignals } from "./limits.ts";

/** The folder of the files below. */
export const cancelMarks = (home: string): string => join(home, "scratch", "cancelled");
/** The file that says a job is cancelled: a child whose main thread computes in native code hears no message, but its watchdog looks. */
export const cancelMark = (home: string, jobId: string): string => join(cancelMarks(home), jobId);

/** Tells the child that a job of this host is cancelled. */
export const markCancelled = async (home: string, jobId: string): Promise<void> => {
  await mkdir(cancelMarks(home), { recursive: true });
  await writeFile(cancelMark(home, jobId), "");
};

/** What a watchdog watches for: the limits of a job, the file that says it is cancelled, and how long it then gets to stop by itself. */
export type Watched = Limits & { cancelMark: string; graceSeconds: number };

/** How long a cancelled job gets to stop by itself, where its contract does not say. */
export const GRACE_SECONDS = 3;

/**
 * A second thread that outlives a blocked first one: native code that never returns still ends at its limits, and a child
 * whose parent was killed does not linger.
 */
const source = `
  const { existsSync, readFileSync } = require("node:fs");
  const { workerData: { parent, signals }, parentPort } = require("node:worker_threads");
  const processorSeconds = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
  const megabytes = () => {
    try {
      return Number(/VmData:\\s+(\\d+)/.exec(readFileSync("/proc/self/status", "latin1"))?.[1] ?? 0) * 1024 / 1e6;
    } catch {
      return 0;
    }
  };
  let limits, begun, looks = 0;
  parentPort.on("message", (message) => {
    limits = message;
    begun = { processor: processorSeconds(), wall: performance.now() };
  });
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
    if (!limits) return;
    if (megabytes() > limits.megabytes) process.kill(process.pid, signals.megabytes);
    if (processorSeconds() - begun.processor > limits.processorSeconds) process.kill(process.pid, signals.processorSeconds);
    if (looks++ % 10 === 0 && !limits.ending && existsSync(limits.cancelMark)) {
      limits = { ...limits, ending: true, wallSeconds: limits.graceSeconds };
      begun.wall = performance.now();
    }
    if (performance.now() - begun.wall > limits.wallSeconds * 1000) process.kill(process.pid, signals.wallSeconds);
  }, 20);
`;

/** Sets what is watched for from now on; undefined calls it off. */
export type Watchdog = (watched: Watched | undefined) => void;

/** Begins to watch this process, child of the process `parent`. */
export const startWatchdog = (parent: number): Watchdog => {
  const thread = new Worker(source, {
    eval: true,
    execArgv: [],
    workerData: { parent, signals: limitSignals },
  });
  thread.unref();
  return (watched) => thread.postMessage(watched);
};
