import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { constants, type NodeGCPerformanceDetail, type PerformanceEntry, PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { readCard } from "../../src/models/cardMetadata.ts";
import { readModel } from "../../src/onnx/file.ts";
import { shippedFolder } from "../../src/store/shippedModels.ts";
import { classify } from "../../workers/classify.ts";
import { newJobContext } from "./jobContext.ts";
import { landscape } from "./pictures.ts";

/** A process that classifies a photo so often after its garbage was collected, and prints how many whole collections followed. */
const TIMES = 60;
const WARM_UP = 30;

let collections = 0;
new PerformanceObserver((list) => {
  const entries = list.getEntries() as (PerformanceEntry & { detail?: NodeGCPerformanceDetail })[];
  const kinds = entries.map((it) => it.detail?.kind);
  collections += kinds.filter((it) => it === constants.NODE_PERFORMANCE_GC_MAJOR).length;
}).observe({ entryTypes: ["gc"] });

const context = await newJobContext();
const bytes = await readFile(join(shippedFolder, "airbench94.cifar10.onnx"));
const card = readCard(readModel(bytes));
if (!card) throw new Error("Expected a card in the model");
const [image, { blob }] = await Promise.all([
  landscape().then((it) => context.blobs.put(it, { name: "photo.jpg", type: "image/jpeg" })),
  context.blobs.put(bytes, { name: "model.onnx", type: "application/octet-stream" }),
]);
const ask = () => classify({ image, model: { blob, card }, lang: "en" }, context);
for (let i = 0; i < WARM_UP; i++) await ask();
globalThis.gc?.();
await setImmediate();
collections = 0;
for (let i = 0; i < TIMES; i++) await ask();
await setImmediate();
console.log(JSON.stringify({ times: TIMES, collections }));
