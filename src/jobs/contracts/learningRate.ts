import { z } from "zod";
import { DataSource } from "../../data/dataSource.ts";
import { Picture } from "../../files.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";

/** What the learning rate finder found. */
export const FoundLearningRate = z.object({
  net: z.string().describe("the network's name"),
  data: z.string().describe("the data set's name"),
  suggestion: z.number().describe("a learning rate to train with: the middle of the longest fall of the loss"),
  points: z
    .array(z.object({ learningRate: z.number(), loss: z.number().describe("smoothed, in nats") }))
    .describe("the learning rates that were tried, lowest first; none after the loss left all bounds"),
  batch: z.int().describe("images a step; another batch size needs another learning rate"),
  optimiser: z.string().describe("what the learning rate is for"),
  seconds: z.number(),
});
export type FoundLearningRate = z.infer<typeof FoundLearningRate>;

/** Looks for the learning rate that suits a network and a data set. */
export const learningRate = contract({
  queue: "train",
  processorSeconds: 3600,
  wallSeconds: 4 * 3600,
  input: z.object({ net: z.string(), data: DataSource, seed: z.int().nonnegative(), lang: z.enum(languages) }),
  output: FoundLearningRate.extend({ pictures: z.array(Picture) }),
});
