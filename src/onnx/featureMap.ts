import { findPooledHead } from "./classifierHead.ts";
import type { GraphView } from "./graph.ts";

/** Longest way back from the scores that is looked at: heads are a few dense layers. */
const MAX_NODES = 40;
const flattening = /^(Flatten|Reshape|Squeeze)$/;
const pooling = /^(GlobalAveragePool|GlobalMaxPool|AveragePool|MaxPool|ReduceMean|ReduceMax)$/;

/**
 * Values that may be a classifier's last feature map, the likeliest first: what its head pools or flattens. Where a pooling stands before
 * the flattening, what goes into the pooling comes after it, since pooled to one place it is no map any more. Empty where none is found.
 */
export const featureMapsOf = (view: GraphView, output: string): string[] => {
  const head = findPooledHead(view, output);
  if (head) return [head.features];
  let name = output;
  for (let i = 0; i < MAX_NODES; i++) {
    const node = view.maker.get(name);
    const before = node?.input.find((it) => it !== "" && !view.constants.has(it));
    if (!node || before === undefined) return [];
    if (pooling.test(node.opType)) return [before];
    if (flattening.test(node.opType)) {
      const pool = view.maker.get(before);
      return pool && pooling.test(pool.opType) ? [before, pool.input[0] ?? before] : [before];
    }
    name = before;
  }
  return [];
};
