import { appendFileSync, existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { datasets, withoutChat } from "../src/data/index.ts";
import { learningRateCurve } from "../src/draw/learningRateCurve.ts";
import { encodeJpeg } from "../src/images/encode.ts";
import { exportModel } from "../src/runs/export.ts";
import { recipes } from "../src/runs/index.ts";
import type { ModelRecipe } from "../src/runs/recipe.ts";
import { findRecipeRate, type LogLine, netOf, train } from "../src/runs/train.ts";
import { installedEngine } from "../src/tf/engine.ts";

// npm run train -- --recipe resnet20.cifar10 [--dataset shapes] [--epochs 5] [--patience 3] [--out models] [--home FOLDER]
// Trains a shipped model again: FOLDER keeps its checkpoint, from which a run that was cut off goes on.
// npm run train -- --recipe resnet20.cifar10 --find-rate rates.jpg
// Searches a learning rate for it instead, and draws what it found.

const { values } = parseArgs({
  options: {
    recipe: { type: "string" },
    dataset: { type: "string" },
    out: { type: "string", default: "models" },
    home: { type: "string", default: join(homedir(), ".cache", "peerlab", "train") },
    data: { type: "string", default: process.env["PEERLAB_DATA"] ?? join(homedir(), ".cache", "peerlab") },
    epochs: { type: "string" },
    "judge-every": { type: "string", default: "2" },
    patience: { type: "string" },
    "find-rate": { type: "string" },
  },
});

/** The value, when it is one of the known ones; else says which those are and ends. */
const oneOf = <T extends string>(option: string, given: string | undefined, known: readonly T[]): T => {
  const found = known.find((it) => it === given);
  if (found !== undefined) return found;
  console.error(`--${option} should be one of ${known.join(", ")}; I got "${given ?? ""}".`);
  process.exit(2);
};

const name = oneOf("recipe", values.recipe, Object.keys(recipes));
const known = recipes[name] as ModelRecipe;
const recipe: ModelRecipe = {
  ...known,
  dataset: oneOf("dataset", values.dataset ?? known.dataset, withoutChat),
  epochs: Number(values.epochs ?? known.epochs),
};
const home = resolve(values.home);
const out = resolve(values.out);
const dataset = await datasets[recipe.dataset]({ root: values.data, size: netOf(recipe).size });

if (values["find-rate"] !== undefined) {
  const found = await findRecipeRate(recipe, dataset);
  await writeFile(values["find-rate"], await encodeJpeg(learningRateCurve(found, "en")));
  console.log(JSON.stringify({ recipe: name, dataset: recipe.dataset, ...found }));
  process.exit(0);
}

const checkpoint = join(home, `${name}.safetensors`);
const log = join(home, `${name}.log.jsonl`);
await mkdir(home, { recursive: true });
await mkdir(out, { recursive: true });
if (!existsSync(checkpoint)) await rm(log, { force: true });
const logged = async () => {
  const text = existsSync(log) ? (await readFile(log, "utf8")).trim() : "";
  return text === "" ? [] : text.split("\n").map((it) => JSON.parse(it) as LogLine);
};
const weights = await train(recipe, dataset, {
  checkpoint: { path: checkpoint, every: 100 },
  judgeEvery: Number(values["judge-every"]),
  ...(values.patience === undefined ? {} : { earlyStop: { rounds: Number(values.patience), earlier: await logged() } }),
  log: (line) => {
    const text = JSON.stringify(line);
    appendFileSync(log, `${text}\n`);
    console.log(text);
  },
  say: (note) => console.warn(note),
});
const { way, version } = installedEngine();
const engine = `TensorFlow ${version} (${way})`;
const { bytes, judgement } = await exportModel(name, recipe, dataset, weights, { engine });
await writeFile(join(out, `${name}.onnx`), bytes);
const { accuracy, correct, total } = judgement;
const last = JSON.stringify({ recipe: name, ...recipe, test: { accuracy, correct, total } });
// After a cut, steps since the last checkpoint were done twice: the later line counts.
const byStep = new Map((await logged()).map((it) => [it.step, JSON.stringify(it)]));
await writeFile(join(out, `${name}.log.jsonl`), [...byStep.values(), last, ""].join("\n"));
for (const file of [checkpoint, `${checkpoint}.best`]) await rm(file, { force: true });
console.log(last);
process.exit(0);
