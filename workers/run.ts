import { loadData } from "../src/data/load.ts";
import { splitIndices } from "../src/data/split.ts";
import { UserError } from "../src/errors.ts";
import type { Handler, JobContext } from "../src/jobs/context.ts";
import type { JobInput, JobOutput } from "../src/jobs/contracts.ts";
import { Diverged } from "../src/learn/fit.ts";
import { readCard } from "../src/models/cardMetadata.ts";
import { findNet } from "../src/nets/index.ts";
import { readModel } from "../src/onnx/file.ts";
import { type Executed, execute, type RunEvent } from "../src/runs/execute.ts";
import type { ArmResult, Experiment, RunModel, Setting } from "../src/runs/experiment.ts";
import { experimentOf } from "../src/runs/experiments/index.ts";
import { writeNetwork } from "../src/runs/export.ts";
import { workOf } from "../src/runs/presets.ts";
import { followRun, progressNote } from "../src/runs/progress.ts";
import { summarise } from "../src/runs/summarise.ts";
import { installedEngine } from "../src/tf/engine.ts";

/** Points of each arm's curve. */
const EVALUATIONS = 10;

/** What went wrong before the run could begin: its data could not be fetched. */
const passMistakesOn = async ({ dependencies }: JobContext): Promise<void> => {
  for (const end of (await dependencies()).values())
    if ("mistake" in end) throw new UserError(end.mistake.code, end.mistake.facts as never);
};

/** The side of a group's pictures: that of the network which learns them, or of the model that looks at them. */
const sideFor = ({ spec, models }: JobInput<"run">): number => {
  const name = "net" in spec ? spec.net : "student" in spec ? spec.student : undefined;
  return (name === undefined ? undefined : findNet(name)?.size) ?? models["model"]?.card.input.height ?? 32;
};

const openSetting = async (input: JobInput<"run">, { blobs, dataFolder, signal }: JobContext): Promise<Setting> => {
  const { spec, data } = input;
  const dataset = await loadData(data, { folder: dataFolder, size: sideFor(input), read: blobs.get });
  const models: Record<string, RunModel> = {};
  for (const [role, { blob, card }] of Object.entries(input.models)) models[role] = { blob, card, bytes: await blobs.get(blob) };
  return { spec, dataset, ...splitIndices(dataset.train), models, work: workOf(spec.preset), signal };
};

/** A loss that is no number any more is told to the asker, with the learning rate that was too high. */
const explained = (error: unknown): unknown =>
  error instanceof Diverged
    ? new UserError("diverged", { step: error.step, learningRate: error.learningRate, suggestion: null }, { cause: error })
    : error;

/** Runs an experiment to its end and says on the way how far it is. */
const conduct = async (
  experiment: Experiment,
  setting: Setting,
  { checkpoints, cache, report }: JobContext,
): Promise<Executed> => {
  const { seed, seeds: count } = setting.spec;
  const following = followRun(experiment.steps * count);
  const onTeacher = async (done: number, of: number) => {
    const note = { en: `the teacher looks at picture ${done} of ${of}`, ko: `교사 모델이 사진을 보는 중: ${done}/${of}` };
    await report({ done: following.state().done, of: following.state().of, note });
  };
  const seeds = Array.from({ length: count }, (_, i) => seed + i);
  const run = execute(experiment, { setting, seeds, checkpoints, cache, evaluations: EVALUATIONS, onTeacher });
  const tell = async (event: RunEvent) => {
    following.hear(event);
    const state = following.state();
    await report({ done: state.done, of: state.of, note: progressNote(state) });
  };
  try {
    for (;;) {
      const { done, value } = await run.next();
      if (done) return value;
      await tell(value);
    }
  } catch (error) {
    throw explained(error);
  }
};

/** The network of an experiment's main arm as a model's file. */
const keepNetwork = async (
  { main }: Experiment,
  { spec, dataset }: Setting,
  { name, results, accuracy }: { name: string; results: readonly ArmResult[]; accuracy: number },
  { blobs }: JobContext,
): Promise<JobOutput<"run">["model"]> => {
  const result = results.find(({ arm }) => arm.name === main);
  if (!result) return undefined;
  const { way, version } = installedEngine();
  const { seed, recipe } = result.arm;
  const lineage = { method: spec.kind, preset: spec.preset, seed, steps: recipe.steps, engine: `TensorFlow ${version} (${way})` };
  const bytes = writeNetwork({ name, net: result.arm.net, dataset, weights: result.weights, lineage }, { metrics: { accuracy } });
  const card = readCard(readModel(bytes));
  if (!card) throw new Error("Expected a card in the file that was just written");
  return { card, file: await blobs.put(bytes, { name: `${name}.onnx`, type: "application/octet-stream" }) };
};

/** Trains what a spec says, and reports. Stopped by its asker, it hands back what was learned until then. */
export const run: Handler<"run"> = async (input, context) => {
  const started = performance.now();
  const { spec, name, lang } = input;
  await passMistakesOn(context);
  const setting = await openSetting(input, context);
  const experiment = await experimentOf(setting);
  const { results, stopped, resumed } = await conduct(experiment, setting, context);
  if (results.length === 0) throw new UserError("cancelled", {});
  const seconds = (performance.now() - started) / 1000;
  const common = summarise(spec, experiment, results, { seconds, stopped, resumed });
  const { fields } = (await experiment.findings?.(results, common, lang)) ?? { fields: {} };
  const accuracy = common.summary[experiment.main]?.mean ?? 0;
  const model = await keepNetwork(experiment, setting, { name, results, accuracy }, context);
  return { report: { ...common, ...fields }, pictures: [], ...(model && { model }) };
};
