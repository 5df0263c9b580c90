import type { OpenBatchSource } from "../data/prefetch.ts";
import type { Evaluation } from "../inference/evaluation.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../learn/checkpoint.ts";
import { earlyStopping } from "../learn/earlyStopping.ts";
import { evaluateOpen } from "../learn/evaluate.ts";
import { fit, runKey, type StepResult } from "../learn/fit.ts";
import { type ForwardPass, openForwardPass } from "../learn/forwardPass.ts";
import { type ArmSetting, evaluationRows, identityOf, initialWeights, openArmSource } from "./armData.ts";
import type { Arm } from "./experiment.ts";

/** Where a run keeps what it goes on from: a job's checkpoints, or files of a script. */
export interface CheckpointStore {
  save(name: string, bytes: Uint8Array): Promise<void>;
  load(name: string): Promise<Uint8Array | undefined>;
}

/** What an arm tells while it trains. */
export type ArmEvent =
  | { kind: "resumed"; step: number }
  /** Steps run one operation at a time, which is slow; told once, before the first. */
  | { kind: "eager"; reason: string }
  | ({ kind: "step"; imagesPerSecond: number } & Pick<
      StepResult,
      "step" | "steps" | "loss" | "losses" | "metrics" | "learningRate"
    >)
  /** `loss` is the mean of the steps since the evaluation before. */
  | { kind: "evaluation"; step: number; loss: number; learningRate: number; imagesPerSecond: number; evaluation: Evaluation };

export interface TrainArmOptions extends ArmSetting {
  /** The pictures that the curve is measured on, as indices of the training split; none: on the test split. */
  validation: Uint32Array;
  checkpoints: CheckpointStore;
  /** Under which the arm is kept among the run's checkpoints. */
  name: string;
  /** Seconds between two checkpoints. */
  saveEvery: number;
  /** Steps between two evaluations; one always follows the last step. */
  evaluateEvery: number;
  /** Ends the arm when so many evaluations in a row were no better than the best before; the best weights are its weights then. */
  patience?: number | undefined;
  /** The network as it is evaluated, where somebody has it open already. */
  pass?: ForwardPass;
}

/** How an arm's training ended. */
export interface Trained {
  steps: number;
  weights: Readonly<Record<string, Float32Array>>;
  curve: readonly (readonly [number, number])[];
  lossCurve: readonly (readonly [number, number])[];
  /** Of training alone. */
  seconds: number;
  imagesPerSecond: number;
}

/** What is kept beside a checkpoint, so that curves go on where they were. */
interface Notes {
  curve: [number, number][];
  lossCurve: [number, number][];
  lossSum: number;
  lossSteps: number;
  ms: number;
}

const download = (weights: StepResult["weights"]): Record<string, Float32Array> =>
  Object.fromEntries(Object.entries(weights).map(([name, tensor]) => [name, tensor.dataSync().slice() as Float32Array]));

/** Pictures in a step, those without labels included. */
const picturesOf = ({ batch, shapes }: OpenBatchSource, { data }: Arm): number =>
  shapes["weak"] === undefined ? batch : batch * (1 + (data.unlabelled?.ratio ?? 0));

/**
 * Trains one arm: yields events, ends with the weights. Goes on from its checkpoint when there is one, and ends then with the same
 * weights, bit for bit. When `signal` is aborted it ends between two steps with what was learned by then; before the first step it
 * throws the signal's reason.
 */
export async function* trainArm(arm: Arm, options: TrainArmOptions): AsyncGenerator<ArmEvent, Trained> {
  const { dataset, validation, checkpoints, name, saveEvery, evaluateEvery, patience, signal } = options;
  const { net, task, seed } = arm;
  const classes = dataset.classes.length;
  const identity = identityOf(arm, dataset);
  const recipe = { ...arm.recipe, seed };
  const key = runKey({ net, classes, recipe, task, identity });
  const kept = await checkpoints.load(name);
  const resume = kept && decodeCheckpoint(kept, key);
  const notes = (resume?.notes as Notes | undefined) ?? { curve: [], lossCurve: [], lossSum: 0, lossSteps: 0, ms: 0 };
  const rows = validation.length > 0 ? evaluationRows(arm, dataset, "train", validation) : evaluationRows(arm, dataset, "test");

  const decide = patience === undefined ? undefined : earlyStopping({ patience });
  for (const [, accuracy] of notes.curve) decide?.(accuracy);
  const keepBest = async (step: number, weights: StepResult["weights"]) =>
    checkpoints.save(`${name}.best`, encodeCheckpoint({ step, run: key, state: download(weights), shapes: {} }));
  const best = async () => {
    const bytes = await checkpoints.load(`${name}.best`);
    const found = bytes && decodeCheckpoint(bytes, key);
    if (!found) throw new Error("Expected the best weights of this run among its checkpoints");
    return found.state;
  };

  const source = await openArmSource(arm, options);
  const pass = options.pass ?? openForwardPass(net, classes);
  const perStep = picturesOf(source, arm);
  const run = fit({ net, classes, recipe, task, source, identity, resume, weights: initialWeights(arm, dataset) ?? {} });
  const end = async (steps: number, weights: Trained["weights"]): Promise<Trained> => ({
    ...{ steps, weights, curve: notes.curve, lossCurve: notes.lossCurve },
    ...{ seconds: notes.ms / 1000, imagesPerSecond: (steps * perStep * 1000) / Math.max(1, notes.ms) },
  });
  const first = (resume?.step ?? 0) + 1;
  let saved = performance.now();
  try {
    if (resume) yield { kind: "resumed", step: resume.step };
    for (;;) {
      const begun = performance.now();
      const { done, value } = await run.next();
      if (done) return await end(recipe.steps, decide ? await best() : value);
      notes.ms += performance.now() - begun;
      const { step, steps, loss, losses, metrics, learningRate, weights, eager } = value;
      if (step === first && eager !== undefined) yield { kind: "eager", reason: eager };
      notes.lossSum += loss;
      notes.lossSteps++;
      const imagesPerSecond = (step * perStep * 1000) / notes.ms;
      yield { kind: "step", step, steps, loss, losses, metrics, learningRate, imagesPerSecond };
      if (step % evaluateEvery === 0 || step === steps) {
        const evaluation = evaluateOpen(pass, classes, weights, rows);
        const meanLoss = notes.lossSum / notes.lossSteps;
        notes.curve.push([step, evaluation.accuracy]);
        notes.lossCurve.push([step, meanLoss]);
        [notes.lossSum, notes.lossSteps] = [0, 0];
        const decision = decide?.(evaluation.accuracy);
        if (decision?.improved) await keepBest(step, weights);
        yield { kind: "evaluation", step, loss: meanLoss, learningRate, imagesPerSecond, evaluation };
        if (decision?.stop) return await end(step, await best());
      }
      if (signal?.aborted) return await end(step, download(weights));
      if (performance.now() - saved > saveEvery * 1000) {
        await checkpoints.save(name, encodeCheckpoint(value.snapshot(notes)));
        saved = performance.now();
      }
    }
  } finally {
    await run.return({}); // frees what it holds, however the run ends
    if (!options.pass) pass.close();
    await source.close();
  }
}
