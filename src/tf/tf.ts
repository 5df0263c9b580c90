import { createRequire } from "node:module";
import type * as Tensorflow from "@tensorflow/tfjs";
import { installedEngine } from "./engine.ts";
import { prepareEnvironment } from "./processor.ts";

const require = createRequire(import.meta.url);

/** TensorFlow.js. This is the one door to it: nobody else imports it, so what runs behind it is decided here. */
export const tf = require("@tensorflow/tfjs") as typeof Tensorflow;

export type Tensor = Tensorflow.Tensor;
export type DataType = Tensorflow.DataType;

if (installedEngine().way !== "wasm") {
  prepareEnvironment();
  require("@tensorflow/tfjs-node-gpu");
} else {
  const { useWasm } = await import("./wasm.ts");
  await useWasm(tf);
}
await tf.ready();
