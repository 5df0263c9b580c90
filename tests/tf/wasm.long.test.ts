import { afterAll, beforeAll, it } from "vitest";
import { tf } from "../../src/tf/tf.ts";
import { useWasm } from "../../src/tf/wasm.ts";
import { expectToLearn } from "../helpers/wasmTraining.ts";

const before = tf.getBackend();
beforeAll(() => useWasm(tf));
afterAll(() => tf.setBackend(before));

it(
  "learns on WASM with efficientnet-mini, slowly, says so, and leaks nothing",
  () => expectToLearn("efficientnet-mini"),
  120_000,
);
