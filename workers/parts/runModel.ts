import type { JobContext } from "../../src/jobs/context.ts";
import type { JobOutput } from "../../src/jobs/contracts.ts";
import { readCard } from "../../src/models/cardMetadata.ts";
import { readModel } from "../../src/onnx/file.ts";
import type { ArmResult, Experiment, Setting } from "../../src/runs/experiment.ts";
import { writeNetwork } from "../../src/runs/export.ts";
import { installedEngine } from "../../src/tf/engine.ts";

/** The network of an experiment's main arm, of its first seed, as a model's file; undefined where it was not trained. */
export const keepNetwork = async (
  { main, within, exportModel }: Experiment,
  { spec, dataset }: Setting,
  { name, results }: { name: string; results: readonly ArmResult[] },
  { blobs }: JobContext,
): Promise<JobOutput<"run">["model"]> => {
  const result = results.find(({ arm }) => arm.name === main);
  if (!result) return undefined;
  const { way, version } = installedEngine();
  const { seed, recipe } = result.arm;
  const lineage = { method: spec.kind, preset: spec.preset, seed, steps: recipe.steps, engine: `TensorFlow ${version} (${way})` };
  const metrics = { accuracy: result.test.accuracy };
  const network = { name, net: result.arm.net, dataset: within?.dataset ?? dataset, weights: result.weights, lineage };
  const made = await exportModel?.(result, { name, lineage, metrics });
  const bytes = made?.bytes ?? writeNetwork(network, { metrics });
  const card = made?.card ?? readCard(readModel(bytes));
  if (!card) throw new Error("Expected a card in the file that was just written");
  return { card, file: await blobs.put(bytes, { name: `${name}.onnx`, type: "application/octet-stream" }) };
};
