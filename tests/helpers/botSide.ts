import { expect } from "vitest";
import type { CheckpointStore } from "../../src/blobs/checkpoints.ts";
import { type FlowResult, openFlows } from "../../src/jobs/flows.ts";
import type { Progress } from "../../src/jobs/progress.ts";
import type { Transport } from "../../src/jobs/transport.ts";
import { until } from "./processes.ts";
import { hashed, testJob } from "./testJobs.ts";

/** The bot's side of a queue: it starts requests, and hears of their progress and their ends. */
export const openBotSide = async (transport: Transport, checkpoints: CheckpointStore) => {
  const flows = await openFlows(transport, checkpoints);
  const results = new Map<string, FlowResult[]>();
  const reports: (Progress & { request: string })[] = [];
  flows.onProgress((request, progress) => reports.push({ request, ...progress }));
  await flows.onResult(async (request, result) => void results.set(request, [...(results.get(request) ?? []), result]));
  return {
    ...flows,
    /** Starts a `hashChain` that has saved a checkpoint at step 40, and goes no further unless it is tried again. */
    beginHashing: async (request: string) => {
      await flows.start(request, testJob("hashChain", chain), asker);
      const hasReached = () => reports.some((it) => it.request === request && it.done === 40);
      await until(`${request} to reach its checkpoint`, hasReached, 60);
    },
    reports,
    resultOf: async (request: string) => (await until(`the result of ${request}`, () => results.get(request), 60))[0]?.end,
    results,
  };
};
export type BotSide = Awaited<ReturnType<typeof openBotSide>>;

export const asker = { person: "mina", priority: 1 };
const chain = { seed: "a seed", steps: 60, hangsBefore: 45 };
/** The same as of a run that was never interrupted, from the step of the last checkpoint on. */
export const resumedHashing = { output: { hash: hashed(chain.seed, chain.steps), resumedAt: 40, pid: expect.any(Number) } };
