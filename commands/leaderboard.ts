import { z } from "zod";
import { type CommandContext, command } from "../src/chat/command.ts";
import { viewerOf } from "../src/chat/request.ts";
import { describe } from "../src/nets/backends/describe.ts";
import { findNet } from "../src/nets/index.ts";
import { percent, short } from "../src/numbers.ts";
import { escapeText } from "../src/richText.ts";
import { Accuracy } from "../src/runs/report.ts";
import type { Model } from "../src/store/models.ts";
import type { Run } from "../src/store/runs.ts";
import { isShipped } from "../src/store/shippedModels.ts";
import { type Table, tableIn } from "../src/table.ts";
import type { Language } from "../src/text.ts";
import { dataChoices, resolveData } from "./parts/data.ts";
import { shortId } from "./parts/requests.ts";

import { newestRun } from "./parts/runs.ts";
import { accuracyText, mainSpread, trainedIn } from "./parts/runWords.ts";

const SHOWN = 15;

const Place = z.object({
  net: z.string().describe("the network, as the runs' specs name it; of a model that ships, the model"),
  how: z.string().describe("the kind of the run; `ships` for a model that comes with Peerlab"),
  accuracy: Accuracy.describe("on the test pictures, mean over the run's seeds"),
  seeds: z.int(),
  parameters: z.int().nullable().describe("trained numbers; null where they are not known"),
  run: z.string().nullable().describe("the run's id"),
  user: z.string().describe("who asked for it"),
});
type Place = z.infer<typeof Place>;

/** Trained numbers of what a run made: as its model's card says, or else as its network is published. */
const parametersOf = (net: string, model: string | undefined, models: readonly Model[]): number | null => {
  const card = models.find((it) => it.name === model)?.card;
  if (card) return card.params;
  const known = findNet(net);
  return known ? describe(known).parameters : null;
};

/** What a run achieved, without its control. A lesson compares networks that were made to be compared, so it takes no place. */
const placeOf = ({ id, kind, spec, report, userName }: Run, models: readonly Model[]): Place[] => {
  const spread = mainSpread(report);
  if (!report || !spread || kind === "lesson") return [];
  const net = trainedIn(spec);
  const parameters = parametersOf(net, report.model, models);
  return [{ net, how: kind, accuracy: spread.mean, seeds: spread.n, parameters, run: id, user: userName }];
};

/** Models that come with Peerlab and were trained on this data: something to be measured against. */
const shippedPlaces = (data: string, models: readonly Model[]): Place[] =>
  models.filter(isShipped).flatMap(({ name, card, addedBy }) => {
    const accuracy = card.metrics?.accuracy;
    if (card.lineage?.["dataset"] !== data || accuracy === undefined) return [];
    return [{ net: name, how: "ships", accuracy, seeds: 1, parameters: card.params, run: null, user: addedBy }];
  });

/** The best of each network and kind, best first. */
const ranked = (places: readonly Place[]): Place[] => {
  const best = new Map<string, Place>();
  for (const it of places) {
    const key = `${it.how} ${it.net}`;
    if (it.accuracy > (best.get(key)?.accuracy ?? -1)) best.set(key, it);
  }
  return [...best.values()].sort((a, b) => b.accuracy - a.accuracy).slice(0, SHOWN);
};

const columns = [
  { en: "Rank", ko: "순위", right: true },
  { en: "Network", ko: "신경망" },
  { en: "How", ko: "방법" },
  { en: "Accuracy", ko: "정확도", right: true },
  { en: "Params", ko: "파라미터", right: true },
  { en: "Run", ko: "실험" },
  { en: "Who", ko: "누가" },
] as const;
const tableOf = (places: readonly Place[], runs: readonly Run[], lang: Language): Table =>
  tableIn(
    lang,
    columns,
    places.map(({ net, how, accuracy, parameters, run, user }, index) => {
      const spread = mainSpread(runs.find((it) => it.id === run)?.report ?? null);
      return [
        String(index + 1),
        net,
        how === "ships" ? { en: "ships with Peerlab", ko: "기본 제공" }[lang] : how,
        spread ? accuracyText(spread) : percent(accuracy),
        parameters === null ? "-" : short(parameters),
        run === null ? "-" : shortId(run),
        user,
      ];
    }),
  );

/** The data set that is meant: the newest run's where none is named. */
const dataOf = async (context: CommandContext, typed?: string): Promise<string> =>
  typed === undefined ? ((await newestRun(context))?.data ?? "shapes") : (await resolveData(context, typed)).name;

/** Who is best on a data set in this group. Runs that were stopped do not count, nor do controls. */
export const leaderboard = command({
  name: "leaderboard",
  ko: "순위",
  about: { en: "The best networks on a data set in this group", ko: "우리 그룹에서 데이터셋마다 가장 좋은 신경망" },
  options: {
    data: {
      kind: "text",
      ko: "데이터",
      about: { en: "the data set; the newest run's when left out", ko: "데이터셋. 비우면 최근 실험의 데이터셋" },
      suggest: dataChoices,
    },
  },
  data: z.object({
    data: z.string().describe("the data set's name"),
    places: z.array(Place).describe("the best of each network and kind of run, best first"),
  }),
  run: async (context, args) => {
    const { lang, store, place } = context;
    const data = await dataOf(context, args.data);
    const models = await store.models.list(place.group);
    const runs = await store.runs.on(data, viewerOf(context));
    const places = ranked([...runs.flatMap((it) => placeOf(it, models)), ...shippedPlaces(data, models)]);
    const [best] = places;
    const name = `**${escapeText(data)}**`;
    if (!best) {
      const text = {
        en: `Nothing has been trained on ${name} here yet. \`/train data:${escapeText(data)}\` would lead.`,
        ko: `${name} 데이터로 학습한 실험이 아직 없어요. \`/학습 데이터:${escapeText(data)}\`을 보내면 바로 1위예요.`,
      };
      return { text: text[lang], data: { data, places } };
    }
    const text = {
      en: `${name}: **${escapeText(best.net)}** leads with ${percent(best.accuracy)}.`,
      ko: `${name}: **${escapeText(best.net)}** 신경망이 ${percent(best.accuracy)}로 1위예요.`,
    };
    return { text: text[lang], table: tableOf(places, runs, lang), data: { data, places } };
  },
});
