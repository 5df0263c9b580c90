import { isDeepStrictEqual } from "node:util";
import { type CommandContext, command, type JobDone } from "../src/chat/command.ts";
import { viewerOf } from "../src/chat/request.ts";
import { escapeText } from "../src/richText.ts";
import { MAX_SEEDS } from "../src/runs/kinds/common.ts";
import type { RunReport } from "../src/runs/report.ts";
import type { Run } from "../src/store/runs.ts";
import { MAX_INTEGER } from "../src/store/schema.ts";
import { shortId } from "./parts/requests.ts";
import { AnyReport } from "./parts/runAnswer.ts";
import { argsOf, commandOf } from "./parts/runCommandLine.ts";
import { requestRun } from "./parts/runRequest.ts";
import { findRun, lookForRun, suggestRuns } from "./parts/runs.ts";

/** What a report's spec decides, without what the machine does: its times, its names and how often it was interrupted. */
const figuresOf = ({ arms, summary, gain }: RunReport) => ({ arms, summary, gain });

/** How the second run went beside the first; nothing where they had nothing in common to go by. */
const besideFirst = async (context: CommandContext, first: Run, { output: { report } }: JobDone<"run">): Promise<string[]> => {
  const [own] = await context.store.runs.find(context.id, viewerOf(context));
  const id = shortId(first.id);
  if (own && own.dataVersion !== first.dataVersion) {
    const data = escapeText(first.data);
    const text = {
      en: `⚠️ **${data}** has changed since \`${id}\`, so the two say different things.`,
      ko: `⚠️ \`${id}\` 이후로 **${data}** 데이터가 바뀌어서 두 결과를 그대로 견줄 수 없어요.`,
    };
    return [text[context.lang]];
  }
  const { seed, seeds } = report.spec;
  if (!first.report || first.status !== "done" || report.cancelled || first.spec.seed !== seed || first.spec.seeds !== seeds)
    return [];
  const isSame = isDeepStrictEqual(figuresOf(first.report), figuresOf(report));
  const text = isSame
    ? { en: `The same figures as \`${id}\`, to the last digit.`, ko: `\`${id}\`의 결과와 마지막 자리까지 같아요.` }
    : {
        en: `⚠️ Not the same figures as \`${id}\`: the two were computed by different engines or processors.`,
        ko: `⚠️ \`${id}\`의 결과와 달라요. 두 실험을 서로 다른 엔진이나 프로세서로 계산했어요.`,
      };
  return [text[context.lang]];
};

/** Does what somebody's run of the group did once more: by the same spec, with its seed or another one. */
export const rerun = command({
  name: "rerun",
  ko: "다시실험",
  about: { en: "Repeat a run: the same seed gives the same result", ko: "실험을 다시 하기. 같은 시드면 같은 결과" },
  options: {
    id: {
      kind: "text",
      ko: "번호",
      about: { en: "the first characters of its id; your newest run when left out", ko: "번호의 앞부분. 비우면 내 최근 실험" },
      suggest: suggestRuns,
    },
    seed: {
      kind: "number",
      ko: "시드",
      about: { en: "another seed; the run's own when left out", ko: "다른 시드. 비우면 그 실험의 시드" },
      min: 0,
      max: MAX_INTEGER,
      whole: true,
    },
    seeds: {
      kind: "number",
      ko: "시드수",
      about: {
        en: "repeat with so many seeds; as many as the run had when left out",
        ko: "반복할 시드 수. 비우면 그 실험과 같게",
      },
      min: 1,
      max: MAX_SEEDS,
      whole: true,
    },
  },
  data: AnyReport.describe("as of the command that is repeated"),
  run: async (context, { id, seed, seeds }) => {
    const { spec } = await findRun(context, id);
    return requestRun(context, { ...spec, ...(seed !== undefined && { seed }), ...(seeds !== undefined && { seeds }) });
  },
  answer: async (context, { id }, done) => {
    const { spec } = done.output.report;
    const found = commandOf(context.services.commands, spec);
    if (!found?.command.answer) throw new Error(`Expected a command that asks for runs of the kind ${spec.kind}`);
    const { data, text, ...reply } = await found.command.answer(context, argsOf(found.command, spec), done);
    const first = await lookForRun(context, id);
    const lines = first ? await besideFirst(context, first, done) : [];
    return { ...reply, text: [text, ...lines].join("\n"), data: AnyReport.parse(data) };
  },
});
