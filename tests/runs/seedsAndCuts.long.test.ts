import { beforeAll, describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/runs/execute.ts";
import type { ArmResult } from "../../src/runs/experiment.ts";
import { experimentOf } from "../../src/runs/experiments/index.ts";
import type { SpecOf } from "../../src/runs/spec.ts";
import { summarise } from "../../src/runs/summarise.ts";
import { isNative } from "../../src/tf/native.ts";
import { common, conduct, fewShapes, memory, settingOf } from "../helpers/experiments.ts";

const distillation: SpecOf<"distill"> = {
  ...{ kind: "distill", ...common, teacher: "resnet20.shapes", student: "resnet8-16px", method: "kd" },
  ...{ labels: "all", temperature: 2, soft: 0.9, hard: 0.1 },
};

const setting = settingOf(distillation);
const teacherBefore = Buffer.from(setting.models["teacher"]?.bytes ?? []);

describe.skipIf(!isNative())("a run (needs native TensorFlow)", () => {
  /** Of two seeds, trained without a pause. */
  let results: readonly ArmResult[];
  beforeAll(async () => {
    const executed = await conduct(await experimentOf(setting), setting, { seeds: [3, 4] });
    results = executed?.results ?? [];
  }, 120_000);

  it("trains student and control with the same steps, pictures and beginning, for every seed", async () => {
    expect(results.map(({ arm }) => [arm.name, arm.seed])).toEqual([
      ...[
        ["control", 3],
        ["student", 3],
      ],
      ...[
        ["control", 4],
        ["student", 4],
      ],
    ]);
    expect(new Set(results.map(({ steps }) => steps))).toEqual(new Set([20]));
    for (const [control, student] of [results.slice(0, 2), results.slice(2)]) {
      expect(student?.arm.data.pictures).toEqual(control?.arm.data.pictures);
      expect(student?.arm.recipe).toEqual(control?.arm.recipe);
      expect(student?.weights).not.toEqual(control?.weights);
    }
    const report = summarise(distillation, await experimentOf(setting), results, { seconds: 1, stopped: false, resumed: false });
    const accuracy = (i: number) => report.arms[i]?.accuracy ?? Number.NaN;
    expect(report.gain?.mean).toBeCloseTo((accuracy(1) - accuracy(0) + accuracy(3) - accuracy(2)) / 2, 10);
    expect(report.summary["student"]).toMatchObject({ n: 2 });
  });

  it("gives the same weights for the same spec, also when it was killed on the way and went on", async () => {
    const checkpoints = memory();
    const cutAt = (name: string, step: number) => (event: RunEvent) =>
      event.kind === "step" && event.arm.name === name && event.step === step;
    expect(await conduct(await experimentOf(setting), setting, { checkpoints, hear: cutAt("control", 13) })).toBeUndefined();
    expect(checkpoints.names()).toEqual(["arm-0"]);
    const trained: string[] = [];
    const noting = (event: RunEvent) => {
      if (event.kind === "step") trained.push(`${event.arm.name} ${event.step}`);
      return event.kind === "step" && event.arm.name === "student" && event.step === 7;
    };
    await conduct(await experimentOf(setting), setting, { checkpoints, hear: noting });
    expect(trained[0]).toBe("control 13"); // step 12 was the last that was saved
    const rest = await conduct(await experimentOf(setting), setting, { checkpoints });
    expect(rest?.resumed).toBe(true);
    const learned = ({ weights, curve, test }: ArmResult) => ({ weights, curve, test });
    expect(rest?.results.map(learned)).toEqual(results.slice(0, 2).map(learned));
  }, 120_000);

  it("hands back what was learned when it is stopped, and trains nothing more", async () => {
    const stop = new AbortController();
    const setting = settingOf(distillation, stop.signal);
    const executed = await conduct(await experimentOf(setting), setting, {
      hear: (event) => {
        if (event.kind === "step" && event.step === 9) stop.abort();
        return undefined;
      },
    });
    expect(executed?.stopped).toBe(true);
    expect(executed?.results.map(({ arm, steps }) => [arm.name, steps])).toEqual([["control", 9]]);
    expect(executed?.results[0]?.test.total).toBe(40);
  }, 60_000);

  it("leaves the teacher as it was", () => {
    expect(teacherBefore.length).toBeGreaterThan(0);
    expect(Buffer.from(setting.models["teacher"]?.bytes ?? []).equals(teacherBefore)).toBe(true);
  });

  it("tells the student nothing of hidden labels", async () => {
    const setting = settingOf({ ...distillation, labels: 2 });
    const [control, student] = await (await experimentOf(setting)).arms(3, []);
    expect(control?.data.pictures).toHaveLength(20);
    const targets = student?.data.targets ?? new Float32Array();
    expect(targets.reduce((sum, it) => sum + it, 0)).toBe(20);
    for (const index of control?.data.pictures ?? [])
      expect(targets[index * 10 + (fewShapes.train.labels[index] as number)]).toBe(1);
  });
});
