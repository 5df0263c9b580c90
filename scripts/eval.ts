import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { parseArgs } from "node:util";
import { datasets, scriptDatasets } from "../src/data/index.ts";
import { evaluateModel } from "../src/inference/evaluate.ts";
import { accuracyPerClass } from "../src/inference/evaluation.ts";
import { readCard } from "../src/models/cardMetadata.ts";
import { readModel } from "../src/onnx/file.ts";

// npm run -s eval -- --model models/resnet20.cifar10.onnx --dataset cifar10 [--json]
// Evaluates a model file on a data set's test images, in ONNX Runtime. With `--dataset folder`, FOLDER holds train/<class> and
// val/<class>.

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    dataset: { type: "string", default: "cifar10" },
    data: { type: "string", default: process.env["PEERLAB_DATA"] ?? `${homedir()}/.cache/peerlab` },
    json: { type: "boolean", default: false },
  },
});
const { model } = values;
const name = scriptDatasets.find((it) => it === values.dataset);
if (!model || !name) {
  console.error(`Usage: npm run -s eval -- --model FILE.onnx --dataset ${scriptDatasets.join("|")} [--data FOLDER] [--json]`);
  process.exit(2);
}
const bytes = await readFile(model);
const card = readCard(readModel(bytes));
const dataset = await datasets[name]({ root: values.data, size: card?.preprocessing.crop ?? 32 });
if (card && card.classes.join() !== dataset.classes.join()) {
  console.error(`${card.name} knows the classes ${card.classes.join(", ")}; those of ${name} are ${dataset.classes.join(", ")}.`);
  process.exit(2);
}
const normalisation = card?.preprocessing ?? dataset.normalisation;
const evaluation = await evaluateModel(bytes, dataset.test, { ...dataset, normalisation });
const { accuracy, correct, total, loss, confusion, imagesPerSecond } = evaluation;
const shares = accuracyPerClass(evaluation);
const perClass = Object.fromEntries(dataset.classes.map((name, label) => [name, shares[label] ?? 0]));
if (values.json) console.log(JSON.stringify({ accuracy, correct, total, loss, perClass, confusion, imagesPerSecond }));
else {
  console.log(`${card?.name ?? values.model}: ${(100 * accuracy).toFixed(2)} % of ${total}`);
  for (const [name, share] of Object.entries(perClass)) console.log(`  ${name.padEnd(12)} ${(100 * share).toFixed(1)} %`);
  console.log(`${imagesPerSecond} images/s`);
}
