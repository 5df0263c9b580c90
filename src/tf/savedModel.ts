import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import protobuf from "protobufjs";

/** An attribute's value: exactly one field, named as in TensorFlow's attr_value.proto. */
export type AttrValue =
  | { list: { i: readonly number[] } }
  | { s: Uint8Array }
  | { i: number }
  | { f: number }
  | { b: boolean }
  | { type: number }
  | { shape: Shape }
  | { tensor: { dtype: number; tensorShape: Shape; tensorContent: Uint8Array } };

export interface Shape {
  dim: { size: number }[];
}

/** One operation of a graph; `input` are names such as "n12:1". */
export interface NodeDef {
  name: string;
  op: string;
  input: readonly string[];
  attr: Record<string, AttrValue>;
}

export const shapeOf = (shape: readonly number[]): Shape => ({ dim: shape.map((size) => ({ size })) });

const SavedModel = protobuf
  .loadSync(fileURLToPath(new URL("./savedModel.proto", import.meta.url)))
  .lookupType("tensorflow.SavedModel");

/** TensorFlow 2.9, the oldest that we run on: graphs of an older producer load everywhere. */
const PRODUCER = 1087;

export const TAG = "serve";

/** Hands a graph to `load` as a SavedModel folder, which is gone again afterwards. */
export const throughFolder = <R>(node: readonly NodeDef[], load: (folder: string) => R): R => {
  const graphDef = { node, versions: { producer: PRODUCER } };
  const bytes = SavedModel.encode({
    savedModelSchemaVersion: 1,
    metaGraphs: [{ metaInfoDef: { tags: [TAG] }, graphDef }],
  }).finish();
  const folder = mkdtempSync(join(tmpdir(), "peerlab-step-"));
  try {
    writeFileSync(join(folder, "saved_model.pb"), bytes);
    return load(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};
