import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { type CountingOutput, testJob } from "./testJobs.ts";

const about = { en: "counts", ko: "세기" };

/** Asks for the job `counting`, and answers with how far it came. */
export const countTo = command({
  ...{ name: "countto", ko: "세기", about },
  options: {
    to: { kind: "number", ko: "까지", about, min: 1, max: 1e6, whole: true, default: 100_000 },
    deaf: { kind: "number", ko: "귀머거리", about, min: 0, max: 1, whole: true, default: 0 },
  },
  data: z.object({ counted: z.int(), from: z.int() }),
  run: async (_context, { to, deaf }) => testJob("counting", { to, isDeaf: deaf === 1 }),
  answer: async (_context, _args, { output }) => {
    const { counted, from, picture } = output as unknown as CountingOutput;
    return { text: `Counted to ${counted}.`, pictures: [picture], data: { counted, from } };
  },
});
