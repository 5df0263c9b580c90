import type { RecapContext, RecapDraft, RecapMaker } from "../../src/chat/recaps.ts";
import { contracts, type JobInput } from "../../src/jobs/contracts.ts";
import type { Button, Reply } from "../../src/reply.ts";
import { escapeText } from "../../src/richText.ts";
import type { RecapSpec } from "../../src/store/groupTables.ts";
import type { Run } from "../../src/store/runs.ts";
import type { Language } from "../../src/text.ts";
import { dayOf } from "../../src/zonedTime.ts";
import { answerBlog, beginBlog } from "./blog.ts";
import { dayText, spanText } from "./days.ts";
import { type FourParts, fourParts, type PartLine, partKeys, partNames, partsText, withPlainMath } from "./fourParts.ts";
import { type Gathered, isEmpty } from "./gathered.ts";
import { verdictSigns, verdictWords } from "./hypothesisWords.ts";
import { quizInvitation } from "./quizInvitation.ts";
import { conceptButton, conceptOf, conceptTitle } from "./recapConcept.ts";
import { confusedIn, countsOf, risenIn, streaksOf } from "./recapFigures.ts";
import { gatherFor, peopleIn, recapViewer } from "./recapGather.ts";
import { nextStep } from "./recapNext.ts";
import { shortId } from "./requests.ts";
import { accuracyOfRun, curvesOf, hasReport, titleOf } from "./runs.ts";
import { gainText, mainSpread, statusWords } from "./runWords.ts";

/** How much of everything a recap shows: it is for a phone's screen or two. */
const MOST = { pictures: 9, runs: 3, curves: 3, lines: 4, hypotheses: 6, streaks: 8, names: 6 } as const;
/** Lines of each part in the words beside the picture, and characters of each: all of it is one message on every platform (Discord: 2000). */
const [TEXT_LINES, LINE_LENGTH] = [3, 90];
/** The same in the thread below it, which says the rest. */
const [THREAD_LINES, THREAD_LINE_LENGTH] = [15, 300];

/** The runs that are drawn: the best first. */
const bestRuns = ({ runs }: Gathered): Run[] =>
  runs
    .filter(hasReport)
    .toSorted((a, b) => (mainSpread(b.report)?.mean ?? 0) - (mainSpread(a.report)?.mean ?? 0))
    .slice(0, MOST.runs);

const drawnRun = (run: Run, lang: Language): JobInput<"recap">["runs"][number] => {
  const { report, spec, status, userName, id } = run;
  const gain =
    report?.gain &&
    { en: `gain ${gainText(report.gain, spec.seeds)}`, ko: `대조군 대비 ${gainText(report.gain, spec.seeds)}` }[lang];
  const facts = [userName, accuracyOfRun(run), gain, status === "done" ? undefined : statusWords(status, lang), shortId(id)];
  return { title: titleOf(run), subtitle: facts.filter((it) => it).join(" · "), curves: curvesOf(run).slice(0, MOST.curves) };
};

const namesOf = (people: Gathered["people"], lang: Language): string => {
  const names = [...people.values()];
  const more = names.length - MOST.names;
  const shown = names.slice(0, MOST.names).join(", ");
  return more > 0 ? { en: `${shown} and ${more} more`, ko: `${shown} 외 ${more}명` }[lang] : shown;
};

const titleFor = ({ from, to, timeZone, lang }: RecapSpec): string =>
  ({ en: "Study recap", ko: "학습 요약" })[lang].concat(" · ", spanText(new Date(from), new Date(to), timeZone, lang));

/** The lines of parts without those of some runs, which are shown otherwise. */
const without = (parts: FourParts, runs: readonly Run[]): FourParts => {
  const ids = new Set(runs.map((it) => shortId(it.id)));
  return { ...parts, tried: parts.tried.filter((it) => it.id === undefined || !ids.has(it.id)) };
};

const inShort = (parts: FourParts, most: number): FourParts => {
  const short = ({ text, ...line }: PartLine) => ({
    ...line,
    text: text.length > most ? `${text.slice(0, most).trimEnd()}…` : text,
  });
  return { ...parts, ...Object.fromEntries(partKeys.map((it) => [it, parts[it].map(short)])) };
};

/** The parts with all that there is no room for beside the picture; nothing where all is there. */
const restText = (parts: FourParts, lang: Language): string | undefined => {
  const isCut = partKeys.some((it) => parts[it].length > TEXT_LINES || parts[it].some(({ text }) => text.length > LINE_LENGTH));
  return isCut ? partsText(inShort(parts, THREAD_LINE_LENGTH), lang, THREAD_LINES) : undefined;
};

