import { expect, it } from "vitest";
import { selftrain } from "../../src/runs/experiments/selftrain.ts";
import { workOf } from "../../src/runs/presets.ts";
import { common, settingOf } from "../helpers/experiments.ts";

const spec = { kind: "selftrain", ...common, net: "resnet8", labels: 2, threshold: 0.3 } as const;

/** Steps of the control and of the first teacher, with all work of a preset and a share of it. */
const stepsOf = async (rounds: number, work: number) => {
  const experiment = selftrain({ ...settingOf({ ...spec, rounds }), work });
  const [control, teacher] = await experiment.arms(common.seed, []);
  return { control: control?.recipe.steps ?? 0, teacher: teacher?.recipe.steps ?? 0, all: experiment.steps };
};

it("the control learns for as many steps as all rounds and their first teacher together", async () => {
  for (const rounds of [1, 2, 5])
    for (const share of [0, 0.1, 1, 10]) {
      const { control, teacher, all } = await stepsOf(rounds, share * workOf("taste"));
      expect(all).toBe(2 * control);
      expect((control - teacher) % rounds, "rounds are alike").toBe(0);
      expect(control - teacher, "rounds learn something").toBeGreaterThanOrEqual(rounds);
    }
});

it("the first teacher learns enough to teach, and no longer than a round where there is time for more", async () => {
  const short = await stepsOf(2, workOf("taste") / 10);
  expect(short.teacher / short.control, "three quarters").toBeCloseTo(0.75, 1);
  const long = await stepsOf(2, workOf("proper"));
  expect(long.teacher).toBeGreaterThan(150);
  expect(long.teacher / long.control, "a third").toBeCloseTo(1 / 3, 1);
});
