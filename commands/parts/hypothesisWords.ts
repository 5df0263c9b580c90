import type { Button } from "../../src/reply.ts";
import { type Verdict, verdicts } from "../../src/store/groupTables.ts";
import type { Tally } from "../../src/store/hypotheses.ts";
import type { Language, Text } from "../../src/text.ts";

/** What may come of a hypothesis. */
export const verdictWords: Readonly<Record<Verdict, Text>> = {
  confirmed: { en: "confirmed", ko: "확인됨" },
  refuted: { en: "refuted", ko: "반박됨" },
  unclear: { en: "unclear", ko: "불분명" },
};

/** The signs that stand before them where text is shown; pictures have no emoji. */
export const verdictSigns: Readonly<Record<Verdict, string>> = { confirmed: "✅", refuted: "❌", unclear: "❓" };

const buttonWords: Readonly<Record<Verdict, Text>> = {
  confirmed: { en: "Confirmed", ko: "확인됨" },
  refuted: { en: "Refuted", ko: "반박됨" },
  unclear: { en: "Unclear", ko: "불분명" },
};

/** A vote each. */
export const voteButtons = (run: string, lang: Language): Button[] =>
  verdicts.map((vote) => ({
    label: `${verdictSigns[vote]} ${buttonWords[vote][lang]}`,
    command: "hypotheses vote",
    args: { id: run, vote },
  }));

/** "2 confirmed · 1 unclear"; how many say nothing is not told. */
export const tallyText = (tally: Tally, lang: Language): string => {
  const said = verdicts
    .filter((it) => tally[it] > 0)
    .map((it) => ({ en: `${tally[it]} ${verdictWords[it].en}`, ko: `${verdictWords[it].ko} ${tally[it]}표` })[lang]);
  return said.length > 0 ? said.join(" · ") : { en: "no votes yet", ko: "아직 투표 없음" }[lang];
};
