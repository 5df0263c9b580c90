import { percent } from "../../../numbers.ts";
import type { Text } from "../../../text.ts";
import type { Spread } from "../../report.ts";
import { compare } from "./outcomes.ts";

/** A measured share as people read it: "61.2 %". */
export const share = ({ mean }: Spread): string => percent(mean);
/** What is missing to everything: an error instead of an accuracy. */
export const error = ({ mean }: Spread): string => percent(1 - mean);

/** How far two shares lie apart, without a sign: "3.1". */
export const apart = (a: Spread, b: Spread): string => (100 * Math.abs(a.mean - b.mean)).toFixed(1);

/** A sentence for each way that a comparison can end. */
export const byOutcome = (a: Spread, b: Spread, texts: { higher: Text; same: Text; lower: Text }): Text => {
  const outcome = compare(a, b);
  return outcome > 0 ? texts.higher : outcome < 0 ? texts.lower : texts.same;
};

/** Two texts as one, after each other. */
export const joined = (...parts: readonly Text[]): Text => ({
  en: parts.map(({ en }) => en).join(" "),
  ko: parts.map(({ ko }) => ko).join(" "),
});
