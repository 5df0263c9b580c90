import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { nextDue } from "../../src/recurrence.ts";
import { scheduledForms } from "../../src/store/groupTables.ts";
import { tableIn } from "../../src/table.ts";
import { whereText } from "../parts/postingPlace.ts";
import { shortId } from "../parts/requests.ts";
import { formNames, recurrenceText, whenText } from "../parts/scheduleWords.ts";

const columns = [
  { en: "Id", ko: "번호" },
  { en: "Post", ko: "내용" },
  { en: "Where", ko: "어디에" },
  { en: "When", ko: "언제" },
  { en: "Next", ko: "다음" },
  { en: "Empty days", ko: "빈 날" },
  { en: "By", ko: "누가" },
] as const;

/** The recaps and quizzes that are posted in this group, and whether they can be. */
export const list = command({
  name: "list",
  ko: "목록",
  about: { en: "The recaps and quizzes that are scheduled in this group", ko: "이 그룹에 예약된 요약과 퀴즈" },
  options: {},
  data: z.object({
    schedules: z.array(
      z.object({
        id: z.string(),
        form: z.enum(scheduledForms),
        channel: z.string().describe("the platform's id of the channel"),
        period: z.enum(["daily", "weekly"]),
        at: z.string(),
        days: z.array(z.int()).describe("0 is Sunday"),
        timeZone: z.string(),
        empty: z.enum(["line", "silent"]),
        next: z.iso.datetime().nullable().describe("null while it is paused"),
        paused: z.boolean().describe("the platform refused the last post: the channel was gone, or the bot was thrown out"),
      }),
    ),
  }),
  run: async (context) => {
    const { store, place, lang, now } = context;
    const all = await store.schedules.ofGroup(place);
    const data = all.map(({ id, form, channel, period, recurrence, empty, paused }) => ({
      ...{ id, form, channel, period, ...recurrence, empty, paused: paused !== null },
      next: paused === null ? nextDue(recurrence, now).at.toISOString() : null,
    }));
    if (all.length === 0) {
      const none = {
        en: "Nothing is scheduled here. `/recap schedule at:21:00` has a recap posted every evening.",
        ko: "예약된 글이 없어요. `/요약 예약 시각:21:00`을 보내면 매일 저녁에 올려 드려요.",
      };
      return { text: none[lang], data: { schedules: data } };
    }
    const isPaused = all.some((it) => it.paused !== null);
    const text = {
      en: `${all.length === 1 ? "One post is" : `${all.length} posts are`} scheduled.${isPaused ? " ⚠️ A paused one could not be posted: the platform refused it. Schedule it again when the channel can be reached." : ""}`,
      ko: `글 ${all.length}개가 예약돼 있어요.${isPaused ? " ⚠️ 멈춘 예약은 플랫폼이 거절해서 올리지 못했어요. 채널에 다시 들어갈 수 있게 되면 한 번 더 예약해 주세요." : ""}`,
    };
    const where = await Promise.all(all.map((it) => whereText(context, it)));
    const rows = all.map(({ id, form, recurrence, empty, paused, userName }, index) => [
      shortId(id),
      formNames[form][lang],
      where[index] ?? "",
      recurrenceText(recurrence, lang),
      paused === null ? whenText(nextDue(recurrence, now).at, recurrence.timeZone, lang) : { en: "⏸ paused", ko: "⏸ 멈춤" }[lang],
      { line: { en: "one line", ko: "한 줄" }, silent: { en: "nothing", ko: "올리지 않기" } }[empty][lang],
      userName,
    ]);
    return { text: text[lang], table: tableIn(lang, columns, rows), data: { schedules: data } };
  },
});
