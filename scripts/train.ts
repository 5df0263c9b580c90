import { appendFileSync, existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { datasets, scriptDatasets } from "../src/data/index.ts";
import { learningRateCurve } from "../src/draw/learningRateCurve.ts";
import { encodeJpeg } from "../src/images/encode.ts";
import { exportModel } from "../src/runs/export.ts";
import { findLearningRate, netOf } from "../src/runs/prepare.ts";
import type { ModelRecipe } from "../src/runs/recipe.ts";
import { recipes } from "../src/runs/recipes.ts";
import { type EpochEvent, train } from "../src/runs/train.ts";
import { installedEngine } from "../src/tf/engine.ts";

// npm run train -- --recipe resnet20.cifar10 [--dataset shapes] [--epochs 5] [--patience 3] [--out models] [--home FOLDER]
// Trains a shipped model again: FOLDER keeps its checkpoint, from which a run that was cut off goes on.
// npm run train -- --recipe resnet20.cifar10 --learning-rate-finder curve.jpg
// Looks for a learning rate for it instead, and draws the losses.

const { values } = parseArgs({
  options: {
    recipe: { type: "string" },
    dataset: { type: "string" },
    out: { type: "string", default: "models" },
    home: { type: "string", default: join(homedir(), ".cache", "peerlab", "train") },
    data: { type: "string", default: process.env["PEERLAB_DATA"] ?? join(homedir(), ".cache", "peerlab") },
    epochs: { type: "string" },
    "evaluate-every": { type: "string", default: "2" },
    patience: { type: "string" },
    "learning-rate-finder": { type: "string" },
  },
});

/** The value, when it is one of the known ones; else prints which those are and ends. */
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
  dataset: oneOf("dataset", values.dataset ?? known.dataset, scriptDatasets),
  epochs: Number(values.epochs ?? known.epochs),
};
const home = resolve(values.home);
const out = resolve(values.out);
const dataset = await datasets[recipe.dataset]({ root: values.data, size: netOf(recipe).size });

if (values["learning-rate-finder"] !== undefined) {
  const found = await findLearningRate(recipe, dataset);
  await writeFile(values["learning-rate-finder"], await encodeJpeg(learningRateCurve(found, "en")));
  console.log(JSON.stringify({ recipe: name, dataset: recipe.dataset, ...found }));
  process.exit(0);
}

const checkpoint = join(home, `${name}.safetensors`);
const log = join(home, `${name}.log.jsonl`);
await mkdir(home, { recursive: true });
await mkdir(out, { recursive: true });
if (!existsSync(checkpoint)) await rm(log, { force: true });
/** One epoch of the log; `accuracy` is that on the validation images, where it was measured. `seconds` count since the start or a cut. */
type LogLine = Omit<EpochEvent, "kind" | "evaluation"> & { seconds: number; accuracy?: number };
const readLog = async (): Promise<LogLine[]> => {
  const text = existsSync(log) ? (await readFile(log, "utf8")).trim() : "";
  return text === "" ? [] : text.split("\n").map((it) => JSON.parse(it) as LogLine);
};

const earlier = (await readLog()).flatMap(({ step, accuracy }) => (accuracy === undefined ? [] : [{ step, accuracy }]));
const run = train(recipe, dataset, {
  checkpoint: { path: checkpoint, every: 100 },
  evaluateEvery: Number(values["evaluate-every"]),
  ...(values.patience === undefined ? {} : { earlyStopping: { patience: Number(values.patience), earlier } }),
});
const started = performance.now();
let event = await run.next();
for (; !event.done; event = await run.next()) {
  if (event.value.kind === "eager") console.warn(`Training runs one operation at a time, which is slow: ${event.value.reason}.`);
  if (event.value.kind !== "epoch") continue;
  const { kind: _, evaluation, ...epoch } = event.value;
  const seconds = (performance.now() - started) / 1000;
  const line: LogLine = { ...epoch, seconds, ...(evaluation ? { accuracy: evaluation.accuracy } : {}) };
  const text = JSON.stringify(line);
  appendFileSync(log, `${text}\n`);
  console.log(text);
}
const weights = event.value;
const { way, version } = installedEngine();
const engine = `TensorFlow ${version} (${way})`;
const { bytes, evaluation } = await exportModel(name, recipe, dataset, weights, { engine });
await writeFile(join(out, `${name}.onnx`), bytes);
const { accuracy, correct, total } = evaluation;
const last = JSON.stringify({ recipe: name, ...recipe, test: { accuracy, correct, total } });
// After a cut, steps since the last checkpoint were done twice: the later line counts.
const byStep = new Map((await readLog()).map((it) => [it.step, JSON.stringify(it)]));
await writeFile(join(out, `${name}.log.jsonl`), [...byStep.values(), last, ""].join("\n"));
for (const file of [checkpoint, `${checkpoint}.best`]) await rm(file, { force: true });
console.log(last);
process.exit(0);
