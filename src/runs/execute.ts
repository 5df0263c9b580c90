import type { OutputCache } from "../inference/teacherOutputs.ts";
import { openForwardPass } from "../learn/forwardPass.ts";
import type { Arm, ArmResult, Experiment, Setting } from "./experiment.ts";
import { keepArm, keptArm } from "./keepArm.ts";
import { measureArm } from "./measureArm.ts";
import type { Preset } from "./presets.ts";
import { type ArmEvent, type CheckpointStore, trainArm } from "./trainArm.ts";

/** What a run tells while it goes on. */
export type RunEvent =
  /** An arm begins: the `index`-th of the run. */
  { kind: "arm"; arm: Arm; index: number } | (ArmEvent & { arm: Arm }) | { kind: "finished"; result: ArmResult };

/** How a run ended. */
export interface Executed {
  /** Of all seeds, in the order in which they were trained. The last one is incomplete where the run was stopped. */
  results: readonly ArmResult[];
  /** Its asker stopped it. */
  stopped: boolean;
  /** It went on from a checkpoint. */
  resumed: boolean;
}

export interface ExecuteOptions {
  setting: Setting;
  /** The experiment is run once for each. */
  seeds: readonly number[];
  checkpoints: CheckpointStore;
  cache?: OutputCache;
  measuring: Preset["measuring"];
  /** Seconds between two checkpoints. */
  saveEvery: number;
  /** Hears how many pictures of how many a teacher has looked at. */
  onTeacher?(done: number, of: number): unknown;
}

/**
 * Runs an experiment, arm by arm: yields events, ends with the results. Arms that were finished before this process began are not
 * trained again. When the setting's signal is aborted it ends with what was learned by then.
 */
export async function* execute(
  experiment: Experiment,
  { setting: whole, seeds, checkpoints, cache, measuring, saveEvery, onTeacher }: ExecuteOptions,
): AsyncGenerator<RunEvent, Executed> {
  const setting = { ...whole, ...experiment.within };
  const { dataset, signal } = setting;
  const results: ArmResult[] = [];
  let resumed = false;
  const validation = setting.validation.subarray(0, measuring.pictures);
  const isStopped = () => signal.aborted;

  /** Trains one arm, or finds it finished; undefined where it was stopped before its first step. */
  async function* conduct(arm: Arm, index: number): AsyncGenerator<RunEvent, ArmResult | undefined> {
    const name = `arm-${index}`;
    const kept = await keptArm(`${name}.result`, arm, setting, checkpoints);
    if (kept) {
      resumed = true;
      return kept;
    }
    yield { kind: "arm", arm, index };
    const evaluateEvery = Math.max(1, Math.ceil(arm.recipe.steps / measuring.points));
    const pass = openForwardPass(arm.net, dataset.classes.length);
    const options = { dataset, validation, checkpoints, name, saveEvery, evaluateEvery, pass };
    const training = trainArm(arm, { ...options, cache, signal, onTeacher });
    try {
      for (;;) {
        const { done, value } = await training.next();
        if (done) {
          const stopped = isStopped() && value.steps < arm.recipe.steps;
          const result = measureArm(arm, value, setting, {
            pass,
            own: measuring.own,
            stopped,
            ...(experiment.chooses && { chooses: true }),
          });
          if (!stopped) await keepArm(`${name}.result`, result, setting, checkpoints);
          return result;
        }
        if (value.kind === "resumed") resumed = true;
        yield { ...value, arm };
      }
    } catch (error) {
      if (isStopped() && error === signal.reason) return undefined;
      throw error;
    } finally {
      await training.return(undefined as never);
      pass.close();
    }
  }

  for (const seed of seeds) {
    const done: ArmResult[] = [];
    for (let next = await experiment.arms(seed, done); next.length > 0; next = await experiment.arms(seed, done)) {
      for (const arm of next) {
        if (isStopped()) return { results, stopped: true, resumed };
        const result = yield* conduct(arm, results.length);
        if (!result) return { results, stopped: true, resumed };
        done.push(result);
        results.push(result);
        yield { kind: "finished", result };
      }
    }
  }
  return { results, stopped: isStopped() && results.some(({ steps, arm }) => steps < arm.recipe.steps), resumed };
}
