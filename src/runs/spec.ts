import { z } from "zod";
import { distill } from "./kinds/distill.ts";
import { fixmatch } from "./kinds/fixmatch.ts";
import { lesson } from "./kinds/lesson.ts";
import { policysearch } from "./kinds/policysearch.ts";
import { pseudolabel } from "./kinds/pseudolabel.ts";
import { selftrain } from "./kinds/selftrain.ts";
import { train } from "./kinds/train.ts";
import { transfer } from "./kinds/transfer.ts";

/** Every kind of run with its spec. Adding one: its file in `kinds/`, its line here, and its experiment in `experiments/`. */
export const specs = { train, distill, transfer, pseudolabel, fixmatch, selftrain, policysearch, lesson } as const;
export type RunKind = keyof typeof specs;
export type SpecOf<K extends RunKind> = z.infer<(typeof specs)[K]>;

type AnySpec = (typeof specs)[RunKind];

/** What is run, as plain data: echoed with its result, and repeated by `/rerun`. The bot reads it, so it reaches no TensorFlow. */
export const RunSpec = z.discriminatedUnion("kind", Object.values(specs) as [AnySpec, ...AnySpec[]]);
export type RunSpec = z.infer<typeof RunSpec>;
