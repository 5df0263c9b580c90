import type { z } from "zod";
import type { Contract } from "./contract.ts";
import { addModel } from "./contracts/addModel.ts";
import { album } from "./contracts/album.ts";
import { arch } from "./contracts/arch.ts";
import { augment, augmentClassified } from "./contracts/augment.ts";
import { cardFigure } from "./contracts/cardFigure.ts";
import { classes } from "./contracts/classes.ts";
import { classify } from "./contracts/classify.ts";
import { compare } from "./contracts/compare.ts";
import { compareRuns } from "./contracts/compareRuns.ts";
import { evaluate } from "./contracts/evaluate.ts";
import { explain } from "./contracts/explain.ts";
import { exportBlog } from "./contracts/exportBlog.ts";
import { exportPictures } from "./contracts/exportPictures.ts";
import { fetchData } from "./contracts/fetchData.ts";
import { fetchModel } from "./contracts/fetchModel.ts";
import { importPictures } from "./contracts/importPictures.ts";
import { learningRate } from "./contracts/learningRate.ts";
import { mix } from "./contracts/mix.ts";
import { policy } from "./contracts/policy.ts";
import { predict } from "./contracts/predict.ts";
import { quizPicture } from "./contracts/quizPicture.ts";
import { recap } from "./contracts/recap.ts";
import { run } from "./contracts/run.ts";
import { runList } from "./contracts/runList.ts";
import { softenedFigure } from "./contracts/softenedFigure.ts";
import { thumbnail } from "./contracts/thumbnail.ts";

/** Every kind of work. Adding one: its contract's file, its line here, its handler's file and line in `workers/index.ts`. */
export const contracts = {
  augment,
  augmentClassified,
  policy,
  mix,
  classify,
  predict,
  compare,
  explain,
  evaluate,
  addModel,
  fetchModel,
  fetchData,
  arch,
  album,
  classes,
  importPictures,
  exportPictures,
  run,
  runList,
  compareRuns,
  learningRate,
  cardFigure,
  softenedFigure,
  quizPicture,
  recap,
  exportBlog,
  thumbnail,
} satisfies Record<string, Contract>;

export type JobName = keyof typeof contracts;
export type JobInput<N extends JobName> = z.infer<(typeof contracts)[N]["input"]>;
export type JobOutput<N extends JobName> = z.infer<(typeof contracts)[N]["output"]>;

/** One job with its input. */
export type Work<N extends JobName> = { [K in N]: { job: K; input: JobInput<K> } }[N];

/**
 * Work for a queue, which a command returns instead of an immediate reply. Its dependencies run first, none harmed by how the others
 * end, and the job itself then puts together what became of them: see `JobContext.dependencies`.
 */
export type JobRequest<N extends JobName> = Work<N> & { dependencies?: readonly Work<JobName>[] };
