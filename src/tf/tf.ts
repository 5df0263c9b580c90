import { createRequire } from "node:module";
import type * as Tensorflow from "@tensorflow/tfjs";
import { installedEngine } from "./engine.ts";

const require = createRequire(import.meta.url);

/** TensorFlow.js. This is the one door to it: nobody else imports it, so what runs behind it is decided here. */
export const tf = require("@tensorflow/tfjs") as typeof Tensorflow;

export type Tensor = Tensorflow.Tensor;
export type DataType = Tensorflow.DataType;

if (installedEngine().way !== "wasm") {
  // TensorFlow's C++ reads this once, when it is loaded; without it every process begins with five lines about the processor.
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
  require("@tensorflow/tfjs-node-gpu");
} else {
  const { useWasm } = await import("./wasm.ts");
  await useWasm(tf);
}
await tf.ready();
