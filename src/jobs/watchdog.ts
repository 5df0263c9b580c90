import { Worker } from "node:worker_threads";

/** What a job may use before its process is killed. */
export interface Limits {
  /** Of all its threads together, so it is the same work on a busy machine as on an idle one, and on two cores as on eight. */
  processorSeconds: number;
  /** However little it computes; for jobs that wait for something. */
  wallSeconds: number;
  /** Private memory, of 10^6 bytes. Looked at where the system tells it (Linux). */
  megabytes: number;
  /** A file that says the job is cancelled, to a process that is too busy to be told. */
  cancelled: string;
}

/** A cancelled job gets this long to stop by itself. */
const GRACE_SECONDS = 3;

/**
 * A second thread that outlives a blocked first one: native code that never returns still ends at its limits, and a child
 * whose parent was killed does not linger. The signal is how the parent knows which limit it was, and from a crash: see failure.ts.
 */
const source = `
  const { existsSync, readFileSync } = require("node:fs");
  const { workerData: { parent, graceSeconds }, parentPort } = require("node:worker_threads");
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
    if (megabytes() > limits.megabytes) process.kill(process.pid, "SIGUSR2");
    if (processorSeconds() - begun.processor > limits.processorSeconds) process.kill(process.pid, "SIGXCPU");
    if (looks++ % 10 === 0 && !limits.ending && existsSync(limits.cancelled)) {
      limits = { ...limits, ending: true, wallSeconds: graceSeconds };
      begun.wall = performance.now();
    }
    if (performance.now() - begun.wall > limits.wallSeconds * 1000) process.kill(process.pid, "SIGALRM");
  }, 20);
`;

/** Sets what may be used from now on; undefined calls it off. */
export type Watchdog = (limits: Limits | undefined) => void;

/** Begins to watch this process, child of the process `parent`. */
export const startWatchdog = (parent: number): Watchdog => {
  const thread = new Worker(source, { eval: true, execArgv: [], workerData: { parent, graceSeconds: GRACE_SECONDS } });
  thread.unref();
  return (limits) => thread.postMessage(limits);
};
