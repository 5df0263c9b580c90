import { z } from "zod";
import { cardTopics, topicNames } from "../../src/cardTopics.ts";
import { allCommands, type CommandEntry } from "../../src/chat/command.ts";
import { Prediction } from "../../src/models/prediction.ts";
import { shownLabel } from "../../src/models/shownLabel.ts";
import { percent } from "../../src/numbers.ts";
import { plainMath } from "../../src/plainMath.ts";
import { escapeText, plainText } from "../../src/richText.ts";
import type { NoteKind } from "../../src/store/groupTables.ts";
import type { RequestRow } from "../../src/store/requests.ts";
import type { Run } from "../../src/store/runs.ts";
import type { Language, Text } from "../../src/text.ts";
import { countedAs, type Gathered } from "./gathered.ts";
import { verdictWords } from "./hypothesisWords.ts";
import { learningCard } from "./learningCards.ts";
import { noteNames } from "./noteWords.ts";
import { shortId } from "./requests.ts";
import { accuracyOfRun, titleOf } from "./runs.ts";
import { gainText, statusText } from "./runWords.ts";

const CardTopicName = z.enum(cardTopics);

/** The four parts of a day's study log. */
export const partNames = {
  reviewed: { en: "Reviewed", ko: "복습한 것" },
  tried: { en: "Tried, and what came out", ko: "해 본 것과 결과" },
  discussed: { en: "Discussed", ko: "함께 이야기한 것" },
  takenAway: { en: "Taken away", ko: "얻은 것" },
} as const satisfies Record<string, Text>;
export type PartName = keyof typeof partNames;
export const partKeys = Object.keys(partNames) as PartName[];

/** A line of one part: plain text, whose it is, and the id by which commands know it. */
export interface PartLine {
  who: string;
  text: string;
  id?: string | undefined;
}
export type FourParts = Readonly<Record<PartName, PartLine[]>>;

const partOfNote: Readonly<Record<NoteKind, PartName>> = {
  ...{ review: "reviewed", trouble: "discussed", peer: "discussed", retro: "takenAway" },
};

/** So much of an answer's first line says what came of it. */
const MOST_RESULT = 90;
const inShort = (text: string, most: number) => (text.length > most ? `${text.slice(0, most).trimEnd()}…` : text);

/** What one model said of a picture. */
const Said = z.object({ model: z.string(), top: z.tuple([Prediction], z.unknown()) });

/** What an answer says first, in the language in which it was given; the class of a picture as readers call it. */
const resultOf = ({ command, reply }: Pick<RequestRow, "command" | "reply">, lang: Language): string => {
  const said = command === "classify" ? Said.safeParse(reply?.data).data : undefined;
  if (said) return `${said.model}: ${shownLabel(said.top[0], lang)} ${percent(said.top[0].probability)}`;
  const first = plainText(reply?.text.split("\n")[0] ?? "");
  // A seed tells how to get the same again, not what came out.
  return inShort(first.replace(/ · (?:seed|시드) \d+/, ""), MOST_RESULT);
};

/** A command's name as it is typed in a language. */
export const commandName = (entries: readonly CommandEntry[], path: string, lang: Language): string => {
  const found = allCommands(entries).find((it) => it.path === path);
  return `/${found ? { en: found.path, ko: found.ko }[lang] : path}`;
};

/** The requests of one person for the same thing as one line: "/augment ×3", with what came of the last. */
const groupedRequests = (rows: readonly RequestRow[], entries: readonly CommandEntry[], lang: Language): PartLine[] => {
  const groups = new Map<string, RequestRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.userId, row.command, row.args["topic"]]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((all) => {
    const last = all.at(-1);
    if (!last) return [];
    const name = commandName(entries, last.command, lang);
    const topic = CardTopicName.safeParse(last.args["topic"]).data;
    const result = resultOf(last, lang);
    return [
      {
        who: last.userName,
        text: `${name}${topic ? ` ${topicNames[topic][lang]}` : ""}${all.length > 1 ? ` ×${all.length}` : ""}${result ? ` · ${result}` : ""}`,
      },
    ];
  });
};

