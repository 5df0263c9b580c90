import { Worker } from "node:worker_threads";

/**
 * A second thread that outlives a blocked first one: native code that never returns still ends at its time limit, and a child
 * whose parent was killed does not linger. SIGXCPU ("CPU time limit exceeded") is how the parent knows a time-out from a crash.
 */
const source = `
  const { workerData, parentPort } = require("node:worker_threads");
  let deadline = Infinity;
  const parent = process.ppid;
  parentPort.on("message", (message) => { deadline = message; });
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
    if (Date.now() > deadline) process.kill(process.pid, "SIGXCPU");
  }, 100);
`;

/** Set the moment (milliseconds since 1970) at which this process is to be killed; Infinity calls it off. */
export type Watchdog = (deadline: number) => void;

export const startWatchdog = (): Watchdog => {
  const thread = new Worker(source, { eval: true, execArgv: [] });
  thread.unref();
  return (deadline) => thread.postMessage(deadline);
};
