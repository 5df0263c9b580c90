import { putPicture } from "../src/blobs/picture.ts";
import { PROGRESS_BYTES, progressCard } from "../src/draw/progressCard.ts";
import { runCard } from "../src/draw/runCard.ts";
import { UserError } from "../src/errors.ts";
import type { Handler, JobContext } from "../src/jobs/context.ts";
import { Diverged } from "../src/learn/fit.ts";
import { progressOf, resultOf } from "../src/runs/cards.ts";
import { type Executed, execute, type RunEvent } from "../src/runs/execute.ts";
import type { Arm, Experiment, Setting } from "../src/runs/experiment.ts";
import { experimentOf } from "../src/runs/experiments/index.ts";
import { findLearningRate } from "../src/runs/findLearningRate.ts";
import { presets } from "../src/runs/presets.ts";
import { followRun, progressNote } from "../src/runs/progress.ts";
import type { RunReport } from "../src/runs/report.ts";
import { summarise } from "../src/runs/summarise.ts";
import type { Language } from "../src/text.ts";
import { keepNetwork } from "./parts/runModel.ts";
import { openSetting, passMistakesOn } from "./parts/runSetting.ts";

/** Seconds between two checkpoints: what a killed worker costs at most. */
const SAVE_EVERY = 5;
/** Milliseconds between two pictures of the run so far. */
const PICTURE_EVERY_MS = 5_000;

/** Steps in which a learning rate is looked for after one was too high. */
const FINDER_STEPS = 60;

/** A loss that is no number any more is told to the asker, with the learning rate that was too high and one that would do. */
const explained = async (error: unknown, arm: Arm | undefined, { dataset, signal }: Setting): Promise<unknown> => {
  if (!(error instanceof Diverged)) return error;
  const { step, learningRate } = error;
  const found = arm && (await findLearningRate(arm, { dataset, signal, steps: FINDER_STEPS }).catch(() => undefined));
  const suggestion = found ? Number(found.suggestion.toPrecision(2)) : null;
  return new UserError("diverged", { step, learningRate: Number(learningRate.toPrecision(3)), suggestion }, { cause: error });
};

/** Runs an experiment to its end and says on the way how far it is, with a picture of its curves every few seconds. */
const conduct = async (experiment: Experiment, setting: Setting, context: JobContext, lang: Language): Promise<Executed> => {
  const { spec } = setting;
  const { checkpoints, cache, report } = context;
  const following = followRun(experiment.steps * spec.seeds, experiment.armCount * spec.seeds);
  const onTeacher = async (done: number, of: number) => {
    const note = { en: `the teacher looks at picture ${done} of ${of}`, ko: `교사 모델이 사진을 보는 중: ${done}/${of}` };
    await report({ done: following.state().done, of: following.state().of, note, ...pictured });
  };
  const seeds = Array.from({ length: spec.seeds }, (_, i) => spec.seed + i);
  const run = execute(experiment, {
    setting,
    seeds,
    checkpoints,
    cache,
    measuring: presets[spec.preset].measuring,
    saveEvery: SAVE_EVERY,
    onTeacher,
  });
  let [drawn, pictured]: [number, { picture?: Awaited<ReturnType<typeof putPicture>> }] = [Number.NEGATIVE_INFINITY, {}];
  let arm: Arm | undefined;
  const hear = async (event: RunEvent) => {
    if (event.kind === "arm") arm = event.arm;
    following.hear(event);
    const state = following.state();
    const note = progressNote(state);
    if (event.kind === "evaluation" && performance.now() - drawn > PICTURE_EVERY_MS) {
      drawn = performance.now();
      const image = progressCard(progressOf(spec, state, experiment, lang), lang);
      pictured = {
        picture: await putPicture(context.blobs, image, { name: "progress", alt: note[lang], maxBytes: PROGRESS_BYTES }),
      };
    }
    await report({ done: state.done, of: state.of, note, ...pictured });
  };
  try {
    for (;;) {
      const { done, value } = await run.next();
      if (done) return value;
      await hear(value);
    }
  } catch (error) {
    throw await explained(error, arm, { ...setting, ...experiment.within });
  }
};

/** What the card of curves says to someone who cannot see it. */
const describeReport = ({ summary }: RunReport): string =>
  Object.entries(summary)
    .map(([name, { mean }]) => `${name}: ${(100 * mean).toFixed(1)} %`)
    .join("; ");

/** Trains what a spec says, and reports. Stopped by its asker, it hands back what was learned until then. */
export const run: Handler<"run"> = async (input, context) => {
  const started = performance.now();
  const { spec, name, lang } = input;
  await passMistakesOn(context);
  const setting = await openSetting(input, context);
  const experiment = await experimentOf(setting);
  const { results, stopped, resumed } = await conduct(experiment, setting, context, lang);
  if (results.length === 0) throw new UserError("cancelled", {});
  const seconds = (performance.now() - started) / 1000;
  const report = summarise(spec, experiment, results, { seconds, stopped, resumed });
  const { fields, pictures = [], card } = (await experiment.findings?.(results, report, lang)) ?? { fields: {} };
  const result = { name: spec.kind, image: runCard(resultOf(report, experiment, lang, card), lang), alt: describeReport(report) };
  const put = [];
  for (const { image, ...about } of [result, ...pictures]) put.push(await putPicture(context.blobs, image, about));
  const model = await keepNetwork(experiment, setting, { name, results }, context);
  return { report: { ...report, ...fields }, pictures: put, ...(model && { model }) };
};
