import { tf } from "../src/tf/tf.ts";
import type { Peer } from "./peer.ts";

const SIDE = 1024;
const TRIES = 40;

/** The machine's peak in multiplying 1024 x 1024 matrices, in GFLOP/s: TensorFlow's or the other framework's, whichever is faster. */
export const matmulGflops = async (peer: Peer | undefined): Promise<number> => {
  const [a, b] = [tf.randomNormal([SIDE, SIDE]), tf.randomNormal([SIDE, SIDE])];
  let best = 0;
  for (let i = 0; i < TRIES; i++) {
    const begun = performance.now();
    const product = tf.matMul(a, b);
    product.dataSync();
    best = Math.max(best, (2 * SIDE ** 3) / (performance.now() - begun) / 1e6);
    product.dispose();
  }
  tf.dispose([a, b]);
  const theirs = peer ? (await peer.ask<{ gflops: number }>({ do: "matmul" })).gflops : 0;
  return Math.round(Math.max(best, theirs));
};
