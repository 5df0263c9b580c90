import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCheckpoints } from "../src/blobs/checkpoints.ts";
import { loadConfig } from "../src/config.ts";
import { type Dataset, selectImages } from "../src/data/dataset.ts";
import { datasets } from "../src/data/index.ts";
import { missingFiles } from "../src/data/missing.ts";
import { splitIndices } from "../src/data/split.ts";
import { openTeacher } from "../src/inference/teacher.ts";
import { readCard } from "../src/models/cardMetadata.ts";
import { readWeights } from "../src/nets/backends/onnx.ts";
import { findNet } from "../src/nets/index.ts";
import type { Net } from "../src/nets/net.ts";
import { readModel } from "../src/onnx/file.ts";
import { armCost, stepCost, TEACHER_COST } from "../src/runs/budget.ts";
import type { Arm, RunModel, Setting } from "../src/runs/experiment.ts";
import { COMPARING_COST, distill as distillExperiment } from "../src/runs/experiments/distill.ts";
import { trainArm } from "../src/runs/trainArm.ts";
import { describeProcessor } from "../src/tf/processor.ts";
import { inTurn } from "./pairs.ts";
import { openPeer, type Peer } from "./peer.ts";
import { programOf } from "./program.ts";

const [STUDENT, TEACHER, BATCH] = ["resnet8", "resnet20", 128];
/** A timed stretch: so many pictures, shown so often. A proper /distill of these two shows 45,000 pictures 13 times. */
const [PICTURES, EPOCHS] = [2_560, 4];
const STEPS = (PICTURES / BATCH) * EPOCHS;
const VALIDATION = 1_000;
/** Pictures on which both teachers have to say the same, and how far their logits may lie apart. */
const [ASKED, APART] = [128, 1e-3];
/** How far random crops move in the comparison where no view comes back. */
const PAD = 4;

const program = (name: string, training: boolean) => {
  const { steps, logits } = programOf(findNet(name) as Net, training);
  return { steps, outputs: [logits] };
};

const readTeacher = async (): Promise<RunModel> => {
  const bytes = await readFile(join(import.meta.dirname, `../models/${TEACHER}.cifar10.onnx`));
  const card = readCard(readModel(bytes));
  if (!card) throw new Error(`The model ${TEACHER}.cifar10 has no card`);
  return { card, bytes, blob: TEACHER };
};

/** What /distill is asked for at `preset:proper`, over so few pictures that a stretch takes seconds. */
const settingOf = (dataset: Dataset, teacher: RunModel): Setting<"distill"> => {
  const { train, validation } = splitIndices(dataset.train);
  const common = { data: dataset.name, preset: "proper", seed: 1, seeds: 1, teacher: teacher.card.name } as const;
  const spec = { kind: "distill", ...common, student: STUDENT, method: "kd", labels: "all" } as const;
  const student = findNet(STUDENT) as Net;
  // The teacher looks at both views of each picture, and there is a control: see planOf. Half a step more, so that none is rounded off.
  const steps = (STEPS + 0.5) * 2 * stepCost(student, dataset.classes.length, BATCH);
  const work =
    COMPARING_COST + 2 * armCost(student, { dataset, spec }) + 2 * PICTURES * TEACHER_COST * (teacher.card.macs ?? 0) + steps;
  return {
    spec: { ...spec, temperature: 2, soft: 0.9, hard: 0.1 },
    ...{ dataset, train: train.subarray(0, PICTURES), validation: validation.subarray(0, VALIDATION) },
    ...{ models: { teacher }, work, signal: new AbortController().signal },
  };
};

/** The student of /distill; checked, because a comparison with other steps or pictures would be none. */
const studentOf = async (setting: Setting<"distill">): Promise<Arm> => {
  const arm = (await distillExperiment(setting).arms(1, [])).find(({ name }) => name === "student");
  if (arm?.recipe.steps !== STEPS || arm.data.batch !== BATCH || arm.data.pictures.length !== PICTURES)
    throw new Error(
      `Expected ${STEPS} steps of ${BATCH} of ${PICTURES} pictures, got ${arm?.recipe.steps} of ${arm?.data.batch}`,
    );
  return arm;
};

