import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { commands } from "../../commands/index.ts";
import { allCommands, type CommandContext, type JobDone, type Services } from "../../src/chat/command.ts";
import { understand } from "../../src/chat/understand.ts";
import { UserError } from "../../src/errors.ts";
import type { FileRef } from "../../src/files.ts";
import type { JobContext } from "../../src/jobs/context.ts";
import type { Contract } from "../../src/jobs/contract.ts";
import { contracts, type JobInput, type JobName, type JobOutput, type Work } from "../../src/jobs/contracts.ts";
import type { Place } from "../../src/place.ts";
import type { Reply } from "../../src/reply.ts";
import type { RunReport } from "../../src/runs/report.ts";
import type { RunSpec } from "../../src/runs/spec.ts";
import { openDatabase } from "../../src/store/database.ts";
import { columnsOf } from "../../src/store/requests.ts";
import { openStore } from "../../src/store/store.ts";
import type { Language } from "../../src/text.ts";
import { handlers } from "../../workers/index.ts";
import { freshHome, mina } from "./bot.ts";
import { newJobContext } from "./jobContext.ts";

export const general: Place = { adapter: "web", group: "local", channel: "general" };

/** What /train asks for when nothing else is said. */
export const tasteSpec = { kind: "train", data: "shapes", preset: "taste", seed: 1, seeds: 1, net: "resnet8-16px" } as const;

/** A report of one arm, a seed each accuracy. */
export const reportOf = (spec: RunSpec, accuracies: readonly number[], more: Partial<RunReport> = {}): RunReport => {
  const mean = accuracies.reduce((sum, it) => sum + it, 0) / accuracies.length;
  const std = Math.max(...accuracies) - Math.min(...accuracies);
  return {
    spec,
    arms: accuracies.map((accuracy, index) => ({
      ...{ name: "main", seed: spec.seed + index, steps: 40, accuracy, loss: 0.5, trainAccuracy: 0.9 },
      curve: [
        [20, accuracy / 2],
        [40, accuracy],
      ],
    })),
    summary: { main: { mean, std, n: accuracies.length } },
    main: "main",
    control: null,
    gain: null,
    seconds: 24.4,
    imagesPerSecond: 2345,
    ...more,
  };
};

/** The mistake that something ends in; undefined where it does not. */
export const mistakeIn = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => (error instanceof UserError ? error.mistake : Promise.reject(error)),
  );

/** A job done by its handler, here and now. */
export const worked = async ({ job, input }: Work<JobName>): Promise<JobDone<JobName>> => {
  const handler = (await handlers[job]()) as (input: unknown, context: JobContext) => Promise<unknown>;
  const contract: Contract = contracts[job];
  const output = contract.output.parse(await handler(contract.input.parse(input), await newJobContext()));
  return { job, output } as JobDone<JobName>;
};

export interface Saying {
  user?: typeof mina;
  place?: Place;
  lang?: Language;
  /** When it is asked. */
  now?: Date;
}

/** The bot's side of commands over a real database, without a queue: a test says itself what came of a job. */
export const openRunBot = async (more: Partial<Services> = {}) => {
  const home = await freshHome();
  const { database, close } = await openDatabase(join(home, "database"));
  const store = openStore(database);
  const channels = async (group: string) =>
    (await store.messages.channels()).filter(() => group === general.group).map((it) => ({ adapter: "web" as const, ...it }));
  const services = { commands, discard: async () => {}, channels, ...more } as unknown as Services;

  const keep = async (
    input: string,
    { user = mina, place = general, lang = "en", now = new Date() }: Saying,
    files: readonly FileRef[] = [],
  ) => {
    const id = randomUUID();
    const asked = { id, ...columnsOf(place), userId: user.id, userName: user.name, lang, seed: 7, ephemeral: false, asked: now };
    const context = {
      id,
      user,
      place,
      lang,
      seed: 7,
      now,
      administers: () => store.groups.administers(place, user.id),
      store,
      services,
    };
    const understood = await understand({ input, files }, commands, context);
    const { path, args } = understood;
    await store.requests.add({ ...asked, command: path, args, status: "waiting" });
    const row = await store.requests.get(id);
    if (!row) throw new Error("The request was not kept");
    return { row, context: { ...context, now: row.asked } satisfies CommandContext, ...understood };
  };

  return {
    store,
    close: async () => {
      await close();
      await rm(home, { recursive: true });
    },
    /** The answer of a command, its job done at once where it has one. */
    ask: async (input: string, saying: Saying = {}, files: readonly FileRef[] = []): Promise<Reply & { data: unknown }> => {
      const { command, context, args, row } = await keep(input, saying, files);
      const outcome = await command.run(context, args).catch(async (error: unknown) => {
        await store.requests.finish(row.id, "mistake", { text: "" });
        throw error;
      });
      const reply = "job" in outcome ? await command.answer?.(context, args, await worked(outcome)) : outcome;
      if (!reply) throw new Error(`${input} asked for a job and does not answer it`);
      await store.requests.finish(row.id, "done", reply);
      return { ...reply, data: command.data.parse(reply.data) };
    },
    /** Asks for a run and begins it, as the bot does before its job is queued. */
    begin: async (input: string, saying: Saying = {}) => {
      const { command, context, args, row } = await keep(input, saying);
      const outcome = await command.run(context, args);
      if (!("job" in outcome) || outcome.job !== "run") throw new Error(`${input} asked for no run`);
      await store.runs.begin(row, outcome.input);
      return {
        id: row.id,
        input: outcome.input as JobInput<"run">,
        /** What the command answers when its job has come to this. */
        end: async (report: RunReport, more: Partial<JobOutput<"run">> = {}) => {
          const output = { report, pictures: [], ...more };
          const reply = await command.answer?.(context, args, { job: "run", output });
          if (!reply) throw new Error(`${input} has no answer`);
          await store.requests.finish(row.id, "done", reply);
          return { ...reply, data: command.data.parse(reply.data) };
        },
      };
    },
  };
};
export type RunBot = Awaited<ReturnType<typeof openRunBot>>;

/** Every command that asks for runs, by its path. */
export const runCommands = allCommands(commands).filter(
  ({ command }) => "preset" in command.options && "seeds" in command.options,
);
