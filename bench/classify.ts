import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openSession } from "../src/inference/session.ts";
import { readCard } from "../src/models/cardMetadata.ts";
import { describe } from "../src/nets/backends/describe.ts";
import { findNet } from "../src/nets/index.ts";
import type { Net } from "../src/nets/net.ts";
import { readModel } from "../src/onnx/file.ts";
import { seeded } from "../src/random.ts";
import { shippedFolder } from "../src/store/shippedModels.ts";
import { matmulGflops } from "./matmul.ts";
import { fractionOf, inTurn, perSecond } from "./pairs.ts";
import { openPytorch } from "./peer.ts";
import { programOf } from "./program.ts";
import { sharedFile } from "./shared.ts";

const BATCHES = [1, 16];
const SECONDS = 1.5;

interface Model {
  name: string;
  net: Net;
  bytes: Uint8Array;
  /** What the other framework builds: our own definition, or its own of this name. */
  own?: string;
}

const shipped = (): Model[] =>
  (existsSync(shippedFolder) ? readdirSync(shippedFolder) : [])
    .filter((it) => it.endsWith(".onnx"))
    .sort()
    .map((file) => {
      const bytes = readFileSync(join(shippedFolder, file));
      const card = readCard(readModel(bytes));
      const net = findNet(`${card?.lineage?.["net"]}`);
      if (!card || !net) throw new Error(`Expected a card that names its network in ${file}`);
      return { name: card.name, net, bytes };
    });

const googlenet = (): Model => ({
  name: "googlenet",
  net: findNet("googlenet-5x5") as Net,
  bytes: readFileSync(sharedFile("weights", "googlenet-imagenet-caffe.onnx")),
  own: "googlenet-caffe",
});

/** Every shipped model and the published GoogLeNet, one picture at a time and sixteen, as /classify runs them, against PyTorch. */
export const classify = async (say: (line: string) => void) => {
  const peer = await openPytorch(say);
  try {
    const gflops = await matmulGflops(peer);
    const results = [];
    for (const { name, net, bytes, own } of [...shipped(), googlenet()]) {
      const session = await openSession(name, async () => bytes);
      const { macs } = describe(net);
      for (const batch of BATCHES) {
        const dims = [batch, 3, net.size, net.size];
        const rng = seeded(1);
        const input = Float32Array.from({ length: batch * 3 * net.size ** 2 }, () => 2 * rng() - 1);
        for (let i = 0; i < 3; i++) await session.run(input, dims);
        const program = own ? {} : { steps: programOf(net, false).steps, outputs: [programOf(net, false).logits] };
        await peer?.ask({ do: "load", net: { net: own ?? net.name, size: net.size, batch, ...program } });
        const measured = await inTurn(
          () => perSecond(() => session.run(input, dims), batch, SECONDS),
          peer && (async () => (await peer.ask<{ imagesPerSecond: number }>({ do: "run", seconds: SECONDS })).imagesPerSecond),
        );
        const result = { net: name, batch, ...measured, fractionOfPeak: fractionOf(measured.ours * macs, gflops) };
        say(`${name} batch ${batch}: ${result.ours} images/s, PyTorch ${result.peer ?? "-"}, ratio ${result.ratio ?? "-"}`);
        results.push(result);
      }
    }
    return { results, matmulGflops: gflops, fractionOfPeak: Math.max(...results.map((it) => it.fractionOfPeak)) };
  } finally {
    peer?.close();
  }
};
