import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const watchdog = join(import.meta.dirname, "../../src/jobs/watchdog.ts");
const started: ChildProcess[] = [];

/** A process that runs a script with a watchdog of its own, which the script calls as `watch(limits)`. */
export const watched = (script: string): ChildProcess => {
  const child = spawn(
    process.execPath,
    [
      ...["--import", "tsx", "--input-type=module", "-e"],
      `import { startWatchdog } from "${watchdog}"; const watch = startWatchdog(process.ppid); ${script}`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  started.push(child);
  return child;
};

/** Ends those that still run. */
export const endWatched = (): void => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
};

/** Limits as a script writes them: generous ones, but for those named. */
export const limits = (some: object): string =>
  JSON.stringify({ processorSeconds: 60, wallSeconds: 60, megabytes: 4000, ...some });

/** A script that computes for as many seconds of its own thread, however long that takes. */
export const compute = (seconds: number): string => `{
  const { cpuUsage } = process; const begun = cpuUsage();
  for (let used = 0; used < ${seconds * 1e6};) { const { user, system } = cpuUsage(begun); used = user + system; }
}`;

/** Processor time that a process has used, by /proc: in hundredths of a second there. */
export const processorSecondsOf = (pid = 0): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
};
