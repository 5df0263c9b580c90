import type { EvaluationRows, Rows } from "../data/rows.ts";
import { type Evaluation, evaluateLogits } from "../inference/evaluation.ts";
import type { Network } from "../nets/net.ts";
import { type ForwardPass, type NamedWeights, openForwardPass } from "./forwardPass.ts";

/** The logits of rows whose classes need not be known, [rows × classes], row after row. Needs at least one row. */
export const predictLogits = (
  net: Network,
  classes: number,
  weights: NamedWeights,
  rows: Rows & { count: number },
): Float32Array => {
  const pass = openForwardPass(net, classes);
  try {
    return pass.logits(weights, rows);
  } finally {
    pass.close();
  }
};

const evaluationOf = (logits: Float32Array, labels: ArrayLike<number>, classes: number) => ({
  ...evaluateLogits(logits, labels, classes),
  logits,
});

/** Evaluates a network that is open already, with these weights. `logits` are [rows × classes], row after row. Needs at least one row. */
export const evaluateOpen = (
  pass: ForwardPass,
  classes: number,
  weights: NamedWeights,
  rows: EvaluationRows,
): Evaluation & { logits: Float32Array } =>
  evaluationOf(pass.logits(weights, { ...rows, count: rows.labels.length }), rows.labels, classes);

/** Evaluates a network once: see `evaluateOpen`. */
export const evaluateNetwork = (
  net: Network,
  classes: number,
  weights: NamedWeights,
  rows: EvaluationRows,
): Evaluation & { logits: Float32Array } =>
  evaluationOf(predictLogits(net, classes, weights, { ...rows, count: rows.labels.length }), rows.labels, classes);
