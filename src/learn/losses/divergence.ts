import { type Tensor, tf } from "../../tf/tf.ts";

/** Kullback–Leibler divergence of each row, KL(p ‖ q) = Σ p · (log p - log q), both given as logarithms: [rows, n] to [rows]. */
export const divergence = (logP: Tensor, logQ: Tensor): Tensor => tf.sum(tf.mul(tf.exp(logP), tf.sub(logP, logQ)), -1);
