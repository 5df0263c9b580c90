import { appendFileSync, existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { datasets } from "../src/data/index.ts";
import { exportModel } from "../src/recipes/export.ts";
import { recipes } from "../src/recipes/index.ts";
import { netOf, train } from "../src/recipes/train.ts";
import { installedEngine } from "../src/tf/engine.ts";

// npm run train -- --recipe resnet20 [--out models] [--home FOLDER]
// Trains a shipped model again: FOLDER keeps its checkpoint, from which a run that was cut off goes on.

const { values } = parseArgs({
  options: {
    recipe: { type: "string" },
    out: { type: "string", default: "models" },
    home: { type: "string", default: join(homedir(), ".cache", "peerlab", "train") },
    data: { type: "string", default: process.env["PEERLAB_DATA"] ?? join(homedir(), ".cache", "peerlab") },
    epochs: { type: "string" },
    "judge-every": { type: "string", default: "2" },
  },
});

const name = values.recipe ?? "";
const known = recipes[name];
if (!known) {
  console.error(`--recipe should be one of ${Object.keys(recipes).join(", ")}; I got "${name}".`);
  process.exit(2);
}
const recipe = values.epochs === undefined ? known : { ...known, epochs: Number(values.epochs) };
const home = resolve(values.home);
const out = resolve(values.out);

const checkpoint = join(home, `${name}.safetensors`);
const log = join(home, `${name}.log.jsonl`);
await mkdir(home, { recursive: true });
await mkdir(out, { recursive: true });
const dataset = await datasets[recipe.dataset]({ root: values.data, size: netOf(recipe).size });
if (!existsSync(checkpoint)) await rm(log, { force: true });
const weights = await train(recipe, dataset, {
  checkpoint: { path: checkpoint, every: 100 },
  judgeEvery: Number(values["judge-every"]),
  log: (line) => {
    const text = JSON.stringify(line);
    appendFileSync(log, `${text}\n`);
    console.log(text);
  },
  say: (note) => console.warn(note),
});
const { way, version } = installedEngine();
const precision = process.env["ONEDNN_DEFAULT_FPMATH_MODE"] === "BF16" ? { arithmetic: "bfloat16 products, float32 sums" } : {};
const { bytes, judgement } = await exportModel(name, recipe, dataset, weights, {
  engine: `TensorFlow ${version} (${way})`,
  ...precision,
});
await writeFile(join(out, `${name}.onnx`), bytes);
const { accuracy, correct, total } = judgement;
const last = JSON.stringify({ recipe: name, ...recipe, test: { accuracy, correct, total } });
// After a cut, steps since the last checkpoint were done twice: the later line counts.
const lines = (await readFile(log, "utf8")).trim().split("\n");
const byStep = new Map(lines.map((it) => [(JSON.parse(it) as { step: number }).step, it]));
await writeFile(join(out, `${name}.log.jsonl`), [...byStep.values(), last, ""].join("\n"));
await rm(checkpoint, { force: true });
console.log(last);
process.exit(0);
