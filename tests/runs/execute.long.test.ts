import { describe, expect, it } from "vitest";
import type { Setting } from "../../src/runs/experiment.ts";
import { experimentOf } from "../../src/runs/experiments/index.ts";
import { summarise } from "../../src/runs/summarise.ts";
import { isNative } from "../../src/tf/native.ts";
import { common, conduct, fewShapes, settingOf } from "../helpers/experiments.ts";

describe.skipIf(!isNative())("a run (needs native TensorFlow)", () => {
  it.each([
    { kind: "pseudolabel", ...common, net: "resnet8-16px", labels: 2, threshold: 0.3, ramp: 0.4 },
    { kind: "fixmatch", ...common, net: "resnet8-16px", labels: 2, threshold: 0.3 },
    { kind: "selftrain", ...common, net: "resnet8-16px", labels: 2, rounds: 2, threshold: 0.11 },
    { kind: "policysearch", ...common, net: "resnet8-16px", search: "random" },
  ] as const)("runs $kind to its end, control and all, and says what it found", async (spec) => {
    const setting = settingOf(spec as never) as Setting;
    const experiment = await experimentOf(setting);
    const { results = [] } = (await conduct(experiment, setting)) ?? {};
    const names = results.map(({ arm }) => arm.name);
    expect(names).toContain(experiment.control);
    expect(names).toContain(experiment.main);
    expect(new Set(names).size).toBe(experiment.armCount);
    expect(results.reduce((sum, { steps }) => sum + steps, 0)).toBe(experiment.steps);
    const report = summarise(spec as never, experiment, results, { seconds: 1, stopped: false, resumed: false });
    const found = await experiment.findings?.(results, report, "ko");
    expect(found?.fields).toMatchObject(
      spec.kind === "policysearch" ? { best: expect.stringMatching(/^rand-/) } : { classes: fewShapes.classes },
    );
  }, 120_000);
});
