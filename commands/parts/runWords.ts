import type { RunReport, Spread } from "../../src/runs/report.ts";
import type { RunKind, RunSpec, SpecOf } from "../../src/runs/spec.ts";
import type { RunStatus } from "../../src/store/schema.ts";
import type { Language, Text } from "../../src/text.ts";

/** What the network of a kind of run is called, for its model's name. */
const trained: { readonly [K in RunKind]: (spec: SpecOf<K>) => string } = {
  train: ({ net }) => net,
  distill: ({ student }) => student,
  transfer: ({ model }) => model.split(".")[0] ?? model,
  pseudolabel: ({ net }) => net,
  fixmatch: ({ net }) => net,
  selftrain: ({ net }) => net,
  policysearch: ({ net }) => net,
  lesson: ({ topic }) => topic,
};
export const trainedIn = (spec: RunSpec): string => (trained[spec.kind] as (spec: RunSpec) => string)(spec);

/** A run in few words: what it is about beside its kind. */
export const subjectOf = (spec: RunSpec): string =>
  spec.kind === "distill" ? `${spec.teacher} → ${spec.student}` : spec.kind === "transfer" ? spec.model : trainedIn(spec);

/** How runs stand, in words, and the sign before them where text is shown: the font of our pictures has none. */
const statuses: Readonly<Record<RunStatus, { sign: string; words: Text }>> = {
  waiting: { sign: "⏳", words: { en: "under way", ko: "진행 중" } },
  done: { sign: "✅", words: { en: "done", ko: "완료" } },
  cancelled: { sign: "⏹", words: { en: "stopped", ko: "멈춤" } },
  failed: { sign: "❌", words: { en: "failed", ko: "실패" } },
};
export const statusWords = (status: RunStatus, lang: Language): string => statuses[status].words[lang];
export const statusText = (status: RunStatus, lang: Language): string => `${statuses[status].sign} ${statusWords(status, lang)}`;

/** The accuracy of the arm that a run is about, over its seeds, where it has one. */
export const mainSpread = (report: Pick<RunReport, "main" | "summary"> | null): Spread | undefined =>
  report?.summary[report.main ?? ""];

/** "87.3 %", and with several seeds "87.3 ± 0.4 %". */
export const accuracyText = ({ mean, std, n }: Spread): string =>
  n > 1 ? `${(100 * mean).toFixed(1)} ± ${(100 * std).toFixed(1)} %` : `${(100 * mean).toFixed(1)} %`;

const signed = (points: number): string => `${points < 0 ? "−" : "+"}${Math.abs(points).toFixed(1)}`;
/** "+2.1", and with several seeds "+2.1 ± 0.4": percentage points. */
export const gainText = ({ mean, std }: { mean: number; std: number }, seeds: number): string =>
  seeds > 1 ? `${signed(100 * mean)} ± ${(100 * std).toFixed(1)}` : signed(100 * mean);

/** How long a run took: "42 s", "12 min". */
export const secondsText = (seconds: number, lang: Language): string =>
  seconds < 120
    ? {
        en: `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`,
        ko: `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)}초`,
      }[lang]
    : { en: `${Math.round(seconds / 60)} min`, ko: `${Math.round(seconds / 60)}분` }[lang];
