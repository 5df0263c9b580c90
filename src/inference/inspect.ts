import { UserError } from "../errors.ts";
import { type Card, sides } from "../models/card.ts";
import { readClaims } from "../models/cardMetadata.ts";
import { checkLabels, type LabelSet, labelSets, labelsOf } from "../models/labels.ts";
import { presetNames, readPreprocessing } from "../models/preprocessing.ts";
import { megabytes } from "../numbers.ts";
import { outputKind } from "../onnx/classifierHead.ts";
import { countGraphParameters, macCounters } from "../onnx/cost.ts";
import { refuseExternalData } from "../onnx/externalData.ts";
import { readModel, withOutputs } from "../onnx/file.ts";
import { viewGraph } from "../onnx/graph.ts";
import type { OnnxGraph, OnnxModel } from "../onnx/model.ts";
import { countInlinedNodes, countNodes } from "../onnx/nodeCount.ts";
import { pictureInput, scoresOutput } from "./inputsOutputs.ts";
import { tryPictures } from "./trial.ts";

/** What a peer says about a file. Left out, it is taken from the card in the file, if Peerlab wrote one there. */
export interface Claims {
  name: string;
  /** The uploaded file's name, for messages. */
  file: string;
  preprocessing?: string | undefined;
  labels?: LabelSet | readonly string[] | undefined;
}

const MAX_NODES = 20_000; // ten times the largest classifier that anybody ships; the runtime's planning grows faster than the graph
const MAX_MB = 600; // what a worker child can hold twice: as bytes and as a session

/** Control characters and halves of letters: no writer of models puts them into a name, and a database does not keep them. */
const unkept = /[\p{Cc}\p{Cs}]/u;

/** A model shown pictures prepared in another way than it learned from answers worse, and nobody notices: so nothing is assumed. */
const asking = {
  en: `how its training prepared pictures (${presetNames.join(", ")}, or JSON)`,
  ko: `학습할 때 사진을 어떻게 준비했는지(${presetNames.join(", ")} 또는 JSON)`,
};

const open = (bytes: Uint8Array, file: string): OnnxModel & { graph: OnnxGraph } => {
  if (bytes.length > MAX_MB * 1e6) throw new UserError("too_large", { gotMb: megabytes(bytes.length), maxMb: MAX_MB });
  try {
    refuseExternalData(bytes);
    if (countNodes(bytes) > MAX_NODES) throw new UserError("model_nodes", { most: MAX_NODES });
    const model = readModel(bytes);
    if (countInlinedNodes(model) > MAX_NODES) throw new UserError("model_nodes", { most: MAX_NODES });
    if (model.graph && model.graph.node.length > 0 && model.irVersion && model.opsetImport?.length)
      return { ...model, graph: model.graph };
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError("not_onnx", { name: file }, { cause });
  }
  throw new UserError("not_onnx", { name: file });
};

/**
 * Finds out whether an `.onnx` file is an image classifier that runs here, and everything its card must say. Runs it on
 * several pictures, so call it only where a crash is bearable. Throws a `UserError` saying what is wrong and what would be right.
 */
export const inspect = async (bytes: Uint8Array, claims: Claims): Promise<Card> => {
  const model = open(bytes, claims.file);
  const input = pictureInput(model.graph);
  const output = scoresOutput(model.graph);
  const { side: fixed } = input;
  if (fixed !== undefined && (fixed < sides.least || fixed > sides.most))
    throw new UserError("model_side", { side: fixed, ...sides });
  if (unkept.test(input.name + output.name)) throw new UserError("not_onnx", { name: claims.file });
  const own = readClaims(model);
  const preprocessing =
    claims.preprocessing === undefined ? own?.preprocessing : readPreprocessing(claims.preprocessing, input.side);
  if (!preprocessing) throw new UserError("missing_option", { name: "preprocessing", ko: "전처리", about: asking });
  const side = preprocessing.crop;
  const view = viewGraph(model.graph);
  const counters = macCounters(model, view);
  const watched = [...new Set(counters?.map((it) => it.watch))].filter((it) => it !== output.name);
  const outputs = await tryPictures(withOutputs(bytes, watched), { preprocessing, layout: input.layout }, (it) => {
    const { data, dims = [] } = it[output.name] ?? {};
    const [batch, count = 0, ...ones] = dims;
    const isList = data instanceof Float32Array && batch === 1 && count >= 2 && ones.every((one) => one === 1);
    return isList ? data : output.refuse(dims);
  });
  const classes = outputs[output.name]?.data.length ?? 0;
  const labels = namesFor(claims.labels ?? own?.classes, classes);
  const macs = counters?.reduce((sum, it) => sum + it.macs(outputs[it.watch]?.dims ?? []), 0);
  return {
    name: claims.name,
    classes: labels,
    preprocessing,
    input: { name: input.name, layout: input.layout, height: side, width: side },
    output: { name: output.name, kind: outputKind(view, output.name) },
    params: countGraphParameters(model.graph),
    ...(macs !== undefined && { macs }),
  };
};

const namesFor = (labels: Claims["labels"], classes: number): string[] => {
  const names = typeof labels === "string" ? labelsOf(labels, classes) : [...checkLabels(labels ?? [])];
  if (names.length !== classes) throw new UserError("label_count", { labels: names.length, classes, sets: [...labelSets] });
  return names;
};
