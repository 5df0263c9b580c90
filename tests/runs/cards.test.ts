import { describe, expect, it, vi } from "vitest";
import { progressOf, resultOf } from "../../src/runs/cards.ts";
import type { RunEvent } from "../../src/runs/execute.ts";
import type { ArmResult } from "../../src/runs/experiment.ts";
import { followRun } from "../../src/runs/progress.ts";
import type { RunSpec } from "../../src/runs/spec.ts";
import { specWords } from "../../src/runs/specWords.ts";
import { summarise } from "../../src/runs/summarise.ts";
import { reportOf, tasteSpec } from "../helpers/runs.ts";

const transferred: RunSpec = {
  ...{ kind: "transfer", data: "uploads", preset: "lesson", seed: 1, seeds: 1, hypothesis: "it helps" },
  ...{ model: "googlenet", mode: "both", labels: [10, 100], lr: 0.01, backboneLr: 0.003 },
};
const arm = (name: string, seed: number) => ({ name, seed, recipe: { steps: 20 } }) as ArmResult["arm"];
const experiment = { main: "student", control: "control", armCount: 2 };

describe("a card", () => {
  it("says what was asked in the reader's words", () => {
    expect(specWords(transferred, "en")).toBe(
      "model googlenet · mode both · labels 10, 100 · learning rate 0.01 · backbone learning rate 0.003 · preset lesson",
    );
    expect(specWords(transferred, "ko")).toBe(
      "모델 googlenet · 방식 both · 라벨 10, 100 · 학습률 0.01 · 백본 학습률 0.003 · 규모 lesson",
    );
    expect(specWords({ ...transferred, labels: [] }, "en")).not.toContain("labels");
  });

  it("says how long a run took in the reader's words", () => {
    const report = { ...reportOf(tasteSpec, [0.9]), seconds: 161 };
    const timeIn = (lang: "en" | "ko") => resultOf(report, experiment, lang).facts.at(-1)?.value;
    expect([timeIn("en"), timeIn("ko")]).toEqual(["2 min 41 s", "2분 41초"]);
  });
});

describe("the picture of a run so far", () => {
  it("says which arm it is of all that there will be, and which seed", () => {
    const following = followRun(80, 4);
    const where = () => {
      const { arm, ofArms, seed, ofSeeds } = progressOf({ ...tasteSpec, seeds: 2 }, following.state(), experiment, "en");
      return [arm, ofArms, seed, ofSeeds];
    };
    expect(where()).toEqual([1, 2, 1, 2]);
    following.hear({ kind: "arm", arm: arm("control", 1), index: 0 });
    expect(where()).toEqual([1, 2, 1, 2]);
    following.hear({ kind: "arm", arm: arm("student", 1), index: 1 });
    expect(where()).toEqual([2, 2, 1, 2]);
    following.hear({ kind: "arm", arm: arm("control", 2), index: 2 });
    expect(where()).toEqual([1, 2, 2, 2]);
  });

  it("counts what was finished before its worker was killed", () => {
    const following = followRun(40, 2);
    const curve = [[20, 0.5]] as const;
    following.hear({
      kind: "finished",
      result: { arm: arm("control", 1), steps: 20, curve, lossCurve: [[20, 1.5]] } as unknown as ArmResult,
    });
    expect(following.state()).toMatchObject({ done: 20, of: 40, arms: [{ name: "control", curve }] });
    following.hear({ kind: "arm", arm: arm("student", 1), index: 1 });
    expect(following.state()).toMatchObject({ done: 20, arms: [{ step: 20 }, { name: "student", step: 0 }] });
    expect(progressOf(tasteSpec, following.state(), experiment, "en")).toMatchObject({ arm: 2, done: 0.5 });
  });

  it("expects of the arms to come what those before took to begin and to end", () => {
    const now = vi.spyOn(performance, "now");
    const at = (ms: number) => now.mockReturnValue(ms);
    const step = (name: string, of: number) =>
      ({ kind: "step", arm: arm(name, 1), step: of, steps: 20, loss: 1, imagesPerSecond: 9 }) as unknown as RunEvent;
    const following = followRun(40, 2);
    at(0);
    following.hear({ kind: "arm", arm: arm("control", 1), index: 0 });
    for (let i = 1; i <= 20; i++) {
      at(900 + 100 * i);
      following.hear(step("control", i));
    }
    // 20 steps of 100 ms, and half of what two arms need beside them: as long as one took to begin.
    expect(following.state().secondsLeft).toBeCloseTo(2 + 3 * 1);
    at(5_900);
    following.hear({
      kind: "finished",
      result: { arm: arm("control", 1), steps: 20, curve: [], lossCurve: [] } as unknown as ArmResult,
    });
    expect(following.state().secondsLeft).toBeCloseTo(2 + 4);
    now.mockRestore();
  });

  it("stays where it was stopped", () => {
    const following = followRun(40, 2);
    following.hear({ kind: "arm", arm: arm("control", 1), index: 0 });
    const result = { arm: arm("control", 1), steps: 7, curve: [], lossCurve: [] } as unknown as ArmResult;
    following.hear({ kind: "finished", result });
    expect(following.state()).toMatchObject({ done: 7, of: 40 });
  });
});

it("a run that went on after its worker was killed took the time of all its arms", () => {
  const result = { arm: arm("student", 1), steps: 20, test: { accuracy: 0.5, loss: 1 }, trainAccuracy: 0.5, curve: [] };
  const results = [{ ...result, seconds: 12, imagesPerSecond: 50 }] as unknown as ArmResult[];
  const seconds = (measured: number) =>
    summarise(tasteSpec, experiment, results, { seconds: measured, stopped: false, resumed: true }).seconds;
  expect([seconds(0.3), seconds(14.04)]).toEqual([12, 14]);
});
