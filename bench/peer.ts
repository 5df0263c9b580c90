import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Another framework's process, which answers each command (a line of JSON) with a line of JSON. */
export interface Peer {
  /** What it reported at its start. */
  hello: Readonly<Record<string, unknown>>;
  ask<T>(command: object): Promise<T>;
  close(): void;
}

/** As many threads as our own sessions use (src/inference/session.ts). */
export const threads = Math.min(4, availableParallelism());

/** Starts `bench/peers/SCRIPT.py`; undefined where Python or what the script imports is missing. */
export const openPeer = async (script: string): Promise<Peer | undefined> => {
  const path = join(import.meta.dirname, "peers", `${script}.py`);
  const child = spawn("python3", [path, `${threads}`], { stdio: ["pipe", "pipe", "pipe"] });
  let complaint = "";
  child.stderr.on("data", (it) => {
    complaint += it;
  });
  child.stdin.on("error", () => undefined); // it has ended, which shows in the end of its lines
  const gone = new Promise<never>((_, refuse) => child.once("error", refuse));
  gone.catch(() => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async <T>(): Promise<T> => {
    const { value, done } = await Promise.race([lines.next(), gone]);
    if (done) throw new Error(`${script}.py ended: ${complaint.trim().split("\n").at(-1)}`);
    return JSON.parse(value) as T;
  };
  try {
    const hello = await next<Record<string, unknown>>();
    return {
      hello,
      ask: (command) => {
        child.stdin.write(`${JSON.stringify(command)}\n`);
        return next();
      },
      close: () => child.stdin.end(),
    };
  } catch (error) {
    if (/ModuleNotFoundError|ENOENT/.test(`${error}`)) return undefined;
    throw error;
  }
};

/** PyTorch with our networks in it, or undefined where it is missing, of which it warns on standard error whatever is printed. */
export const openPytorch = async (say: (line: string) => void): Promise<Peer | undefined> => {
  const peer = await openPeer("networks");
  if (peer) say(`against PyTorch ${peer.hello["version"]}`);
  else
    console.warn(
      "PyTorch is not installed here, so nothing below is compared with it and no ratio can be given. To compare: python3 -m pip install torch==2.13.0",
    );
  return peer;
};
