import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { parseArgs } from "node:util";
import { datasets, withoutChat } from "../src/data/index.ts";
import { judge } from "../src/inference/evaluate.ts";
import { readCard } from "../src/models/cardMetadata.ts";
import { readModel } from "../src/onnx/file.ts";

// npm run -s eval -- --model models/resnet20.cifar10.onnx --dataset cifar10 [--json]
// What a model file says of a data set's test pictures, in ONNX Runtime. With `--dataset folder`, FOLDER holds train/<class> and
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
const name = withoutChat.find((it) => it === values.dataset);
if (!model || !name) {
  console.error(`Usage: npm run -s eval -- --model FILE.onnx --dataset ${withoutChat.join("|")} [--data FOLDER] [--json]`);
  process.exit(2);
}
const bytes = await readFile(model);
const card = readCard(readModel(bytes));
const dataset = await datasets[name]({ root: values.data, size: card?.preprocessing.crop ?? 32 });
if (card && card.classes.join() !== dataset.classes.join()) {
  console.error(`${card.name} knows the classes ${card.classes.join(", ")}; those of ${name} are ${dataset.classes.join(", ")}.`);
  process.exit(2);
}
const { mean, std } = card?.preprocessing ?? dataset.normalisation;
const judgement = await judge(bytes, dataset.test, { ...dataset, normalisation: { mean, std } });
if (values.json) console.log(JSON.stringify(judgement));
else {
  console.log(`${card?.name ?? values.model}: ${(100 * judgement.accuracy).toFixed(2)} % of ${judgement.total}`);
  for (const [name, share] of Object.entries(judgement.perClass))
    console.log(`  ${name.padEnd(12)} ${(100 * share).toFixed(1)} %`);
  console.log(`${judgement.imagesPerSecond} pictures/s`);
}
