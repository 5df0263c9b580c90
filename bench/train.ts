import { fit as trainingOf } from "../src/learn/fit.ts";
import { scratch } from "../src/learn/task.ts";
import { describe } from "../src/nets/backends/describe.ts";
import { findNet } from "../src/nets/index.ts";
import { seeded } from "../src/random.ts";
import { matmulGflops } from "./matmul.ts";
import { fractionOf, inTurn, perSecond } from "./pairs.ts";
import { openPytorch } from "./peer.ts";
import { programOf } from "./program.ts";

const NETS = ["resnet8", "resnet20", "airbench94"];
const BATCH = 128;
const SECONDS = 4;
/** Backward costs twice what forward does: one product for the gradient of the input, one for that of the weights. */
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

/** Steps of training (forward, loss, backward, Nesterov momentum, weight decay) in images a second, against PyTorch. */
export const train = async (say: (line: string) => void) => {
  const peer = await openPytorch(say);
  try {
    const gflops = await matmulGflops(peer);
    const results = [];
    for (const name of NETS) {
      const net = findNet(name);
      if (!net) throw new Error(`There is no network ${name}`);
      const run = trainingOf({
        ...{ net, classes: 10, task: scratch(), source: sameBatch(net.size), say },
        recipe: {
          ...{ steps: 1e6, seed: 1 },
          optimiser: { kind: "sgd", momentum: 0.9, nesterov: true, decay: 5e-4 },
          schedule: { kind: "cosine", rate: 0.01 },
        },
      });
      for (let i = 0; i < 3; i++) await run.next();
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
      say(`${name}: ${result.ours} images/s, PyTorch ${result.peer ?? "-"}, ratio ${result.ratio ?? "-"}`);
      results.push(result);
    }
    return { results, matmulGflops: gflops, fractionOfPeak: Math.max(...results.map((it) => it.fractionOfPeak)) };
  } finally {
    peer?.close();
  }
};
