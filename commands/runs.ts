import { z } from "zod";
import { type CommandContext, command } from "../src/chat/command.ts";
import { viewerOf } from "../src/chat/request.ts";
import { sentence } from "../src/errors.ts";
import { kindTitles } from "../src/runs/cards.ts";
import { Accuracy } from "../src/runs/report.ts";
import { type RunKind, specs } from "../src/runs/spec.ts";
import type { Run } from "../src/store/runs.ts";
import { runStatuses } from "../src/store/schema.ts";
import { tableIn } from "../src/table.ts";
import type { Language } from "../src/text.ts";
import { ago, shortId } from "./parts/requests.ts";
import { accuracyOfRun, curvesOf, suggestRunPeople, titleOf } from "./parts/runs.ts";
import { gainText, mainSpread, statusText, statusWords, subjectOf } from "./parts/runWords.ts";

const SHOWN = 10;
/** Runs that are looked through for those of one person. */
const SEARCHED = 1000;
/** Curves of one run in the picture. */
const MOST_CURVES = 4;
const kinds = Object.keys(specs) as RunKind[];

const columns = [
  { en: "Id", ko: "번호" },
  { en: "Status", ko: "상태" },
  { en: "Kind", ko: "종류" },
  { en: "Network", ko: "신경망" },
  { en: "Data", ko: "데이터" },
  { en: "Accuracy", ko: "정확도", right: true },
  { en: "Gain", ko: "대조군 대비", right: true },
  { en: "Who", ko: "요청한 사람" },
  { en: "When", ko: "언제" },
] as const;
const rowOf = (run: Run, now: Date, lang: Language): string[] => [
  shortId(run.id),
  statusText(run.status, lang),
  run.kind,
  subjectOf(run.spec),
  run.data,
  accuracyOfRun(run) ?? "-",
  run.report?.gain ? gainText(run.report.gain, run.spec.seeds) : "-",
  run.userName,
  ago(run.at, now)[lang],
];

/** The newest runs that the asker sees, of a person or a kind where one is named; what was asked for later is left out. */
const shownTo = async (
  context: CommandContext,
  { user, kind }: { user?: string | undefined; kind?: RunKind | undefined },
): Promise<Run[]> => {
  const isWanted = (it: Run) => user === undefined || it.userId === user || it.userName.toLowerCase() === user.toLowerCase();
  const all = await context.store.runs.list(viewerOf(context), SEARCHED, { kind });
  return all.filter((it) => it.at <= context.now && isWanted(it)).slice(0, SHOWN);
};

/** Runs as a table, and for programs. */
const asTable = ({ lang, now }: CommandContext, shown: readonly Run[]) => {
  const text = {
    en: "The group's runs, newest first. `/run` shows one in full, `/compare` sets two side by side.",
    ko: "우리 그룹의 실험이에요. `/실험`으로 하나를 자세히 보고, `/비교`로 둘을 나란히 볼 수 있어요.",
  }[lang];
  const data = shown.map(({ id, kind, data, status, report, userName, at }) => ({
    ...{ id, kind, data, status, user: userName, at: at.toISOString() },
    accuracy: mainSpread(report)?.mean ?? null,
    gain: report?.gain?.mean ?? null,
  }));
  const rows = shown.map((it) => rowOf(it, now, lang));
  return { text, table: tableIn(lang, columns, rows), data: { runs: data } };
};

/** The group's training runs, newest first. The short id is what /run, /rerun, /compare and /cancel take. */
export const runs = command({
  name: "runs",
  ko: "실험목록",
  about: { en: "The group's training runs, and what came of them", ko: "우리 그룹의 학습 실험과 그 결과" },
  options: {
    user: {
      kind: "user",
      ko: "사람",
      about: { en: "only this person's runs", ko: "이 사람의 실험만" },
      suggest: suggestRunPeople,
    },
    kind: {
      kind: "choice",
      ko: "종류",
      about: { en: "only runs of this kind", ko: "이 종류의 실험만" },
      of: kinds,
      labels: kindTitles,
    },
  },
  data: z.object({
    runs: z
      .array(
        z.object({
          id: z.string(),
          kind: z.enum(kinds),
          data: z.string().describe("the data set's name"),
          status: z.enum(runStatuses),
          accuracy: Accuracy.nullable().describe("on the test pictures, mean over the seeds; null where there is none yet"),
          gain: z.number().nullable().describe("over the control, in accuracy; null where there is none"),
          user: z.string().describe("the name of who asked"),
          at: z.iso.datetime(),
        }),
      )
      .describe(`the last ${SHOWN} of the group, newest first`),
  }),
  run: async (context, args) => {
    const { lang, now } = context;
    const shown = await shownTo(context, args);
    if (shown.length === 0) return { text: sentence({ code: "no_runs", facts: {} })[lang], data: { runs: [] } };
    if (shown.every((it) => curvesOf(it).length === 0)) return asTable(context, shown);
    const runs = shown.map((run) => {
      const facts = [statusWords(run.status, lang), run.userName, ago(run.at, now)[lang]];
      const title = `${shortId(run.id)} ${titleOf(run)}`;
      return { title, subtitle: facts.join(" · "), curves: curvesOf(run).slice(0, MOST_CURVES) };
    });
    return { job: "runList", input: { runs, lang } };
  },
  answer: async (context, args, { output: { picture } }) => ({
    ...asTable(context, await shownTo(context, args)),
    pictures: [picture],
  }),
});
