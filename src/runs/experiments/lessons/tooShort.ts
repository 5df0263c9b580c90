import type { Text } from "../../../text.ts";
import type { Outcomes } from "./outcomes.ts";

/** Accuracy above guessing, 0 to 1, that one arm at least has to reach on its own pictures before anything is made of the results. */
const LEARNED = 0.05;

/**
 * What to say where a run was too short, or stopped before all the arms of these `names` had their turn; undefined where it says something.
 * `chance` is the accuracy of guessing.
 */
export const tooShort = (outcomes: Outcomes, names: readonly string[], chance: number): Text | undefined => {
  if (names.some((name) => !outcomes[name]))
    return {
      en: "The run was stopped before every arm had its turn, so there is nothing to compare.",
      ko: "모든 실험군이 끝나기 전에 멈춰서 비교할 수 없어요.",
    };
  if (names.some((name) => (outcomes[name]?.trainAccuracy.mean ?? 0) > chance + LEARNED)) return undefined;
  return {
    en: "In so few steps no arm got clearly beyond guessing, so this says nothing yet: try a longer preset.",
    ko: "스텝이 너무 적어 어느 실험군도 찍기 수준을 넘지 못했어요. 아직 아무것도 말할 수 없으니 더 긴 규모로 해 보세요.",
  };
};
