import { z } from "zod";
import type { CommandContext, JobDone } from "../../src/chat/command.ts";
import { viewerOf } from "../../src/chat/request.ts";
import { short } from "../../src/numbers.ts";
import type { Button, Reply } from "../../src/reply.ts";
import { escapeMarks, escapeText } from "../../src/richText.ts";
import { common } from "../../src/runs/kinds/common.ts";
import { RunReport } from "../../src/runs/report.ts";
import { type RunKind, specs } from "../../src/runs/spec.ts";
import { MAX_INTEGER } from "../../src/store/schema.ts";
import { tableIn } from "../../src/table.ts";
import type { Language } from "../../src/text.ts";
import { voteButtons } from "./hypothesisWords.ts";
import { keepModel } from "./newModel.ts";
import { commandLine } from "./runCommandLine.ts";
import { accuracyText, gainText, secondsText } from "./runWords.ts";

/** The data of a command whose runs are of this kind, with what the kind adds to every report. */
export const runData = <K extends RunKind, S extends z.ZodRawShape>(kind: K, fields: S) =>
  RunReport.extend({ spec: specs[kind] }).extend(fields);

/** The spec of a run of any kind. */
export const AnySpec = z
  .looseObject({ kind: z.enum(Object.keys(specs) as RunKind[]), ...common })
  .describe("what was asked, with the fields of its kind");
/** The report of a run of any kind. */
export const AnyReport = z.looseObject({ ...RunReport.shape, spec: AnySpec });

const armColumns = [
  { en: "Arm", ko: "실험군" },
  { en: "Accuracy", ko: "정확도", right: true },
  { en: "On its own pictures", ko: "학습 사진 정확도", right: true },
  { en: "Steps", ko: "스텝", right: true },
] as const;

/** Each arm's accuracy on the test pictures and on those it learned from; nothing where there is only one. */
export const armTable = ({ arms, summary, control }: RunReport, lang: Language): Pick<Reply, "table"> => {
  const names = Object.keys(summary);
  if (names.length < 2) return {};
  const rows = names.map((name) => {
    const own = arms.filter((it) => it.name === name);
    const train = own.reduce((sum, it) => sum + it.trainAccuracy, 0) / own.length;
    return [
      name === control && name !== "control" ? `${name} (${{ en: "control", ko: "대조군" }[lang]})` : name,
      summary[name] ? accuracyText(summary[name]) : "-",
      `${(100 * train).toFixed(1)} %`,
      String(own[0]?.steps ?? 0),
    ];
  });
  return { table: tableIn(lang, armColumns, rows) };
};

/** What the run cost and how far its result can be trusted, a line each, in the words that all kinds share. */
export const reportLines = (report: RunReport, lang: Language): string[] => {
  const { spec, gain, seconds, imagesPerSecond, cancelled, resumed } = report;
  const { seed, seeds, hypothesis } = spec;
  const last = seed + seeds - 1;
  const lines = [];
  if (gain && seeds > 1) {
    const said = gainText(gain, seeds);
    lines.push({
      en: `Gain over the control: **${said} points**, over ${seeds} seeds.`,
      ko: `대조군 대비 **${said}%p**, 시드 ${seeds}개의 결과예요.`,
    });
  } else if (gain) {
    lines.push({
      en: `Gain over the control: **${gainText(gain, 1)} points** with one seed; \`seeds:3\` shows how much of it is chance.`,
      ko: `대조군 대비 **${gainText(gain, 1)}%p**, 시드는 하나예요. \`시드수:3\`으로 하면 우연이 얼마나 섞였는지 알 수 있어요.`,
    });
  }
  if (hypothesis !== undefined) lines.push({ en: `Expected: ${escapeText(hypothesis)}`, ko: `가설: ${escapeText(hypothesis)}` });
  if (cancelled)
    lines.push({
      en: "⏹ Stopped before its end: this is what was learned until then.",
      ko: "⏹ 끝나기 전에 멈췄어요. 그때까지 배운 결과예요.",
    });
  if (resumed)
    lines.push({
      en: "🔧 Its worker was killed on the way; the run went on from its last checkpoint, with the same result.",
      ko: "🔧 도중에 워커가 종료됐지만 마지막 체크포인트에서 이어서 같은 결과를 냈어요.",
    });
  const speed = short(Math.round(imagesPerSecond));
  lines.push({
    en: `${seeds > 1 ? `seeds ${seed}–${last}` : `seed ${seed}`} · ${secondsText(seconds, lang)} · ${speed} images/s`,
    ko: `시드 ${seeds > 1 ? `${seed}–${last}` : seed} · ${secondsText(seconds, lang)} · 초당 ${speed}장`,
  });
  return lines.map((it) => it[lang]);
};

/** Asks for the same with the seeds that come next. */
const nextSeeds = (id: string, { spec }: RunReport, lang: Language): Button[] => {
  const seed = spec.seed + spec.seeds;
  if (seed > MAX_INTEGER) return [];
  return [{ label: { en: "🔁 Next seed", ko: "🔁 다음 시드" }[lang], command: "rerun", args: { id, seed } }];
};

/** Sets a run beside the one of its kind and data before it, where there is one. */
const withPredecessor = async (context: CommandContext, { spec }: RunReport): Promise<Button[]> => {
  const { id, store, lang } = context;
  const before = await store.runs.list(viewerOf(context), 10, { ended: true, kind: spec.kind });
  const last = before.find((it) => it.id !== id && it.data === spec.data);
  if (!last) return [];
  return [
    { label: { en: "⚖ Compare with the last", ko: "⚖ 이전 실험과 비교" }[lang], command: "compare", args: { a: last.id, b: id } },
  ];
};

/** What the answers of all kinds are made of: `head` is the finding, `lines` what the kind says besides. */
interface RunWords<D> {
  /** The command's schema, as `runData` makes it. */
  data: z.ZodType<D>;
  head: string;
  lines?: readonly string[];
  buttons?: readonly Button[];
}

/**
 * The answer to a run: keeps its report, and its network as a model of the group's, and says what came of it, what it cost, how the
 * model is used and which line asks for the same again. Harmless when called twice.
 */
export const answerRun = async <D>(
  context: CommandContext,
  { output }: JobDone<"run">,
  { data, head, lines = [], buttons = [] }: RunWords<D>,
): Promise<Reply & { data: D }> => {
  const { id, lang, store, services } = context;
  const { model, pictures } = output;
  const report = { ...output.report, ...(model && { model: model.card.name }) };
  await store.runs.finish(id, report);
  const isClaimed = report.spec.hypothesis !== undefined && !report.cancelled;
  if (isClaimed) await store.hypotheses.open(id, context.place.group);
  const [ready = ""] = model ? (await keepModel(context, model)).text.split("\n") : [];
  const again = commandLine(services.commands, report.spec, lang);
  const text = [head, ...lines, ...reportLines(report, lang), ready, again === undefined ? "" : `\`${escapeMarks(again)}\``];
  return {
    text: text.filter((it) => it !== "").join("\n"),
    ...armTable(report, lang),
    pictures,
    ...(model && { files: [model.file] }),
    buttons: [
      ...(isClaimed ? voteButtons(id, lang) : []),
      ...buttons,
      ...nextSeeds(id, report, lang),
      ...(await withPredecessor(context, report)),
    ],
    data: data.parse(report),
  };
};
