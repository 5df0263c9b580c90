import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { queueSpec } from "../../src/jobs/queues.ts";

/** Processes that `pid` started and that still live, by what /proc says. */
export const childrenOf = (pid: number): number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number),
  );

/** The worker children of a Peerlab process: those that BullMQ forked. */
export const workersOf = (pid: number): number[] =>
  childrenOf(pid).filter((child) => readFileSync(`/proc/${child}/cmdline`, "utf8").includes("bullmq"));

/** This process's child that does learning runs, told from those of the other queues by how far it gives way. */
export const trainChild = (): number | undefined =>
  workersOf(process.pid).find((pid) =>
    readFileSync(`/proc/${pid}/environ`, "utf8").includes(`"niceness":${queueSpec("train").niceness}`),
  );

/** Stops this process's worker children where they are, so that what is asked now waits; returns how to let them go on. */
export const freezeWorkers = (): (() => void) => {
  const frozen = workersOf(process.pid);
  for (const child of frozen) process.kill(child, "SIGSTOP");
  return () => {
    for (const child of frozen) process.kill(child, "SIGCONT");
  };
};

/** Whether a process runs: one that has ended and was not yet asked how does not. */
export const isRunning = (pid: number): boolean => {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "latin1"));
  } catch {
    return false;
  }
};

/** Waits for something to become true, looking often; fails with `what` when it does not within `seconds`. */
export const until = async <T>(what: string, look: () => T | Promise<T>, seconds = 20): Promise<NonNullable<T>> => {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found as NonNullable<T>;
    if (Date.now() > end) throw new Error(`Waited ${seconds} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** A port of this machine that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
