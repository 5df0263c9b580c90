import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const RESTART_MS = 300;
const POLITE_MS = 12_000;
const root = join(import.meta.dirname, "..");

/** A process that is started again whenever it ends, as Docker and systemd do. */
export interface Supervised {
  readonly pid: number;
  /** How often it ended without being killed. */
  readonly deaths: number;
  kill(): void;
  stop(): Promise<void>;
}

/** Starts a program and keeps it running; `onOutput` is called with what it prints. */
export const supervise = (
  command: string,
  args: readonly string[],
  environment = {},
  onOutput?: (text: string) => void,
): Supervised => {
  let [stopped, killed, deaths] = [false, false, 0];
  const begin = (): ChildProcess => {
    killed = false;
    const it = spawn(command, args, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [it.stdout, it.stderr]) stream.on("data", (part) => onOutput?.(`${part}`));
    it.once("exit", async () => {
      if (!stopped && !killed) deaths++;
      await sleep(RESTART_MS);
      if (!stopped) child = begin();
    });
    return it;
  };
  let child = begin();
  return {
    get pid() {
      return child.pid ?? 0;
    },
    get deaths() {
      return deaths;
    },
    kill: () => {
      killed = true;
      child.kill("SIGKILL");
    },
    stop: async () => {
      stopped = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), POLITE_MS);
      await gone;
      clearTimeout(late);
    },
  };
};

/** How one of our programs is started: `main` is `npm start`, `worker` is `npm run worker`. */
export const program = (name: "main" | "worker", ...args: string[]): [string, string[]] => [
  process.execPath,
  [join(root, "scripts/run.mjs"), name, ...args],
];

const tell = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    return ""; // It has ended, or belongs to another user.
  }
};

/** Other processes that use this home folder, recognised by their command line or environment. */
export const processesOf = (home: string): number[] =>
  readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter((pid) => [tell(pid, "cmdline"), tell(pid, "environ")].some((text) => text.includes(home)))
    .filter((pid) => !/^\d+ \(.*\) Z/.test(tell(pid, "stat")))
    .map(Number);

/** Resident memory of a process in megabytes, from /proc; 0 when it has ended. */
export const residentMb = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(tell(`${pid}`, "status"))?.[1] ?? 0) / 1000;
