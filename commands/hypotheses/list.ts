import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { viewerOf } from "../../src/chat/request.ts";
import { verdicts } from "../../src/store/groupTables.ts";
import type { Hypothesis } from "../../src/store/hypotheses.ts";
import { tableIn } from "../../src/table.ts";
import type { Language } from "../../src/text.ts";
import { retryButton } from "../parts/hypotheses.ts";
import { tallyText, verdictSigns, verdictWords, voteButtons } from "../parts/hypothesisWords.ts";
import { shortId } from "../parts/requests.ts";
import { accuracyOfRun, titleOf } from "../parts/runs.ts";
import { gainText } from "../parts/runWords.ts";

const SHOWN = 20;

const columns = [
  { en: "Run", ko: "실험" },
  { en: "Expected", ko: "가설" },
  { en: "Stands", ko: "상태" },
  { en: "Evidence", ko: "근거" },
  { en: "Votes", ko: "투표" },
  { en: "Who", ko: "누가" },
] as const;

/** What came of the run: its gain over the control where there is one, else its accuracy. */
const evidenceOf = ({ run }: Hypothesis, lang: Language): string => {
  const { report, spec } = run;
  const figure = report?.gain
    ? { en: `${gainText(report.gain, spec.seeds)} points`, ko: `${gainText(report.gain, spec.seeds)}%p` }[lang]
    : (accuracyOfRun(run) ?? "-");
  return `${figure} (${{ en: `${spec.seeds} seed${spec.seeds > 1 ? "s" : ""}`, ko: `시드 ${spec.seeds}개` }[lang]}), ${titleOf(run)}`;
};

const statusOf = ({ verdict }: Hypothesis, lang: Language): string =>
  verdict === null ? { en: "open", ko: "진행 중" }[lang] : `${verdictSigns[verdict]} ${verdictWords[verdict][lang]}`;

/** What peers expected of their runs: what is open first, then what is settled. */
export const list = command({
  name: "list",
  ko: "목록",
  about: { en: "Open and settled hypotheses, with their evidence", ko: "진행 중인 가설과 결론이 난 가설, 그 근거" },
  options: {},
  data: z.object({
    hypotheses: z
      .array(
        z.object({
          run: z.string().describe("the run's id"),
          expected: z.string(),
          verdict: z.enum(verdicts).nullable().describe("null while it is open"),
          votes: z.record(z.enum(verdicts), z.int()),
          gain: z.number().nullable().describe("over the control, in accuracy; null where there is none"),
          seeds: z.int(),
          user: z.string().describe("the name of who expected it"),
        }),
      )
      .describe(`at most ${SHOWN}; open ones first, each newest first`),
  }),
  run: async (context) => {
    const { lang, store } = context;
    const all = await store.hypotheses.list(viewerOf(context), 10 * SHOWN);
    const open = all.filter((it) => it.verdict === null);
    const shown = [...open, ...all.filter((it) => it.verdict !== null)].slice(0, SHOWN);
    const data = shown.map(({ run, verdict, tally }) => ({
      ...{ run: run.id, expected: run.spec.hypothesis ?? "", verdict, votes: { ...tally } },
      ...{ gain: run.report?.gain?.mean ?? null, seeds: run.spec.seeds, user: run.userName },
    }));
    if (shown.length === 0) {
      const none = {
        en: 'No hypotheses yet. Give a run one: `/distill hypothesis:"T=8 beats T=2"`. When its result is there, everybody votes.',
        ko: '아직 가설이 없어요. `/증류 가설:"T=8이 T=2보다 낫다"`처럼 실험에 붙여 보세요. 결과가 나오면 모두가 투표해요.',
      };
      return { text: none[lang], data: { hypotheses: data } };
    }
    const settled = all.length - open.length;
    const text = {
      en: `**${open.length}** open, **${settled}** settled. Who asked for the run closes its hypothesis, with \`/hypotheses close\`.`,
      ko: `진행 중 **${open.length}**개, 결론 **${settled}**개예요. 실험을 한 사람이 \`/가설 마감\`으로 마감해요.`,
    };
    const rows = shown.map((it) => [
      shortId(it.run.id),
      it.run.spec.hypothesis ?? "",
      statusOf(it, lang),
      evidenceOf(it, lang),
      tallyText(it.tally, lang),
      it.run.userName,
    ]);
    const [newest] = open;
    const buttons = newest ? [...voteButtons(newest.run.id, lang), retryButton(newest, lang)] : [];
    return { text: text[lang], table: tableIn(lang, columns, rows), buttons, data: { hypotheses: data } };
  },
});
