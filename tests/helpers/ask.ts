import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
/** How `npm start`, `npm run ask` and `npm run worker` run. */
const entry = (name: "main" | "ask" | "worker", ...args: string[]) => [join(root, "scripts/run.mjs"), name, ...args];

export interface Asked {
  code: number;
  /** What `--json` printed. */
  answer: {
    ok: boolean;
    text: string;
    files: { name: string; path: string; bytes: number }[];
    data: Record<string, unknown>;
    ms: { ack: number; total: number };
    seed: number;
    id: string;
  };
}

/** Runs `ask --json` as a process of its own, as a peer at a terminal does. */
export const ask = async (home: string, input: string, ...more: string[]): Promise<Asked> => {
  const child = spawn(process.execPath, entry("ask", input, "--json", "--data", home, ...more), {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (part) => {
    printed += part;
  });
  const [code] = await once(child, "close");
  return { code, answer: JSON.parse(printed) };
};

/** A process of Peerlab's that lives until it is killed. */
export interface Running {
  process: ChildProcess;
  pid: number;
  /** What it had printed when it was ready. */
  said: string;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

const running = async (child: ChildProcess, ready: RegExp): Promise<Running> => {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (part: Buffer) => {
      said += part;
      if (ready.test(said)) resolve();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code, signal) => reject(new Error(`It ended (${code ?? signal}) before it was ready:\n${said}`)));
  });
  return {
    process: child,
    pid: child.pid as number,
    said,
    kill: async (signal = "SIGKILL") => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill(signal);
      await gone;
    },
  };
};

/** `npm start` on a free port. */
export const start = (home: string, environment: Record<string, string> = {}): Promise<Running> =>
  running(
    spawn(process.execPath, entry("main", "--data", home, "--port", "0"), {
      env: { ...process.env, PEERLAB_LOG: "warn", ...environment },
    }),
    /Peerlab is at/,
  );

/** `npm run worker`. */
export const startWorker = (home: string, environment: Record<string, string>): Promise<Running> =>
  running(
    spawn(process.execPath, entry("worker", "--data", home), { env: { ...process.env, PEERLAB_LOG: "info", ...environment } }),
    /worker host ready/,
  );

/** How an entry point that cannot start ends: its exit code, and what it says on standard error. */
export const endOf = async (name: "main" | "ask" | "worker", ...args: string[]): Promise<{ code: number; said: string }> => {
  const child = spawn(process.execPath, entry(name, ...args), {
    env: { ...process.env, PEERLAB_LOG: "error" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (part) => {
    said += part;
  });
  const [code] = await once(child, "close");
  return { code, said: said.trim() };
};

/** The ends of `npm start` and of `ask` in a folder that nothing can be kept in. */
export const ends = (home: string) => [endOf("main", "--data", home, "--port", "0"), endOf("ask", "/help", "--data", home)];
