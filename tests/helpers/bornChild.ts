import { type ChildProcess, spawn } from "node:child_process";
import { loadConfig } from "../../src/config.ts";
import { forkOptions } from "../../src/jobs/fork.ts";
import type { QueueName } from "../../src/jobs/queues.ts";

/** A child as the worker host of a queue forks it, that runs a script instead of jobs; `environment` configures the host. */
export const bornChild = (
  queue: QueueName,
  home: string,
  script: string,
  environment: Record<string, string> = {},
): ChildProcess => {
  const { execArgv, cwd, env } = forkOptions(queue, loadConfig({ ...process.env, ...environment, PEERLAB_HOME: home }));
  return spawn(process.execPath, [...execArgv, "--input-type=module", "--eval", script], {
    ...{ cwd, env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
};

/** What a child printed, as JSON, when it has ended; with its errors where it printed none. */
export const saidBy = async <T>(child: ChildProcess): Promise<T> => {
  let said = "";
  let complaints = "";
  child.stdout?.on("data", (part) => {
    said += part;
  });
  child.stderr?.on("data", (part) => {
    complaints += part;
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.once("close", (...end) => resolve(end)),
  );
  if (!said) throw new Error(`It said nothing and ended (${code ?? signal}): ${complaints}`);
  return JSON.parse(said) as T;
};