/** What is drawn, from what was done. */
const inputOf = async (context: RecapContext, spec: RecapSpec, gathered: Gathered): Promise<JobInput<"recap">> => {
  const { lang, place, services } = context;
  const viewer = recapViewer(context);
  const runs = bestRuns(gathered);
  const settledRuns = gathered.settled.map((it) => it.run);
  const parts = without(withPlainMath(fourParts(gathered, services.commands, lang)), [...runs, ...settledRuns]);
  const concept = conceptOf(gathered);
  const next = await nextStep(context, viewer, gathered);
  const streaks = await streaksOf(context, place.group, gathered, spec.timeZone);
  return {
    lang,
    ...{ title: titleFor(spec), subtitle: namesOf(gathered.people, lang), counts: countsOf(gathered, lang) },
    collage: gathered.pictures.slice(0, MOST.pictures).map(({ file, by }) => ({ blob: file.blob, caption: by })),
    parts: partKeys
      .filter((part) => parts[part].length > 0 || (part === "tried" && runs.length > 0))
      .map((part) => ({
        ...{ part, title: partNames[part][lang], left: Math.max(0, parts[part].length - MOST.lines) },
        lines: parts[part].slice(0, MOST.lines).map(({ who, text }) => ({ who, text })),
      })),
    runs: runs.map((it) => drawnRun(it, lang)),
    risen: await risenIn(context, viewer, gathered),
    hypotheses: gathered.settled.slice(0, MOST.hypotheses).flatMap(({ run, verdict }) => {
      if (verdict === null) return [];
      const evidence = [
        titleOf(run),
        run.report?.gain ? gainText(run.report.gain, run.spec.seeds) : accuracyOfRun(run),
        shortId(run.id),
      ];
      return [
        {
          text: run.spec.hypothesis ?? "",
          verdict,
          word: verdictWords[verdict][lang],
          evidence: evidence.filter((it) => it).join(" · "),
        },
      ];
    }),
    confused: confusedIn(gathered, lang),
    streaks: streaks.slice(0, MOST.streaks).map(({ name, days }) => ({ name, days })),
    ...(concept && { concept: { title: conceptTitle(concept, lang), why: concept.why[lang] } }),
    tomorrow: next.about[lang],
  };
};

/** Nothing happened: one line that says so, and something to begin with. */
const emptyReply = async (context: RecapContext, spec: RecapSpec, gathered: Gathered): Promise<Reply> => {
  const { lang } = context;
  const next = await nextStep(context, recapViewer(context), gathered);
  const text = {
    en: `**${titleFor(spec)}**: nothing was tried or noted. ${next.about.en}`,
    ko: `**${titleFor(spec)}**: 해 본 것도 적은 것도 없었어요. ${next.about.ko}`,
  };
  return { text: text[lang], buttons: [{ label: next.label[lang], ...next.button }] };
};

/** The words of a recap, with what it leads on to as buttons. */
export const recapReply = async (context: RecapContext, spec: RecapSpec, output: unknown): Promise<Reply> => {
  const { lang, services } = context;
  const gathered = await gatherFor(context, spec);
  if (isEmpty(gathered)) return emptyReply(context, spec, gathered);
  const { data: drawn } = contracts.recap.output.safeParse(output);
  const parts = withPlainMath(fourParts(gathered, services.commands, lang));
  const rest = restText(parts, lang);
  const settled = gathered.settled.flatMap(({ verdict }) => (verdict === null ? [] : [verdictSigns[verdict]]));
  const counts = countsOf(gathered, lang).map(({ label, value }) => `${label} ${value}`);
  const head = [`**${titleFor(spec)}**`, escapeText(namesOf(gathered.people, lang))].join("\n");
  const figures = [counts.join(" · "), settled.join("")].filter((it) => it !== "").join(" · ");
  const next = await nextStep(context, recapViewer(context), gathered);
  const concept = conceptOf(gathered);
  const day = dayOf(new Date(new Date(spec.to).getTime() - 1), spec.timeZone);
  const whole: Button = {
    label: { en: `📒 Log of ${dayText(day, lang)}`, ko: `📒 ${dayText(day, lang)} 일지` }[lang],
    command: "log",
    args: { day },
  };
  return {
    text: [`${head}\n${figures}`, partsText(inShort(parts, LINE_LENGTH), lang, TEXT_LINES)].join("\n\n"),
    ...(rest && { inThread: rest }),
    ...(drawn && { pictures: [drawn.picture] }),
    buttons: [{ label: next.label[lang], ...next.button }, ...(concept ? [conceptButton(concept, lang)] : []), whole],
  };
};

const beginRecap = async (context: RecapContext, spec: RecapSpec, empty: "line" | "silent"): Promise<RecapDraft | undefined> => {
  const gathered = await gatherFor(context, spec);
  const people = peopleIn(gathered);
  if (!isEmpty(gathered)) return { people, job: { job: "recap", input: await inputOf(context, spec, gathered) } };
  return empty === "silent" ? undefined : { people, reply: await emptyReply(context, spec, gathered) };
};

const makers: Readonly<Record<RecapSpec["form"], RecapMaker>> = {
  recap: { begin: beginRecap, answer: recapReply },
  blog: { begin: beginBlog, answer: answerBlog },
  quiz: quizInvitation,
};

/** Where the words and figures of what is posted at certain times, and of blog posts, come from. */
export const recapMaker: RecapMaker = {
  begin: (context, spec, empty) => makers[spec.form].begin(context, spec, empty),
  answer: (context, spec, output) => makers[spec.form].answer(context, spec, output),
};
