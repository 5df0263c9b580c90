import type { Task } from "../task.ts";
import { type SupervisedSpec, supervised } from "./supervised.ts";

/** What is learned, as plain data: part of a run's spec and of its checkpoint's key. */
export type TaskSpec =
  | SupervisedSpec
  /** A teacher's logits `teacher`, and its last feature map `teacherFeatures` for `at` and `fitnet`, beside the targets. */
  | {
      kind: "distill";
      method: "kd" | "dkd" | "at" | "fitnet";
      temperature: number;
      soft: number;
      hard: number;
      labelSmoothing?: number;
    }
  /** The network's own predictions for `weak`, where they are confident, as targets for the same pictures (Lee 2013). */
  | { kind: "pseudo-label"; threshold: number; weight: number; ramp: number }
  /** The same as targets for `strong` (Sohn et al. 2020). */
  | { kind: "consistency"; threshold: number; weight: number };

/** The task that a spec describes. */
export const taskOf = (spec: TaskSpec): Task => {
  if (spec.kind !== "supervised") throw new Error(`The task "${spec.kind}" is still to be written.`);
  return supervised(spec);
};
