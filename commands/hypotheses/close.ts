import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { UserError } from "../../src/errors.ts";
import { escapeText } from "../../src/richText.ts";
import { verdicts } from "../../src/store/groupTables.ts";
import { majorityOf } from "../../src/store/hypotheses.ts";
import { findHypothesis, hypothesisOption, retryButton, verdictOption } from "../parts/hypotheses.ts";
import { tallyText, verdictSigns, verdictWords } from "../parts/hypothesisWords.ts";
import { shortId } from "../parts/requests.ts";

/** Settles a hypothesis: as whoever asked for its run says, or as most have voted. */
export const close = command({
  name: "close",
  ko: "마감",
  about: { en: "Settle a hypothesis of yours, by your word or by the votes", ko: "내 가설의 결론 내리기. 직접 정하거나 투표로" },
  options: {
    id: hypothesisOption,
    verdict: {
      ...verdictOption,
      ko: "결론",
      about: { en: "how it came out; as most voted when left out", ko: "결론. 비우면 다수결" },
    },
  },
  data: z.object({ run: z.string(), verdict: z.enum(verdicts), votes: z.record(z.enum(verdicts), z.int()) }),
  run: async (context, { id, verdict: said }) => {
    const { lang, user, store, now } = context;
    const found = await findHypothesis(context, id);
    const { run, tally } = found;
    if (run.userId !== user.id && !(await context.administers()))
      throw new UserError("not_your_hypothesis", { by: run.userName });
    if (found.verdict !== null) throw new UserError("hypothesis_settled", { verdict: verdictWords[found.verdict] });
    const verdict = said ?? majorityOf(tally);
    if (!verdict) throw new UserError("no_votes", { id: shortId(run.id) });
    await store.hypotheses.settle(run.id, verdict, now);
    const text = {
      en: `${verdictSigns[verdict]} Settled as **${verdictWords[verdict].en}**: ${escapeText(run.spec.hypothesis ?? "")}\n${tallyText(tally, lang)} · \`${shortId(run.id)}\``,
      ko: `${verdictSigns[verdict]} 결론: **${verdictWords[verdict].ko}** · ${escapeText(run.spec.hypothesis ?? "")}\n${tallyText(tally, lang)} · \`${shortId(run.id)}\``,
    };
    const buttons = verdict === "unclear" || run.spec.seeds === 1 ? [retryButton(found, lang)] : [];
    return { text: text[lang], buttons, data: { run: run.id, verdict, votes: { ...tally } } };
  },
});
