import type { CommandContext } from "../../src/chat/command.ts";
import type { Choice } from "../../src/chat/options.ts";
import { viewerOf } from "../../src/chat/request.ts";
import { UserError } from "../../src/errors.ts";
import type { ArmReport, RunReport } from "../../src/runs/report.ts";
import type { Run } from "../../src/store/runs.ts";
import { ago, shortId } from "./requests.ts";
import { accuracyText, mainSpread, subjectOf } from "./runWords.ts";

/** Runs that are looked through where no id is given, and that are offered while one is typed. */
const SEARCHED = 100;

/** A run that has a report, also one that was stopped. */
export type EndedRun = Run & { report: RunReport };
export const hasReport = (run: Run): run is EndedRun => run.report !== null;

/** "train resnet8 · shapes": a run in one line of plain text. */
export const titleOf = ({ kind, spec, data }: Run): string => `${kind} ${subjectOf(spec)} · ${data}`;

/** A run's accuracy, where it has one: of the arm it is about, over its seeds. */
export const accuracyOfRun = ({ report }: Run): string | undefined => {
  const spread = mainSpread(report);
  return spread && accuracyText(spread);
};

const choicesOf =
  (only: { ended?: true }) =>
  async (context: CommandContext): Promise<readonly Choice[]> =>
    (await context.store.runs.list(viewerOf(context), SEARCHED, only)).map((run) => {
      const facts = [titleOf(run), accuracyOfRun(run), run.userName].filter((it) => it !== undefined).join(" · ");
      const when = ago(run.at, context.now);
      return { value: shortId(run.id), label: { en: `${facts}, ${when.en}`, ko: `${facts}, ${when.ko}` } };
    });

/** Completes the ids of the group's runs. */
export const suggestRuns = choicesOf({});
/** Completes the ids of those that have results. */
export const suggestEnded = choicesOf({ ended: true });

/** The newest run that was there when the command was given, the asker's own before others'. Always the same for one request. */
export const newestRun = async (context: CommandContext, only: { ended?: true } = {}): Promise<Run | undefined> => {
  const all = await context.store.runs.list(viewerOf(context), SEARCHED, only);
  const before = all.filter((it) => it.at <= context.now && it.id !== context.id);
  return before.find((it) => it.userId === context.user.id) ?? before[0];
};

/** The run whose id begins so, as far as the asker sees it, or the newest; nothing where there is none. */
export const lookForRun = async (context: CommandContext, id?: string): Promise<Run | undefined> => {
  if (id === undefined) return newestRun(context);
  const wanted = id.trim().toLowerCase();
  return wanted === "" ? undefined : (await context.store.runs.find(wanted, viewerOf(context)))[0];
};

/** The same; throws `unknown_run` or `no_runs` where there is none. */
export const findRun = async (context: CommandContext, id?: string): Promise<Run> => {
  const found = await lookForRun(context, id);
  if (found) return found;
  throw id === undefined ? new UserError("no_runs", {}) : new UserError("unknown_run", { id });
};

/** The same among those with results. Throws `run_without_result` where the one meant has none. */
export const findEnded = async (context: CommandContext, id?: string): Promise<EndedRun> => {
  const run = id === undefined ? await newestRun(context, { ended: true }) : await findRun(context, id);
  if (!run) throw new UserError("no_runs", {});
  if (!hasReport(run)) throw new UserError("run_without_result", { id: shortId(run.id), waiting: run.status === "waiting" });
  return run;
};

/** Completes the names of those who asked for the group's runs. */
export const suggestRunPeople = async (context: CommandContext): Promise<readonly Choice[]> => {
  const all = await context.store.runs.list(viewerOf(context), SEARCHED);
  return [...new Set(all.map((it) => it.userName))].map((name) => ({ value: name, label: { en: name, ko: name } }));
};

/** The arms whose curves are drawn, each of one seed: what the run is about, its control, and the rest. */
export const curvesOf = ({ report }: Run): { name: string; points: ArmReport["curve"] }[] => {
  if (!report) return [];
  const names = [report.main, report.control, ...Object.keys(report.summary)].filter((it) => typeof it === "string");
  return [...new Set(names)].flatMap((name) => {
    const points = report.arms.find((it) => it.name === name)?.curve ?? [];
    return points.length > 0 ? [{ name, points }] : [];
  });
};
