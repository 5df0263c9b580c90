import { writeModel } from "../onnx/file.ts";
import { makeNode, valueInfo } from "../onnx/make.ts";
import type { ProviderName } from "../providers.ts";

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

/** Opens a model on one provider, and closes it again. */
type Opens = (model: Uint8Array, provider: ProviderName) => Promise<void>;

const starts = async (name: ProviderName, opens: Opens): Promise<boolean> => {
  try {
    await opens(identity(), name);
    return true;
  } catch (error) {
    console.error(`Models are not computed on "${name}", which does not start here: ${error}`);
    return false;
  }
};

/**
 * Of some providers those that start on this machine. ONNX Runtime itself would open no model at all where one of them lacks its library or its
 * GPU. The processor need not be tried. Throws where none starts.
 */
export const usableProviders = async (names: readonly ProviderName[], opens: Opens): Promise<readonly ProviderName[]> => {
  if (names.every((it) => it === "cpu")) return names;
  const all: ProviderName[] = [];
  for (const name of names) if (name === "cpu" || (await starts(name, opens))) all.push(name);
  if (all.length === 0) throw new Error(`None of PEERLAB_ONNX_PROVIDERS starts on this machine: ${names.join(", ")}`);
  return all;
};
