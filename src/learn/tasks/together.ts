import { type Tensor, tf } from "../../tf/tf.ts";
import type { TaskInput } from "../task.ts";

/**
 * Runs the network once on several arrays of pictures, one below the other, so that its batch normalisations see all of them, and
 * gives each array its own logits again (Sohn et al. 2020). Auxiliary classifiers give theirs in the same way.
 */
export const runTogether = (net: TaskInput["net"], arrays: readonly Tensor[]): { logits: Tensor[]; aux: Tensor[][] } => {
  const counts = arrays.map((it) => it.shape[0] as number);
  const apart = (logits: Tensor): Tensor[] => tf.split(logits, counts, 0);
  const { logits, aux = [] } = net(tf.concat([...arrays], 0));
  return { logits: apart(logits), aux: aux.map(apart) };
};
