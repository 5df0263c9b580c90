import { z } from "zod";
import type { CommandContext } from "../../src/chat/command.ts";
import { Evaluated } from "../../src/jobs/contracts/evaluate.ts";
import { shownClass } from "../../src/models/shownLabel.ts";
import { percent } from "../../src/numbers.ts";
import type { Viewer } from "../../src/store/references.ts";
import type { Language, Text } from "../../src/text.ts";
import { addDays, dayOf } from "../../src/zonedTime.ts";
import { countedAs, type Gathered } from "./gathered.ts";
import { type Place, placeOf, ranked, shippedPlaces } from "./places.ts";

const DAY_MS = 24 * 3600_000;
/** A streak is looked for over so many days. */
const STREAK_DAYS = 60;
const [MOST_CONFUSED, MOST_RISEN] = [4, 5];

/** What is counted, in the order in which it is told. */
export const countNames = {
  people: { en: "people", ko: "참여" },
  pictures: { en: "pictures", ko: "사진" },
  augmented: { en: "augmented", ko: "증강" },
  classified: { en: "classified", ko: "분류" },
  labelled: { en: "labelled", ko: "라벨" },
  runs: { en: "runs", ko: "실험" },
  notes: { en: "notes", ko: "기록" },
} as const satisfies Record<string, Text>;
type Counts = Record<keyof typeof countNames, number>;
/** As programs get it. */
export const CountsData = z.object({
  people: z.int(),
  pictures: z.int().describe("different ones that were sent with commands and notes"),
  augmented: z.int().describe("requests for augmentations and mixtures"),
  classified: z.int().describe("requests for classes and their explanations"),
  labelled: z.int().describe("requests that labelled pictures or made data sets"),
  runs: z.int(),
  notes: z.int(),
});

/** How much of everything was done. */
export const countsIn = (gathered: Gathered): Counts => {
  const asked = (as: string) => gathered.requests.filter((it) => countedAs[it.command] === as).length;
  return {
    ...{ people: gathered.people.size, pictures: gathered.pictures.length, augmented: asked("augmented") },
    ...{ classified: asked("classified"), labelled: asked("labelled"), runs: gathered.runs.length, notes: gathered.notes.length },
  };
};

/** The same in words, without what is none. */
export const countsOf = (gathered: Gathered, lang: Language): { label: string; value: string }[] => {
  const counts = countsIn(gathered);
  const names = Object.keys(countNames) as (keyof Counts)[];
  return names.filter((it) => counts[it] > 0).map((it) => ({ label: countNames[it][lang], value: String(counts[it]) }));
};

/** What evaluations and runs say of errors; a run's data set stands in its spec. */
const Confused = z.object({
  confused: Evaluated.shape.confused,
  data: z.string().optional(),
  spec: z.object({ data: z.string() }).optional().catch(undefined),
});

/** The errors that evaluations and runs found most often, most frequent first, with classes as they are called in that language. */
export const confusedIn = (
  { requests, runs }: Pick<Gathered, "requests" | "runs">,
  lang: Language,
): { actual: string; predicted: string; count: number }[] => {
  const pairs = new Map<string, { actual: string; predicted: string; count: number }>();
  const evaluated = requests.filter((it) => it.command === "evaluate").map((it) => it.reply?.data);
  for (const found of [...evaluated, ...runs.map((it) => it.report)]) {
    const { confused = [], data, spec } = Confused.safeParse(found).data ?? {};
    for (const { count, ...pair } of confused) {
      const [actual, predicted] = [pair.actual, pair.predicted].map((it) => shownClass(data ?? spec?.data, it, lang)) as [
        string,
        string,
      ];
      const key = JSON.stringify([actual, predicted]);
      pairs.set(key, { actual, predicted, count: count + (pairs.get(key)?.count ?? 0) });
    }
  }
  return [...pairs.values()].sort((a, b) => b.count - a.count).slice(0, MOST_CONFUSED);
};

/** Those of the runs that took a place on a leaderboard, or a better one, in that time. */
export const risenIn = async (
  { store }: Pick<CommandContext, "store">,
  viewer: Viewer,
  { runs, span }: Pick<Gathered, "runs" | "span">,
): Promise<{ name: string; data: string; from: number | null; to: number; accuracy: string }[]> => {
  const ids = new Set(runs.map((it) => it.id));
  const models = await store.models.list(viewer.groupId);
  const leftOut = await store.privacy.leftOut();
  const risen = [];
  for (const data of new Set(runs.map((it) => it.data))) {
    const all = (await store.runs.on(data, viewer)).filter((it) => it.at < span.to && !leftOut.has(it.userId));
    const shipped = shippedPlaces(data, models);
    const board = (part: typeof all) => ranked([...part.flatMap((it) => placeOf(it, models)), ...shipped]);
    const before = board(all.filter((it) => it.at < span.from));
    const isSame = (a: Place, b: Place) => a.net === b.net && a.how === b.how;
    for (const [index, place] of board(all).entries()) {
      if (place.run === null || !ids.has(place.run)) continue;
      const was = before.findIndex((it) => isSame(it, place));
      const [from, to] = [was < 0 ? null : was + 1, index + 1];
      if (from !== null && to >= from) continue;
      risen.push({ name: `${place.net} (${place.how}), ${place.user}`, data, from, to, accuracy: percent(place.accuracy) });
    }
  }
  return risen.sort((a, b) => a.to - b.to).slice(0, MOST_RISEN);
};

/** On how many days in a row, up to the last, those took part who want it to be told; from two days on. */
export const streaksOf = async (
  { store }: Pick<CommandContext, "store">,
  groupId: string,
  { people, span }: Pick<Gathered, "people" | "span">,
  timeZone: string,
): Promise<{ userId: string; name: string; days: number }[]> => {
  const telling = await store.privacy.streaking();
  const ids = [...people.keys()].filter((it) => telling.has(it));
  const since = new Date(span.to.getTime() - STREAK_DAYS * DAY_MS);
  const days = new Map<string, Set<string>>(ids.map((it) => [it, new Set()]));
  for (const { userId, at } of await store.requests.activity(groupId, ids, since)) {
    if (at < span.to) days.get(userId)?.add(dayOf(at, timeZone));
  }
  const lastDay = dayOf(new Date(span.to.getTime() - 1), timeZone);
  const streaks = ids.map((userId) => {
    let count = 0;
    for (let day = lastDay; days.get(userId)?.has(day); day = addDays(day, -1)) count++;
    return { userId, name: people.get(userId) ?? "", days: count };
  });
  return streaks.filter((it) => it.days > 1).sort((a, b) => b.days - a.days);
};
