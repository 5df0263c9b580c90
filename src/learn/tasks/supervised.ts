import type { Tensor } from "../../tf/tf.ts";
import { crossEntropy } from "../losses/crossEntropy.ts";
import type { Task } from "../task.ts";
import { auxiliary } from "./auxiliary.ts";

/** Mean cross-entropy with the batch's targets `y`, of those rows that have one. */
export interface SupervisedSpec {
  kind: "supervised";
  labelSmoothing?: number;
}

/** Learning from labels alone. Batch: x [rows, …], y [rows, classes]. */
export const supervised = ({ labelSmoothing }: SupervisedSpec): Task => ({
  arrays: ["x", "y"],
  run: ({ net, batch: { x, y } }) => {
    const loss = (logits: Tensor) => crossEntropy(logits, y as Tensor, labelSmoothing);
    const { logits, aux = [] } = net(x as Tensor);
    return { losses: { labels: loss(logits), ...auxiliary(aux.map(loss)) } };
  },
});
