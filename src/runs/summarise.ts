import { spreadOf } from "../numbers.ts";
import type { ArmResult, Experiment } from "./experiment.ts";
import type { ArmReport, RunReport } from "./report.ts";
import type { RunSpec } from "./spec.ts";

/** A number as it travels: curves need no more than five digits. */
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;

export const armReportOf = ({ arm, steps, test, trainAccuracy, curve }: ArmResult): ArmReport => ({
  ...{ name: arm.name, seed: arm.seed, steps, accuracy: test.accuracy, loss: test.loss, trainAccuracy },
  curve: curve.map(([step, accuracy]) => [step, rounded(accuracy)]),
});

/** The fields that every report has. `results` are those of all seeds, at least one. */
export const summarise = (
  spec: RunSpec,
  { control, main }: Pick<Experiment, "control" | "main">,
  results: readonly ArmResult[],
  { seconds, stopped, resumed }: { seconds: number; stopped: boolean; resumed: boolean },
): RunReport => {
  const names = [...new Set(results.map(({ arm }) => arm.name))];
  const accuracies = (name: string) => results.filter(({ arm }) => arm.name === name).map(({ test }) => test.accuracy);
  const bySeed = (name: string | null, seed: number) =>
    results.find(({ arm }) => arm.name === name && arm.seed === seed)?.test.accuracy;
  const gains = [...new Set(results.map(({ arm }) => arm.seed))].flatMap((seed) => {
    const [treated, untreated] = [bySeed(main, seed), bySeed(control, seed)];
    return treated === undefined || untreated === undefined ? [] : [treated - untreated];
  });
  const { mean, std } = gains.length > 0 ? spreadOf(gains) : { mean: 0, std: 0 };
  const [images, trained] = results.reduce(
    ([sum, time], it) => [sum + it.imagesPerSecond * it.seconds, time + it.seconds],
    [0, 0],
  );
  return {
    spec,
    arms: results.map(armReportOf),
    summary: Object.fromEntries(names.map((name) => [name, spreadOf(accuracies(name))])),
    ...(names.includes(main) && { main }),
    control,
    main,
    gain: gains.length > 0 ? { mean, std } : null,
    seconds: Math.round(seconds * 10) / 10,
    imagesPerSecond: Math.round(images / Math.max(trained, 1e-3)),
    ...(stopped && { cancelled: true }),
    ...(resumed && { resumed: true }),
  };
};
