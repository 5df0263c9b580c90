import { mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { openCheckpoints } from "../src/blobs/checkpoints.ts";
import { datasets, scriptDatasets } from "../src/data/index.ts";
import { learningRateCurve } from "../src/draw/learningRateCurve.ts";
import { encodeJpeg } from "../src/images/encode.ts";
import { findNet } from "../src/nets/index.ts";
import { exportModel } from "../src/runs/export.ts";
import { findLearningRate } from "../src/runs/findLearningRate.ts";
import type { ModelRecipe } from "../src/runs/recipe.ts";
import { armOfRecipe } from "../src/runs/recipeArm.ts";
import { recipes } from "../src/runs/recipes.ts";
import { trainArm } from "../src/runs/trainArm.ts";
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
const published = await datasets[recipe.dataset]({ root: values.data, size: findNet(recipe.net)?.size ?? 32 });
const { arm, dataset, validation, stepsPerEpoch } = armOfRecipe(recipe, published);

if (values["learning-rate-finder"] !== undefined) {
  const found = await findLearningRate(arm, { dataset });
  await writeFile(values["learning-rate-finder"], await encodeJpeg(learningRateCurve(found, "en")));
  console.log(JSON.stringify({ recipe: name, dataset: recipe.dataset, ...found }));
  process.exit(0);
}

const store = openCheckpoints(home);
await mkdir(out, { recursive: true });
const run = trainArm(arm, {
  ...{ dataset, validation, checkpoints: store.of(name), name: "arm", saveEvery: 30 },
  evaluateEvery: Number(values["evaluate-every"]) * stepsPerEpoch,
  patience: values.patience === undefined ? undefined : Number(values.patience),
});
const started = performance.now();
/** One evaluation of the log; `accuracy` is that on the validation images. `seconds` count since the start or a cut. */
const log: { step: number; text: string }[] = [];
let event = await run.next();
for (; !event.done; event = await run.next()) {
  if (event.value.kind === "eager") console.warn(`Training runs one operation at a time, which is slow: ${event.value.reason}.`);
  if (event.value.kind !== "evaluation") continue;
  const { kind: _, evaluation, ...measured } = event.value;
  const epoch = measured.step / stepsPerEpoch;
  const seconds = (performance.now() - started) / 1000;
  const text = JSON.stringify({ epoch, ...measured, seconds, accuracy: evaluation.accuracy });
  log.push({ step: measured.step, text });
  console.log(text);
}
const { weights, curve } = event.value;
const { way, version } = installedEngine();
const { seed, epochs } = recipe;
const lineage = { method: "scratch", recipe: name, seed, epochs, engine: `TensorFlow ${version} (${way})` };
const { testViews: views } = recipe;
const { bytes, evaluation } = await exportModel({ name, net: arm.net, dataset, weights, lineage }, dataset, { views });
await writeFile(join(out, `${name}.onnx`), bytes);
const { oneView, accuracy, correct } = evaluation;
const test = { accuracy: oneView.accuracy, correct: oneView.correct, total: oneView.total };
const ofViews = views === undefined ? {} : { views: { [views]: { accuracy, correct } } };
const last = JSON.stringify({ recipe: name, ...recipe, test: { ...test, ...ofViews } });
// What was evaluated before a cut is known by its accuracy alone.
const lines = curve.map(([step, accuracy]) => log.find((it) => it.step === step)?.text ?? JSON.stringify({ step, accuracy }));
await writeFile(join(out, `${name}.log.jsonl`), [...lines, last, ""].join("\n"));
await store.remove(name);
console.log(last);
process.exit(0);
