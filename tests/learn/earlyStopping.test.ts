import { expect, it } from "vitest";
import { earlyStopping } from "../../src/learn/earlyStopping.ts";

it("gives up after two evaluations that bring nothing, and knows which was the best", () => {
  const decide = earlyStopping({ patience: 2, minDelta: 0.01 });
  const decisions = [0.5, 0.6, 0.605, 0.62, 0.62, 0.61].map(decide);
  expect(decisions.map((it) => it.improved)).toEqual([true, true, false, true, false, false]);
  expect(decisions.map((it) => it.stop)).toEqual([false, false, false, false, false, true]);
});
