import { z } from "zod";
import { type CommandContext, command } from "../src/chat/command.ts";
import { viewerOf } from "../src/chat/request.ts";
import type { Reply } from "../src/reply.ts";
import { escapeMarks, escapeText } from "../src/richText.ts";
import type { RunReport } from "../src/runs/report.ts";
import { type RunKind, specs } from "../src/runs/spec.ts";
import { isVisible } from "../src/store/requests.ts";
import type { Run } from "../src/store/runs.ts";
import { runStatuses } from "../src/store/schema.ts";
import { ago, shortId } from "./parts/requests.ts";
import { AnyReport, AnySpec, armTable, reportLines } from "./parts/runAnswer.ts";
import { commandLine } from "./parts/runCommandLine.ts";
import { accuracyOfRun, findRun, suggestRuns, titleOf } from "./parts/runs.ts";
import { statusText } from "./parts/runWords.ts";

/** What was answered when the run ended, while it is kept and not replaced, with those of its files that the asker still sees. */
const storedReply = async (
  context: CommandContext,
  run: Run,
): Promise<Pick<Reply, "text" | "table" | "pictures" | "files"> | undefined> => {
  const { store, lang } = context;
  const row = await store.requests.get(run.id);
  const viewer = viewerOf(context);
  if (!row?.reply || row.status !== "done" || row.lang !== lang || !isVisible(row, viewer)) return undefined;
  const { text, table, pictures = [], files = [] } = row.reply;
  const seen = new Set(await store.blobs.readable([...pictures, ...files], viewer));
  const kept = <F extends { blob: string }>(all: readonly F[]) => all.filter((it) => seen.has(it.blob));
  return { text, ...(table && { table }), pictures: kept(pictures), files: kept(files) };
};

/** The same from its report, whose pictures are gone. */
const fromReport = ({ report, spec }: Run, { lang, services }: CommandContext): Pick<Reply, "text" | "table"> => {
  const again = commandLine(services.commands, spec, lang);
  const lines = report ? reportLines(report, lang) : [];
  return {
    text: [...lines, ...(again === undefined ? [] : [`\`${escapeMarks(again)}\``])].join("\n"),
    ...(report && armTable(report, lang)),
  };
};

/** One run in full: what was asked, by whom, how it stands and all that came of it. */
export const run = command({
  name: "run",
  ko: "실험",
  about: { en: "Show one training run in full", ko: "학습 실험 하나를 자세히 보기" },
  options: {
    id: {
      kind: "text",
      ko: "번호",
      about: { en: "the first characters of its id, as /runs shows them", ko: "/실험목록에 나오는 번호의 앞부분" },
      suggest: suggestRuns,
    },
  },
  data: z.object({
    id: z.string(),
    kind: z.enum(Object.keys(specs) as RunKind[]),
    status: z.enum(runStatuses),
    user: z.string().describe("the name of who asked"),
    at: z.iso.datetime().describe("when it was asked for"),
    spec: AnySpec,
    report: AnyReport.omit({ spec: true })

      .nullable()
      .describe("null until it has ended; with what its kind adds, see its command"),
  }),
  run: async (context, { id }) => {
    const { lang, now } = context;
    const found = await findRun(context, id);
    const { spec, kind, status, userName, at } = found;
    const { spec: _, ...report } = found.report ?? { spec };
    const accuracy = accuracyOfRun(found);
    const facts = [
      `**${escapeText(titleOf(found))}**`,
      statusText(status, lang),
      ...(accuracy === undefined ? [] : [accuracy]),
      escapeText(userName),
      ago(at, now)[lang],
      `\`${shortId(found.id)}\``,
    ];
    const { text, ...shown } = (await storedReply(context, found)) ?? fromReport(found, context);
    return {
      text: `${facts.join(" · ")}\n${text}`.trim(),
      ...shown,
      data: {
        ...{ id: found.id, kind, status, user: userName, at: at.toISOString(), spec },
        report: found.report ? (report as Omit<RunReport, "spec">) : null,
      },
    };
  },
});
