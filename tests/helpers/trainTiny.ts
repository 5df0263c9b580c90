import { writeFileSync } from "node:fs";
import { fit as train } from "../../src/learn/fit.ts";
import { supervised } from "../../src/learn/task.ts";
import { findNet } from "../../src/nets/index.ts";
import type { Net } from "../../src/nets/net.ts";
import { noise } from "./training.ts";

// A process that trains, to be killed: says every step it has done, and writes the weights it ends with.
const [checkpoint = "", result = "", steps = ""] = process.argv.slice(2);
const run = train({
  net: findNet("resnet8") as Net,
  classes: 10,
  recipe: {
    steps: Number(steps),
    seed: 5,
    optimiser: { kind: "sgd", momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
    schedule: { kind: "cosine", learningRate: 0.05, warmupShare: 0.1 },
    average: { kind: "ema", emaDecay: 0.95 },
  },
  task: supervised({ labelSmoothing: 0.1 }),
  source: noise(8, 32),
  checkpoint: { path: checkpoint, every: 4 },
});
for (let it = await run.next(); ; it = await run.next()) {
  if (!it.done) {
    console.log(`${it.value.resumedFrom} ${it.value.step}`);
    continue;
  }
  const weights = Object.entries(it.value).map(([name, values]) => [name, Buffer.from(values.buffer).toString("base64")]);
  writeFileSync(result, JSON.stringify(Object.fromEntries(weights)));
  break;
}
