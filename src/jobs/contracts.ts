import type { z } from "zod";
import type { Contract } from "./contract.ts";
import { addModel } from "./contracts/addModel.ts";
import { album } from "./contracts/album.ts";
import { arch } from "./contracts/arch.ts";
import { augment } from "./contracts/augment.ts";
import { classify } from "./contracts/classify.ts";
import { compare } from "./contracts/compare.ts";
import { explain } from "./contracts/explain.ts";
import { fetchModel } from "./contracts/fetchModel.ts";
import { mix } from "./contracts/mix.ts";
import { policy } from "./contracts/policy.ts";
import { predict } from "./contracts/predict.ts";

/** Every kind of work. Adding one: its contract's file, its line here, its handler's file and line in `workers/index.ts`. */
export const contracts = {
  augment,
  policy,
  mix,
  classify,
  predict,
  compare,
  explain,
  addModel,
  fetchModel,
  arch,
  album,
} satisfies Record<string, Contract>;

export type JobName = keyof typeof contracts;
export type JobInput<N extends JobName> = z.infer<(typeof contracts)[N]["input"]>;
export type JobOutput<N extends JobName> = z.infer<(typeof contracts)[N]["output"]>;