/** Gives the peer the same pictures and networks, and makes sure that both teachers see the same in them. */
const load = async (peer: Peer, folder: string, { spec, dataset, train, validation }: Setting<"distill">, teacher: RunModel) => {
  const { size, classes, name, normalisation } = dataset;
  const splits = { train: selectImages(dataset.train, size, train), validation: selectImages(dataset.train, size, validation) };
  for (const [split, { pixels }] of Object.entries(splits)) await writeFile(join(folder, `${split}.bin`), pixels);
  const weights: Record<string, [number, readonly number[]]> = {};
  const numbers: Float32Array[] = [];
  let offset = 0;
  for (const [parameter, { shape, data }] of readWeights(teacher.bytes)) {
    weights[parameter] = [offset, shape];
    offset += data.length;
    numbers.push(data);
  }
  await writeFile(join(folder, "weights.bin"), Buffer.concat(numbers.map((it) => new Uint8Array(Float32Array.from(it).buffer))));
  const { temperature, soft, hard } = spec;
  const { mean, std } = normalisation;
  const { logits: theirs } = await peer.ask<{ logits: number[] }>({
    ...{ do: "load", folder, weights, asked: ASKED, student: program(STUDENT, true), teacher: program(TEACHER, false) },
    data: { size, mean, std, train: [...splits.train.labels], validation: [...splits.validation.labels] },
    training: { batch: BATCH, epochs: EPOCHS, temperature, soft, hard, learningRate: 0.1, weightDecay: 5e-4 },
  });
  const opened = await openTeacher(teacher, { classes, data: name, size });
  const ours = await opened.logits(splits.validation.pixels.slice(0, ASKED * size * size * 3)).finally(opened.close);
  const apart = Math.max(...Array.from(ours, (it, i) => Math.abs(it - (theirs[i] ?? Number.NaN))));
  if (!(apart <= APART)) throw new Error(`The two teachers differ by ${apart} in their logits, and may by ${APART}`);
  return apart;
};

/** Student images a second of a whole distillation: pictures made, teacher asked, steps, evaluation; against PyTorch, as tutorials do it. */
export const distill = async (say: (line: string) => void) => {
  const { dataFolder } = loadConfig(process.env);
  if (missingFiles("cifar10", dataFolder).length > 0) {
    const skipped = `CIFAR-10 is not in ${dataFolder} (PEERLAB_DATA), so there is nothing to measure; npm run -s train -- resnet8.cifar10 fetches it.`;
    console.warn(skipped);
    return { skipped };
  }
  const processor = describeProcessor();
  const teacher = await readTeacher();
  const setting = settingOf(await datasets.cifar10({ root: dataFolder, size: 32 }), teacher);
  const student = await studentOf(setting);
  const folder = await mkdtemp(join(tmpdir(), "peerlab-bench-"));
  const peer = await openPeer("distill");
  if (peer) say(`against PyTorch ${peer.hello["version"]} with torchvision ${peer.hello["torchvision"]}`);
  else
    console.warn("PyTorch and torchvision are not installed here, so no ratio: python3 -m pip install torch==2.13.0 torchvision");
  const checkpoints = openCheckpoints(join(folder, "blobs")).of("bench");
  let stretches = 0;
  const ours = async (arm: Arm): Promise<number> => {
    const begun = performance.now();
    const every = { saveEvery: 5, evaluateEvery: STEPS };
    const { dataset, validation } = setting;
    const training = trainArm(arm, { dataset, validation, checkpoints, name: `stretch-${stretches++}`, ...every });
    while (!(await training.next()).done);
    return (STEPS * BATCH * 1000) / (performance.now() - begun);
  };
  const theirs = async (peer: Peer, crop: number, workers: number): Promise<number> =>
    (await peer.ask<{ imagesPerSecond: number }>({ do: "stretch", crop, workers })).imagesPerSecond;

  try {
    const teachersApart = peer ? await load(peer, folder, setting, teacher) : null;
    const inStep = { ...student.data.augment, crop: { pad: PAD, edge: "grey" } as const };
    const results = [];
    for (const [teaching, arm, crop] of [
      ["looked up, both views of every picture in the timed stretch", student, 0],
      ["in every step, of cropped pictures", { ...student, data: { ...student.data, augment: inStep } }, PAD],
    ] as const) {
      await ours(arm);
      // Whichever way of loading is faster here, so that nobody can say that it was the wrong one.
      const tried = peer ? [await theirs(peer, crop, 0), await theirs(peer, crop, 2)] : [];
      const workers = (tried[1] ?? 0) > (tried[0] ?? 0) ? 2 : 0;
      const measured = await inTurn(() => ours(arm), peer && (() => theirs(peer, crop, workers)));
      say(`teacher ${teaching}: ${measured.ours} images/s, PyTorch ${measured.peer ?? "-"}, ratio ${measured.ratio ?? "-"}`);
      results.push({ teaching, crop, peerWorkers: peer ? workers : null, ...measured });
    }
    return {
      ...{ processor, pytorch: peer?.hello["version"] ?? null, student: STUDENT, teacher: TEACHER, teachersApart },
      ...{ batch: BATCH, pictures: PICTURES, epochs: EPOCHS, validation: VALIDATION, results },
      /** As /distill runs it. */
      ratio: results[0]?.ratio ?? null,
    };
  } finally {
    peer?.close();
    await rm(folder, { recursive: true, force: true });
  }
};
