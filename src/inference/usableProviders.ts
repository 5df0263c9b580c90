import { InferenceSession } from "onnxruntime-node";
import { writeModel } from "../onnx/file.ts";
import { makeNode, valueInfo } from "../onnx/make.ts";
import { type ProviderName, providers } from "../providers.ts";

/** The smallest of models, which gives back the number it is given. */
const identity = (): Uint8Array =>
  writeModel({
    irVersion: 8,
    opsetImport: [{ domain: "", version: 17 }],
    graph: {
      name: "identity",
      initializer: [],
      ...{ input: [valueInfo("x", [1])], output: [valueInfo("y", [1])], node: [makeNode("Identity", ["x"], "y")] },
    },
  });

const starts = async (name: ProviderName): Promise<boolean> => {
  try {
    await (await InferenceSession.create(identity(), { executionProviders: [name], logSeverityLevel: 4 })).release();
    return true;
  } catch (error) {
    console.error(`Models are not computed on "${name}", which does not start here: ${error}`);
    return false;
  }
};

const startable = async (names: readonly ProviderName[]): Promise<readonly ProviderName[]> => {
  if (names.every((it) => it === "cpu")) return names;
  const all: ProviderName[] = [];
  for (const name of names) if (name === "cpu" || (await starts(name))) all.push(name);
  if (all.length === 0) throw new Error(`None of PEERLAB_ONNX_PROVIDERS starts on this machine: ${names.join(", ")}`);
  return all;
};

let usable: Promise<readonly ProviderName[]> | undefined;

/**
 * Of `providers()` those that start on this machine. ONNX Runtime itself would open no model at all where one of them lacks its library or its
 * GPU. Looked at once in a process, and only if another than the processor is among them. Throws where none starts.
 */
export const usableProviders = (): Promise<readonly ProviderName[]> => {
  usable ??= startable(providers());
  return usable;
};
