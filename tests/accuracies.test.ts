import { expect, it } from "vitest";
import { compareAccuracies, marginOf } from "../src/accuracies.ts";
import { policyVerdict } from "../src/draw/policyVerdict.ts";

it("takes two standard errors of a difference for chance", () => {
  // √(2 · 0.5 · 0.5 / 200) = 0.05; √(2 · 0.9 · 0.1 / 500) = 0.018974
  expect(marginOf(0.5, 200)).toBeCloseTo(0.1, 10);
  expect(marginOf(0.9, 500)).toBeCloseTo(0.037947, 5);
  expect(marginOf(0.5, 0), "of no pictures anything may be chance").toBeGreaterThan(1);
});

it("calls nothing better that may be chance", () => {
  expect(compareAccuracies(0.48, 0.45, 0.05)).toBe("close");
  expect(compareAccuracies(0.42, 0.45, 0.05)).toBe("close");
  expect(compareAccuracies(0.51, 0.45, 0.05)).toBe("better");
  expect(compareAccuracies(0.39, 0.45, 0.05)).toBe("worse");
});

it.each([
  ["Best: a with 60.0 %", 0.6],
  ["None stands out. The nearest: a with 46.0 %", 0.46],
  ["No policy helped. The nearest: a with 30.0 %", 0.3],
])("a policy search says so under its picture: %s", (sentence, accuracy) => {
  const block = policyVerdict({ name: "a", accuracy }, { baseline: 0.45, margin: 0.05 }, "en");
  const drawn = block.draw(0);
  for (const word of sentence.split(" ")) expect(drawn).toContain(word);
});
