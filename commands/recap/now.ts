import { z } from "zod";
import { type CommandContext, command } from "../../src/chat/command.ts";
import { REMAKING } from "../../src/chat/recaps.ts";
import type { RecapSpec } from "../../src/store/groupTables.ts";
import { columnsOf } from "../../src/store/requests.ts";
import { addDays, dayOf, instantOf } from "../../src/zonedTime.ts";
import { groupZone } from "../parts/days.ts";
import { CountsData, countsIn } from "../parts/recapFigures.ts";
import { gatherFor } from "../parts/recapGather.ts";
import { recapMaker, recapReply } from "../parts/recapMaker.ts";

const periods = { day: 1, week: 7, month: 30 } as const;
type Period = keyof typeof periods;

/** The time that is meant: whole days up to now. The same for one request, however often it is asked. */
export const meantSpan = async (
  context: CommandContext,
  period: Period,
  more: Pick<RecapSpec, "form"> & Partial<RecapSpec>,
): Promise<RecapSpec> => {
  const timeZone = await groupZone(context);
  const first = addDays(dayOf(context.now, timeZone), 1 - periods[period]);
  const from = instantOf(first, "00:00", timeZone);
  return { from: from.toISOString(), to: context.now.toISOString(), timeZone, lang: context.lang, ...more };
};

/** Notes what an answer is about, so that it can be made again when somebody is to be left out of it. */
export const keepRecap = async (
  { id, store, place, now }: CommandContext,
  spec: RecapSpec,
  people: readonly string[],
): Promise<void> => {
  await store.recaps.add({ id, ...columnsOf(place), spec, people, at: now });
};

/** Which days. */
export const periodOption = {
  kind: "choice",
  ko: "기간",
  about: { en: "which days, up to now", ko: "지금까지의 기간" },
  of: ["day", "week", "month"],
  labels: { day: { en: "today", ko: "오늘" }, week: { en: "7 days", ko: "7일" }, month: { en: "30 days", ko: "30일" } },
} as const;

const dataOf = async (context: CommandContext, spec: RecapSpec) => {
  const gathered = await gatherFor(context, spec);
  return { from: spec.from, to: spec.to, people: [...gathered.people.values()], counts: countsIn(gathered) };
};

/** What the group did today, or lately, as a picture with its words. */
export const now = command({
  name: "now",
  ko: "지금",
  about: { en: "What the group did today, or lately, as a picture", ko: "오늘 또는 최근에 함께 한 것을 그림으로 보기" },
  options: { period: { ...periodOption, default: "day" } },
  data: z.object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    people: z.array(z.string()).describe("the names of who took part"),
    counts: CountsData,
  }),
  run: async (context, { period }) => {
    const spec = await meantSpan(context, period, { form: "recap" });
    const draft = await recapMaker.begin(context, spec, "line");
    await keepRecap(context, spec, draft?.people ?? []);
    if (draft && "job" in draft && draft.job.job === "recap") return draft.job;
    return { ...(await recapReply(context, spec, undefined)), data: await dataOf(context, spec) };
  },
  answer: async (context, { period }, { output }) => {
    const spec = await meantSpan(context, period, { form: "recap" });
    // Somebody chose to be left out while it was drawn.
    const isHidden = (await context.store.recaps.get(context.id))?.work != null;
    if (isHidden) void context.services.recaps.again(context.id);
    return {
      ...(isHidden ? { text: REMAKING[context.lang] } : await recapReply(context, spec, output)),
      data: await dataOf(context, spec),
    };
  },
});
