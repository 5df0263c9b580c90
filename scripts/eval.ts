import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { parseArgs } from "node:util";
import { datasets, scriptDatasets } from "../src/data/index.ts";
import { splitValidation } from "../src/data/split.ts";
import { evaluateModel } from "../src/inference/evaluate.ts";
import { accuracyPerClass } from "../src/inference/evaluation.ts";
import { testViewNames } from "../src/inference/testViews.ts";
import { readCard } from "../src/models/cardMetadata.ts";
import { readModel } from "../src/onnx/file.ts";

// npm run -s eval -- --model models/resnet20.cifar10.onnx --dataset cifar10 [--split validation] [--views six] [--json]
// Evaluates a model file on a data set's test images, in ONNX Runtime, or on the validation images, by which everything is to be chosen.
// With `--views` it says the mean of several views, and that of one too. With `--dataset folder`, FOLDER holds train/<class> and
// val/<class>.

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    dataset: { type: "string", default: "cifar10" },
    data: { type: "string", default: process.env["PEERLAB_DATA"] ?? `${homedir()}/.cache/peerlab` },
    split: { type: "string", default: "test" },
    views: { type: "string", default: "one" },
    json: { type: "boolean", default: false },
  },
});
const { model } = values;
const name = scriptDatasets.find((it) => it === values.dataset);
const views = testViewNames.find((it) => it === values.views);
const split = (["test", "validation"] as const).find((it) => it === values.split);
if (!model || !name || !views || !split) {
  const choices = `--dataset ${scriptDatasets.join("|")} [--split test|validation] [--views ${testViewNames.join("|")}]`;
  console.error(`Usage: npm run -s eval -- --model FILE.onnx ${choices} [--data FOLDER] [--json]`);
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
const images = split === "test" ? dataset.test : splitValidation(dataset.train, dataset.size).validation;
const evaluation = await evaluateModel(bytes, images, { ...dataset, normalisation, views });
const { accuracy, correct, total, loss, confusion, imagesPerSecond } = evaluation;
const oneView = { accuracy: evaluation.oneView.accuracy, correct: evaluation.oneView.correct };
const shares = accuracyPerClass(evaluation);
const perClass = Object.fromEntries(dataset.classes.map((name, label) => [name, shares[label] ?? 0]));
if (values.json)
  console.log(JSON.stringify({ split, views, accuracy, correct, total, oneView, loss, perClass, confusion, imagesPerSecond }));
else {
  const ofViews = views === "one" ? "" : ` (views: ${views}; one view: ${(100 * oneView.accuracy).toFixed(2)} %)`;
  console.log(`${card?.name ?? values.model}: ${(100 * accuracy).toFixed(2)} % of ${total}${ofViews}`);
  for (const [name, share] of Object.entries(perClass)) console.log(`  ${name.padEnd(12)} ${(100 * share).toFixed(1)} %`);
  console.log(`${imagesPerSecond} images/s`);
}