/** Which topics each person was quizzed about; who knew what is not told. */
const quizLines = (rows: readonly RequestRow[], entries: readonly CommandEntry[], lang: Language): PartLine[] => {
  const people = new Map(rows.map((it) => [it.userId, it.userName]));
  return [...people].map(([id, who]) => {
    const own = rows.filter((it) => it.userId === id);
    const topics = new Set(own.map((it) => CardTopicName.safeParse(it.args["topic"]).data));
    const titles = [...topics].flatMap((it) => (it === undefined ? [] : [learningCard(it, lang).title]));
    return {
      who,
      text: `${commandName(entries, "quiz", lang)}${own.length > 1 ? ` ×${own.length}` : ""} · ${titles.join(", ")}`,
    };
  });
};

const runLine = (run: Run, lang: Language): PartLine => {
  const { report, spec, status, userName, id } = run;
  const gain = report?.gain ? `${{ en: "gain", ko: "대조군 대비" }[lang]} ${gainText(report.gain, spec.seeds)}` : undefined;
  const hypothesis = spec.hypothesis === undefined ? undefined : `“${spec.hypothesis}”`;
  const facts = [titleOf(run), statusText(status, lang), accuracyOfRun(run), gain, hypothesis].filter((it) => it !== undefined);
  return { who: userName, text: facts.join(" · "), id: shortId(id) };
};

/** What was gathered, in four parts. What came of runs and what was settled comes first among what was tried. */
export const fourParts = (
  { requests, runs, notes, settled }: Gathered,
  entries: readonly CommandEntry[],
  lang: Language,
): FourParts => {
  const noted = (part: PartName): PartLine[] =>
    notes
      .filter((it) => partOfNote[it.kind] === part)
      .map(({ userName, kind, text, id }) => ({
        who: userName,
        text: kind === "trouble" ? `(${noteNames.trouble[lang]}) ${text}` : text,
        id: shortId(id),
      }));
  const isQuiz = (it: RequestRow) => it.command === "quiz";
  const isReview = (it: RequestRow) => countedAs[it.command] === "reviewed";
  const verdicts = settled.flatMap(({ run, verdict }) =>
    verdict === null
      ? []
      : [{ who: run.userName, text: `${verdictWords[verdict][lang]}: ${run.spec.hypothesis ?? ""}`, id: shortId(run.id) }],
  );
  return {
    reviewed: [
      ...noted("reviewed"),
      ...groupedRequests(
        requests.filter((it) => isReview(it) && !isQuiz(it)),
        entries,
        lang,
      ),
      ...quizLines(requests.filter(isQuiz), entries, lang),
    ],
    tried: [
      ...runs.map((it) => runLine(it, lang)),
      ...verdicts,
      ...groupedRequests(
        requests.filter((it) => !isReview(it)),
        entries,
        lang,
      ),
    ],
    discussed: noted("discussed"),
    takenAway: noted("takenAway"),
  };
};

/** The parts for where nothing sets a formula: a chat, a picture. */
export const withPlainMath = (parts: FourParts): FourParts => {
  const plain = (lines: readonly PartLine[]) => lines.map((it) => ({ ...it, text: plainMath(it.text) }));
  return { ...parts, ...Object.fromEntries(partKeys.map((it) => [it, plain(parts[it])])) };
};

/** The parts as text with marks, each with at most so many lines; parts of which nothing is known are left out. */
export const partsText = (parts: FourParts, lang: Language, most: number): string =>
  partKeys
    .filter((name) => parts[name].length > 0)
    .map((name) => {
      const lines = parts[name].slice(0, most).map(({ who, text, id }) => {
        const known = id === undefined ? "" : ` \`${id}\``;
        return `· ${escapeText(who)}: ${escapeText(text)}${known}`;
      });
      const left = parts[name].length - lines.length;
      const more = { en: `· and ${left} more`, ko: `· 그 밖에 ${left}개` }[lang];
      return [`**${partNames[name][lang]}**`, ...lines, ...(left > 0 ? [more] : [])].join("\n");
    })
    .join("\n\n");
