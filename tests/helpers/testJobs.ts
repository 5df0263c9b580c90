import { createHash } from "node:crypto";
import { z } from "zod";
import { putPicture } from "../../src/blobs/picture.ts";
import { Picture } from "../../src/files.ts";
import { solidImage } from "../../src/images/image.ts";
import type { JobContext } from "../../src/jobs/context.ts";
import { contract } from "../../src/jobs/contract.ts";
import { contracts, type JobName, type JobRequest } from "../../src/jobs/contracts.ts";

/** Jobs that only tests know. */
const testContracts = {
  /** Hashes a text over and over, saving a checkpoint every ten steps. */
  hashChain: contract({
    queue: "train",
    processorSeconds: 60,
    wallSeconds: 120,
    input: z.object({
      seed: z.string(),
      steps: z.int(),
      /** A try that had no checkpoint to go on from stops for good before this step. */
      hangsBefore: z.int().optional(),
    }),
    output: z.object({ hash: z.string(), resumedAt: z.int(), pid: z.int() }),
  }),
  /** Reports its progress far more often than anybody can look. */
  chatter: contract({
    queue: "train",
    processorSeconds: 60,
    wallSeconds: 60,
    input: z.object({ seconds: z.number() }),
    output: z.object({ reports: z.int() }),
  }),
  /** Counts, with a checkpoint, a report and a picture at each number, until it is told to stop, and says how far it came. */
  counting: contract({
    queue: "train",
    processorSeconds: 60,
    wallSeconds: 60,
    input: z.object({
      to: z.int(),
      /** Goes on, whatever it is told. */
      isDeaf: z.boolean().default(false),
    }),
    output: z.object({ counted: z.int(), from: z.int(), cancelled: z.boolean(), picture: Picture }),
    keepsWhenCancelled: { graceSeconds: 1, isPartial: ({ cancelled }) => cancelled },
  }),
};
type Input<N extends keyof typeof testContracts> = z.infer<(typeof testContracts)[N]["input"]>;

export type CountingOutput = z.infer<(typeof testContracts)["counting"]["output"]>;

const EVERY = 10;
const step = (hash: string) => createHash("sha256").update(hash).digest("hex");
/** What `hashChain` computes, without any of its checkpoints. */
export const hashed = (seed: string, steps: number): string =>
  Array.from({ length: steps }).reduce<string>((hash) => step(hash), seed);

/** Their handlers. */
export const testHandlers = {
  hashChain:
    async () =>
    async ({ seed, steps, hangsBefore }: Input<"hashChain">, context: JobContext) => {
      const saved = (await context.checkpoints.load("state"))?.toString();
      const from: { at: number; hash: string } = saved ? JSON.parse(saved) : { at: 0, hash: seed };
      let { hash } = from;
      for (let at = from.at; at < steps; at++) {
        if (!saved && at === hangsBefore) await new Promise(() => setInterval(() => {}, 1000));
        hash = step(hash);
        if ((at + 1) % EVERY === 0) {
          await context.checkpoints.save("state", Buffer.from(JSON.stringify({ at: at + 1, hash })));
          await context.report({ done: at + 1, of: steps });
        }
      }
      return { hash, resumedAt: from.at, pid: process.pid };
    },
  chatter:
    async () =>
    async ({ seconds }: Input<"chatter">, { report }: JobContext) => {
      const end = performance.now() + seconds * 1000;
      let done = 0;
      for (; performance.now() < end; await new Promise(setImmediate)) await report({ done: done++, of: 1 });
      await report({ done, of: 1, note: { en: "the last", ko: "마지막" } });
      return { reports: done + 1 };
    },
  counting:
    async () =>
    async ({ to, isDeaf }: Input<"counting">, { checkpoints, report, blobs, signal }: JobContext) => {
      const from = Number((await checkpoints.load("counted"))?.toString() ?? 0);
      // Each number has a shade of its own.
      const draw = (counted: number) =>
        putPicture(blobs, solidImage(1080, 540, [(counted * 37) % 256, 90, 200]), { name: "count", alt: `${counted} of ${to}` });
      let counted = from;
      while (counted < to && (isDeaf || !signal.aborted)) {
        counted++;
        await checkpoints.save("counted", Buffer.from(String(counted)));
        await report({
          done: counted,
          of: to,
          note: { en: `at ${counted}`, ko: `${counted}까지` },
          picture: await draw(counted),
        });
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return { counted, from, cancelled: counted < to, picture: await draw(counted) };
    },
};

Object.assign(contracts, testContracts);

/** A request for one of them. */
export const testJob = <N extends keyof typeof testContracts>(job: N, input: Input<N>): JobRequest<JobName> =>
  ({ job, input }) as unknown as JobRequest<JobName>;
