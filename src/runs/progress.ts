import type { Text } from "../text.ts";
import type { RunEvent } from "./execute.ts";
import type { ArmResult } from "./experiment.ts";

/** How an arm stands, for the picture of a run so far. */
export interface ArmProgress {
  name: string;
  seed: number;
  /** Steps of the arm in all, and those done. */
  steps: number;
  step: number;
  /** [step, accuracy on the validation pictures] and [step, mean loss since the point before]. */
  curve: [number, number][];
  lossCurve: [number, number][];
}

/** How a run stands. */
export interface RunState {
  /** Steps done in all arms and seeds, of so many. */
  done: number;
  of: number;
  arms: readonly ArmProgress[];
  loss?: number;
  imagesPerSecond?: number;
  /** Unknown before something was measured. */
  secondsLeft?: number;
}

const copied = (curve: ArmResult["curve"]) => curve.map(([step, value]): [number, number] => [step, value]);

/** Follows a run by its events: `total` are the steps of all arms and seeds, which are so many. */
export const followRun = (total: number, armCount: number): { hear(event: RunEvent): void; state(): RunState } => {
  const arms: ArmProgress[] = [];
  let [loss, imagesPerSecond]: [number | undefined, number | undefined] = [undefined, undefined];
  let [measuredSteps, measuredMs, lastStepAt]: [number, number, number] = [0, 0, Number.NaN];
  // What arms take besides the time between their steps: to begin, and to be measured at their end.
  let [begunAt, beginningMs, besidesMs, measuredArms]: [number, number, number, number] = [Number.NaN, 0, 0, 0];
  let finished = 0;
  const besidesLeft = (): number => {
    const perArm = measuredArms > 0 ? besidesMs / measuredArms : 2 * beginningMs; // an end takes about as long as a beginning
    const running = arms.length > finished ? 0.5 : 0; // it has begun already
    return perArm * Math.max(0, armCount - finished - running);
  };
  const doneSteps = () => arms.reduce((sum, it) => sum + it.step, 0);
  return {
    hear: (event) => {
      if (event.kind === "arm") {
        const { name, seed, recipe } = event.arm;
        arms.push({ name, seed, steps: recipe.steps, step: 0, curve: [], lossCurve: [] });
        lastStepAt = Number.NaN;
        begunAt = performance.now();
        return;
      }
      if (event.kind === "finished") {
        finished++;
        if (!Number.isNaN(lastStepAt)) {
          besidesMs += beginningMs + performance.now() - lastStepAt;
          measuredArms++;
        }
        const { arm, steps, curve, lossCurve } = event.result;
        const { name, seed, recipe } = arm;
        const known = arms.find((it) => it.name === name && it.seed === seed);
        if (known) known.step = steps;
        // Finished before this process began: nothing was heard of it until now.
        else arms.push({ name, seed, steps: recipe.steps, step: steps, curve: copied(curve), lossCurve: copied(lossCurve) });
        return;
      }
      const now = arms.at(-1);
      if (!now) return;
      if (event.kind === "resumed") now.step = event.step;
      if (event.kind === "evaluation") {
        now.curve.push([event.step, event.evaluation.accuracy]);
        now.lossCurve.push([event.step, event.loss]);
      }
      if (event.kind !== "step") return;
      const at = performance.now();
      if (Number.isNaN(lastStepAt)) beginningMs = at - begunAt;
      else {
        measuredSteps++;
        measuredMs += at - lastStepAt;
      }
      lastStepAt = at;
      now.step = event.step;
      [loss, imagesPerSecond] = [event.loss, event.imagesPerSecond];
    },
    state: () => {
      const done = Math.min(total, doneSteps());
      return {
        ...{ done, of: total, arms },
        ...(loss !== undefined && { loss }),
        ...(imagesPerSecond !== undefined && { imagesPerSecond }),
        ...(measuredSteps > 4 && { secondsLeft: (((total - done) * measuredMs) / measuredSteps + besidesLeft()) / 1000 }),
      };
    },
  };
};

/** "2/4 · 시드 …": a run's state in one line, beside its bar. */
export const progressNote = ({ arms, loss, imagesPerSecond, secondsLeft }: RunState): Text => {
  const now = arms.at(-1);
  const left = secondsLeft === undefined ? undefined : timeLeft(secondsLeft);
  const facts = [
    now?.name,
    loss === undefined ? undefined : { en: `loss ${loss.toFixed(2)}`, ko: `손실 ${loss.toFixed(2)}` },
    imagesPerSecond === undefined
      ? undefined
      : { en: `${Math.round(imagesPerSecond)} images/s`, ko: `초당 ${Math.round(imagesPerSecond)}장` },
    left && { en: `${left.en} left`, ko: `${left.ko} 남음` },
  ].filter((it) => it !== undefined);
  const line = (lang: "en" | "ko") => facts.map((it) => (typeof it === "string" ? it : it[lang])).join(" · ");
  return { en: line("en"), ko: line("ko") };
};

/** A time that is only guessed: in seconds below a minute and a half, else in minutes. */
export const timeLeft = (seconds: number): Text => {
  const rounded = Math.max(1, Math.round(seconds));
  if (rounded < 90) return { en: `about ${rounded} s`, ko: `약 ${rounded}초` };
  const minutes = Math.round(rounded / 60);
  return { en: `about ${minutes} min`, ko: `약 ${minutes}분` };
};
