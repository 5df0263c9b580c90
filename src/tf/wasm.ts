import { createRequire } from "node:module";
import type * as Tensorflow from "@tensorflow/tfjs";

type Tf = typeof Tensorflow;

/** Runs TensorFlow.js on WASM, which any machine can, and teaches it the gradients that its WASM backend lacks. */
export const useWasm = async (tf: Tf): Promise<void> => {
  createRequire(import.meta.url)("@tensorflow/tfjs-backend-wasm");
  if (!(await tf.setBackend("wasm"))) throw new Error("The WASM backend of TensorFlow.js does not start.");
};
