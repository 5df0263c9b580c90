import { z } from "zod";
import { type CommandContext, command } from "../src/chat/command.ts";
import { viewerOf } from "../src/chat/request.ts";
import { UserError } from "../src/errors.ts";
import { escapeText } from "../src/richText.ts";
import { RunReport } from "../src/runs/report.ts";
import { type RunSpec, specs } from "../src/runs/spec.ts";
import { tableIn } from "../src/table.ts";
import type { Language } from "../src/text.ts";
import { shortId } from "./parts/requests.ts";
import { AnySpec } from "./parts/runAnswer.ts";
import { type EndedRun, findEnded, hasReport, suggestEnded, titleOf } from "./parts/runs.ts";
import { accuracyText, gainText, mainSpread, secondsText } from "./parts/runWords.ts";

/** Runs that are looked through for a second one. */
const SEARCHED = 20;

/** The two runs that are meant, the older one first where that is left to us. */
const pairOf = async (context: CommandContext, { a, b }: { a?: string | undefined; b?: string | undefined }) => {
  const named = [a, b].filter((it) => it !== undefined);
  const found: EndedRun[] = [];
  for (const id of named) found.push(await findEnded(context, id));
  if (found.length < 2) {
    const all = (await context.store.runs.list(viewerOf(context), SEARCHED, { ended: true })).filter(
      (it) => it.at <= context.now && it.id !== found[0]?.id,
    );
    const alike = found[0] ? all.filter((it) => it.kind === found[0]?.kind && it.data === found[0]?.data) : all;
    found.unshift(
      ...[...alike, ...all.filter((it) => !alike.includes(it))]
        .filter(hasReport)
        .slice(0, 2 - found.length)
        .reverse(),
    );
  }
  const [first, second] = found;
  if (!first || !second) throw new UserError("too_few_runs", {});
  return [first, second] as const;
};

/** A field of a spec as people read it. */
const fieldOf = (spec: RunSpec, name: string): string => {
  const value = (spec as Readonly<Record<string, unknown>>)[name];
  return value === undefined ? "-" : String(value);
};

/** The fields in which two specs differ, in the order of their schemas. */
const differingIn = (one: RunSpec, other: RunSpec): string[] => {
  const fields = [one, other].flatMap(({ kind }) => Object.keys(specs[kind].shape)).filter((it) => it !== "hypothesis");
  return [...new Set(fields)].filter((it) => fieldOf(one, it) !== fieldOf(other, it));
};

const spreadOf = ({ report }: EndedRun) => mainSpread(report);

/** What is set side by side, a row each: first what was asked differently, then what came of it. */
const rowsOf = (runs: readonly EndedRun[], differing: readonly string[], lang: Language): string[][] => {
  const row = (en: string, ko: string, cellOf: (run: EndedRun) => string) => [{ en, ko }[lang], ...runs.map(cellOf)];
  return [
    ...differing.map((field) => row(field, field, (it) => fieldOf(it.spec, field))),
    row("accuracy", "정확도", (it) => {
      const spread = spreadOf(it);
      return spread ? accuracyText(spread) : "-";
    }),
    row("gain over the control", "대조군 대비", ({ report, spec }) => (report.gain ? gainText(report.gain, spec.seeds) : "-")),
    row("time", "시간", ({ report }) => secondsText(report.seconds, lang)),
    row("who", "요청한 사람", (it) => it.userName),
  ];
};

