import { z } from "zod";
import { type CommandContext, command } from "../src/chat/command.ts";
import { viewerOf } from "../src/chat/request.ts";
import { percent, short } from "../src/numbers.ts";
import { escapeText } from "../src/richText.ts";
import type { Run } from "../src/store/runs.ts";
import { type Table, tableIn } from "../src/table.ts";
import type { Language } from "../src/text.ts";
import { dataChoices, resolveData } from "./parts/data.ts";
import { Place, placeOf, ranked, shippedPlaces } from "./parts/places.ts";
import { shortId } from "./parts/requests.ts";
import { newestRun } from "./parts/runs.ts";
import { accuracyText, mainSpread } from "./parts/runWords.ts";

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
    const { lang, store, place, user } = context;
    const data = await dataOf(context, args.data);
    const models = await store.models.list(place.group);
    const leftOut = await store.privacy.leftOut();
    const runs = (await store.runs.on(data, viewerOf(context))).filter(
      ({ userId }) => userId === user.id || !leftOut.has(userId),
    );
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
