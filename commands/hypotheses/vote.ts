import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { UserError } from "../../src/errors.ts";
import { escapeText } from "../../src/richText.ts";
import { verdicts } from "../../src/store/groupTables.ts";
import { findHypothesis, hypothesisOption, verdictOption } from "../parts/hypotheses.ts";
import { tallyText, verdictSigns, verdictWords } from "../parts/hypothesisWords.ts";

/** Says how a hypothesis came out, as the asker sees it: one vote each, changed by voting again. */
export const vote = command({
  name: "vote",
  ko: "투표",
  about: { en: "Say how a hypothesis came out; voting again changes it", ko: "가설이 맞았는지 투표하기. 다시 투표하면 바뀌어요" },
  options: {
    id: hypothesisOption,
    vote: { ...verdictOption, ko: "의견", about: { en: "how it came out", ko: "결과에 대한 의견" }, required: true },
  },
  ephemeral: true,
  data: z.object({ run: z.string(), vote: z.enum(verdicts), votes: z.record(z.enum(verdicts), z.int()) }),
  run: async (context, { id, vote: said }) => {
    const { lang, user, store } = context;
    const { run, verdict } = await findHypothesis(context, id);
    const isTaken = verdict === null && (await store.hypotheses.vote(run.id, user.id, said));
    const { tally, verdict: now } = await findHypothesis(context, run.id);
    if (!isTaken) throw new UserError("hypothesis_settled", { verdict: verdictWords[now ?? "unclear"] });
    const expected = escapeText(run.spec.hypothesis ?? "");
    const text = {
      en: `${verdictSigns[said]} You say **${verdictWords[said].en}**: ${expected}\nSo far: ${tallyText(tally, lang)}.`,
      ko: `${verdictSigns[said]} **${verdictWords[said].ko}**에 투표했어요: ${expected}\n지금까지: ${tallyText(tally, lang)}`,
    };
    const close = { label: { en: "🏁 Close it", ko: "🏁 마감하기" }[lang], command: "hypotheses close", args: { id: run.id } };
    return {
      text: text[lang],
      ...(run.userId === user.id && { buttons: [{ ...close, owner: user.id }] }),
      data: { run: run.id, vote: said, votes: { ...tally } },
    };
  },
});