/** The accuracy of the second beside that of the first, in a sentence that claims no more than the seeds bear. */
const finding = ([first, second]: readonly [EndedRun, EndedRun], lang: Language): string => {
  const [a, b] = [spreadOf(first), spreadOf(second)];
  const names = [first, second].map((it) => `**${escapeText(titleOf(it))}** (\`${shortId(it.id)}\`)`);
  const pair = names.join({ en: " and ", ko: ", " }[lang]);
  if (!a || !b) return pair;
  const points = 100 * (b.mean - a.mean);
  const size = Math.abs(points).toFixed(1);
  const id = `\`${shortId((points > 0 ? second : first).id)}\``;
  const isSingle = Math.min(a.n, b.n) < 2;
  // Two means of seeds that overlap say nothing about which is better.
  const isAlike = isSingle ? size === "0.0" : Math.abs(points) <= 100 * Math.max(a.std, b.std);
  const chance = {
    en: "; that is one seed, and `seeds:3` would show how much of it is chance",
    ko: " 시드가 하나뿐이니 `시드수:3`으로 우연인지 확인해 보세요.",
  }[lang];
  const said = isAlike
    ? {
        en: `They are ${size} points apart, no more than seeds are, so neither is better.`,
        ko: `차이(${size}%p)가 시드에 따른 차이보다 크지 않아서 어느 쪽이 낫다고 할 수 없어요.`,
      }
    : {
        en: `${id} is ${size} points better${isSingle ? chance : ""}.`,
        ko: `${id} 쪽이 ${size}%p 더 좋아요.${isSingle ? chance : ""}`,
      };
  return `${pair}\n${said[lang]}`;
};

/** What is drawn of a run: the arm that it is about, and its control, of all seeds. */
const drawnOf = ({ id, report }: EndedRun) => ({
  ...{ id, name: shortId(id) },
  arms: (["main", "control"] as const).flatMap((role) => {
    const name = report[role];
    const own = report.arms.filter((it) => it.name === name);
    if (typeof name !== "string" || own.length === 0) return [];
    return [{ name, role, accuracies: own.map((it) => it.accuracy), curves: own.map((it) => it.curve) }];
  }),
});

const Compared = z.object({
  id: z.string(),
  spec: AnySpec,
  accuracy: z.number().nullable().describe("on the test pictures, mean over the seeds"),
  gain: RunReport.shape.gain,
  seconds: z.number(),
});

/** Two runs side by side: what was asked differently, and what came of it. */
export const compare = command({
  name: "compare",
  ko: "비교",
  about: { en: "Set two training runs side by side", ko: "학습 실험 두 개를 나란히 놓고 보기" },
  options: {
    a: {
      kind: "text",
      ko: "실험1",
      about: { en: "the first run's id; the one before when left out", ko: "첫 번째 실험의 번호. 비우면 그 이전 실험" },
      suggest: suggestEnded,
    },
    b: {
      kind: "text",
      ko: "실험2",
      about: { en: "the second run's id; the newest when left out", ko: "두 번째 실험의 번호. 비우면 가장 최근 실험" },
      suggest: suggestEnded,
    },
  },
  data: z.object({
    runs: z.array(Compared).describe("both, in the order of the table"),
    differing: z.array(z.string()).describe("the fields in which the two specs differ"),
  }),
  run: async (context, args) => {
    const { lang } = context;
    const [a, b] = await pairOf(context, args);
    const differences = differingIn(a.spec, b.spec).map((setting) => ({
      setting,
      values: [fieldOf(a.spec, setting), fieldOf(b.spec, setting)] as [string, string],
    }));
    const title = { en: "Two runs side by side", ko: "실험 두 개 비교" }[lang];
    return { job: "compareRuns", input: { title, runs: [drawnOf(a), drawnOf(b)], differences, lang } };
  },
  answer: async (context, _, { output: { picture, ids } }) => {
    const { lang } = context;
    const runs = [await findEnded(context, ids[0]), await findEnded(context, ids[1])] as const;
    const differing = differingIn(runs[0].spec, runs[1].spec);
    const columns = [{ en: "", ko: "" }, ...runs.map((it) => ({ en: shortId(it.id), ko: shortId(it.id), right: true as const }))];
    return {
      text: finding(runs, lang),
      table: tableIn(lang, columns, rowsOf(runs, differing, lang)),
      pictures: [picture],
      data: {
        runs: runs.map((it) => ({
          id: it.id,
          spec: it.spec,
          accuracy: spreadOf(it)?.mean ?? null,
          gain: it.report.gain,
          seconds: it.report.seconds,
        })),
        differing,
      },
    };
  },
});
