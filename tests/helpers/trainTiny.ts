import { writeFileSync } from "node:fs";
import { type FitOptions, runKey, fit as train } from "../../src/learn/fit.ts";
import { findNet } from "../../src/nets/index.ts";
import type { Net } from "../../src/nets/net.ts";
import { loadCheckpoint, saveCheckpoint } from "./checkpointFile.ts";
import { noise } from "./training.ts";

// A process that trains, to be killed: says every step it has done, and writes the weights it ends with.
const [checkpoint = "", result = "", steps = ""] = process.argv.slice(2);
const options: FitOptions = {
  net: findNet("resnet8") as Net,
  classes: 10,
  recipe: {
    steps: Number(steps),
    seed: 5,
    optimiser: { kind: "sgd", momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
    schedule: { kind: "cosine", learningRate: 0.05, warmupShare: 0.1 },
    average: { kind: "ema", emaDecay: 0.95 },
  },
  task: { kind: "supervised", labelSmoothing: 0.1 },
  source: noise(8, 32),
};
const resume = await loadCheckpoint(checkpoint, runKey(options));
const run = train({ ...options, resume });
for (let it = await run.next(); ; it = await run.next()) {
  if (!it.done) {
    const { step, snapshot } = it.value;
    if (step % 4 === 0) await saveCheckpoint(checkpoint, snapshot());
    console.log(`${resume?.step ?? 0} ${step}`);
    continue;
  }
  const weights = Object.entries(it.value).map(([name, values]) => [name, Buffer.from(values.buffer).toString("base64")]);
  writeFileSync(result, JSON.stringify(Object.fromEntries(weights)));
  break;
}
