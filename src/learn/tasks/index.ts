import type { Task, TaskSetting } from "../task.ts";
import { type ConsistencySpec, consistency } from "./consistency.ts";
import { type DistillSpec, distill } from "./distill.ts";
import { type PseudoLabelSpec, pseudoLabel } from "./pseudoLabel.ts";
import { type SupervisedSpec, supervised } from "./supervised.ts";

/** What is learned, as plain data: part of a run's spec and of its checkpoint's key. */
export type TaskSpec = SupervisedSpec | DistillSpec | PseudoLabelSpec | ConsistencySpec;

type Tasks = { [K in TaskSpec["kind"]]: (spec: Extract<TaskSpec, { kind: K }>, setting: TaskSetting) => Task };

/** Every task by the kind of its spec. Adding one: its file, its spec above, its line here. */
const tasks: Tasks = { supervised, distill, "pseudo-label": pseudoLabel, consistency };

/** The task that a spec describes. Throws when the network or the batches are not made for it. */
export const taskOf = (spec: TaskSpec, setting: TaskSetting): Task => {
  const task = (tasks[spec.kind] as (spec: TaskSpec, setting: TaskSetting) => Task)(spec, setting);
  const missing = task.arrays.filter((it) => !setting.shapes[it]);
  if (missing.length > 0)
    throw new Error(
      `The task "${spec.kind}" needs ${missing.join(", ")}; the batches have ${Object.keys(setting.shapes).join(", ")}.`,
    );
  return task;
};
