import { fit } from "../src/learn/fit.ts";
import { describe } from "../src/nets/backends/describe.ts";
import { findNet } from "../src/nets/index.ts";
import type { Net } from "../src/nets/net.ts";
import { seeded } from "../src/random.ts";
import { recipes } from "../src/runs/recipes.ts";
import { installedEngine } from "../src/tf/engine.ts";
import { describeProcessor } from "../src/tf/processor.ts";
import { tf } from "../src/tf/tf.ts";
import { useWasm } from "../src/tf/wasm.ts";
import { matmulGflops } from "./matmul.ts";
import type { BenchOptions } from "./options.ts";
import { fractionOf, inTurn, perSecond } from "./pairs.ts";
import { openPytorch } from "./peer.ts";
import { programOf } from "./program.ts";

/** Every network that ships with weights. */
const NETS = [...new Set(Object.values(recipes).map((it) => it.net))];
const BATCH = 128;
const SECONDS = 4;
/**
 * Backward costs twice what forward does: one product for the gradient of the input, one for that of the weights. Counted as direct sums, of which
 * minimal filtering needs a quarter: its share of the peak may be above 1.
 */
const PASSES = 3;

/** One batch over and over, as for the other framework: what is measured is the step, not the data. */
const sameBatch = (size: number) => {
  const rng = seeded(1);
  const batch = {
    x: Float32Array.from({ length: BATCH * size * size * 3 }, () => 2 * rng() - 1),
    y: Float32Array.from({ length: BATCH * 10 }, (_, i) => (i % 10 === Math.floor(i / 10) % 10 ? 1 : 0)),
  };
  return { batch: BATCH, shapes: { x: [size, size, 3], y: [10] }, next: () => batch };
};

/** Endless steps of training a network: forward, loss, backward, Nesterov momentum, weight decay. */
const trainingOf = (net: Net) =>
  fit({
    ...{ net, classes: 10, task: { kind: "supervised" } as const, source: sameBatch(net.size) },
    recipe: {
      ...{ steps: 1e6, seed: 1 },
      optimiser: { kind: "sgd", momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
      schedule: { kind: "cosine", learningRate: 0.01 },
    },
  });

/** Steps of training (forward, loss, backward, Nesterov momentum, weight decay) in images a second, against PyTorch. */
export const train = async (say: (line: string) => void, { net: only }: Pick<BenchOptions, "net"> = {}) => {
  const { way, version } = installedEngine();
  const processor = describeProcessor();
  const { model = "unknown processor", instructionSet = "unknown instruction set", kernels = "TensorFlow's own" } = processor;
  const { ONEDNN_MAX_CPU_ISA: ours, ATEN_CPU_CAPABILITY: theirs } = process.env;
  const held = ours || theirs ? ` (ours held to ${ours ?? "nothing less"}, PyTorch to ${theirs ?? "nothing less"})` : "";
  say(`TensorFlow ${version} (${way}), ${model}, ${instructionSet}${held}, kernels: ${kernels}`);
  const peer = await openPytorch(say);
  try {
    const gflops = await matmulGflops(peer);
    const results = [];
    for (const name of only === undefined ? NETS : [only]) {
      const net = findNet(name);
      if (!net) throw new Error(`There is no network ${name}`);
      const run = trainingOf(net);
      for (let i = 0; i < 3; i++) {
        const { value } = await run.next();
        if (i === 0 && "eager" in value) console.warn(`Steps run one operation at a time, which is slow: ${value.eager}.`);
      }
      const { steps, logits, aux } = programOf(net, true);
      await peer?.ask({
        do: "load",
        net: { net: name, size: net.size, batch: BATCH, steps, outputs: [logits, ...aux], training: true },
      });
      const measured = await inTurn(
        () => perSecond(() => run.next(), BATCH, SECONDS),
        peer && (async () => (await peer.ask<{ imagesPerSecond: number }>({ do: "run", seconds: SECONDS })).imagesPerSecond),
      );
      await run.return({});
      const macs = describe(net).macs;
      const result = { net: name, batch: BATCH, ...measured, fractionOfPeak: fractionOf(measured.ours * macs * PASSES, gflops) };
      say(`${name}: ${result.ours} images/s${peer ? `, PyTorch ${result.peer}, ratio ${result.ratio}` : ""}`);
      results.push(result);
    }
    return {
      processor,
      pytorch: peer?.hello["version"] ?? null,
      results,
      matmulGflops: gflops,
      fractionOfPeak: Math.max(...results.map((it) => it.fractionOfPeak)),
    };
  } finally {
    peer?.close();
  }
};

/** The same steps in native TensorFlow against TensorFlow.js on WASM, which is what trains where no native TensorFlow can be had. */
export const wasm = async (say: (line: string) => void) => {
  if (installedEngine().way === "wasm") throw new Error("There is no native TensorFlow here to compare WASM with.");
  const native = tf.getBackend();
  const results = [];
  for (const name of ["resnet8", "resnet20"]) {
    const net = findNet(name) as Net;
    const [ours, theirs] = [trainingOf(net), trainingOf(net)];
    const on = async (backend: string, run: typeof ours) => {
      await (backend === "wasm" ? useWasm(tf) : tf.setBackend(backend));
      return perSecond(() => run.next(), BATCH, SECONDS);
    };
    await on(native, ours); // warm
    await on("wasm", theirs);
    const {
      ours: imagesPerSecond,
      peer,
      ratio,
    } = await inTurn(
      () => on(native, ours),
      () => on("wasm", theirs),
    );
    say(`${name}: ${imagesPerSecond} images/s, WASM ${peer}, ratio ${ratio}`);
    results.push({ net: name, batch: BATCH, native: imagesPerSecond, wasm: peer, ratio });
    await theirs.return({});
    await tf.setBackend(native);
    await ours.return({});
  }
  return { processor: describeProcessor(), results };
};
