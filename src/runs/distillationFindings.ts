import { evaluateLogits } from "../inference/evaluation.ts";
import { measureLatency } from "../inference/latency.ts";
import { mostConfused } from "../inference/mostConfused.ts";
import { openTeacher } from "../inference/teacher.ts";
import { readCard } from "../models/cardMetadata.ts";
import { readModel } from "../onnx/file.ts";
import type { ArmResult, Findings, RunModel, Setting } from "./experiment.ts";
import { writeNetwork } from "./export.ts";
import type { PresetName } from "./presets.ts";

/** Test pictures that the teacher is compared on: it may cost a hundred times what its student does. */
const COMPARED: Readonly<Record<PresetName, number>> = { taste: 400, lesson: 1_000, proper: 10_000 };
const PAIRS = 5;

const argmaxAt = (logits: Float32Array, row: number, classes: number): number => {
  const scores = logits.subarray(row * classes, (row + 1) * classes);
  return scores.indexOf(scores.reduce((a, b) => Math.max(a, b)));
};

/** What the teacher knows, how far its student agrees with it, and what each of them costs. */
export const distillationFindings = async (
  { spec, dataset }: Setting<"distill">,
  teacher: RunModel,
  results: readonly ArmResult[],
): Promise<Findings> => {
  const { classes, name: data, size, test } = dataset;
  const student = results.find(({ arm }) => arm.name === "student") ?? (results[0] as ArmResult);
  const compared = Math.min(COMPARED[spec.preset], student.testLogits.length / classes.length);
  const opened = await openTeacher(teacher, { classes, data, size });
  const logits = await opened.logits(test.pixels.subarray(0, compared * size * size * 3)).finally(opened.close);
  const agreed = Array.from({ length: compared }, (_, row) => row).filter(
    (row) => argmaxAt(logits, row, classes.length) === argmaxAt(student.testLogits, row, classes.length),
  );
  const { accuracy } = evaluateLogits(logits, test.labels.subarray(0, compared), classes.length);
  const written = writeNetwork({ name: "student", net: student.arm.net, dataset, weights: student.weights, lineage: {} });
  const card = readCard(readModel(written));
  if (!card) throw new Error("Expected a card in the file that was just written");
  const costOf = async (bytes: Uint8Array, { params, macs, ...rest }: typeof card) => ({
    ...{ parameters: params, ...(macs !== undefined && { macs }) },
    ms: await measureLatency(bytes, { params, ...rest }),
  });
  return {
    fields: {
      ...{ teacher: { model: spec.teacher, accuracy }, agreement: agreed.length / compared, compared },
      costs: { teacher: await costOf(teacher.bytes, teacher.card), student: await costOf(written, card) },
      confused: mostConfused(student.test.confusion, classes, PAIRS),
    },
  };
};
