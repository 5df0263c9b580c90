import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { requestId } from "../../src/chat/requestId.ts";
import { UserError } from "../../src/errors.ts";
import { nextDue } from "../../src/recurrence.ts";
import { isTimeZone, TimeOfDay } from "../../src/settings.ts";
import { scheduledForms } from "../../src/store/groupTables.ts";
import { columnsOf } from "../../src/store/requests.ts";
import { groupZone } from "../parts/days.ts";
import { checkMayPost } from "../parts/mayPost.ts";
import { channelOption, isHere, meantPlace, whereText } from "../parts/postingPlace.ts";
import { shortId } from "../parts/requests.ts";
import { formNames, recurrenceText, whenText } from "../parts/scheduleWords.ts";
import { meantDays } from "../parts/weekdays.ts";

/** Schedules that a channel can have. */
const MOST = 5;
const SUNDAY = 0;
const periods = ["daily", "weekly"] as const;
const empties = ["line", "silent"] as const;

const meantTime = (typed: string): string => {
  const [, hour = "", minute = "00"] = typed.trim().match(/^(\d{1,2})(?::(\d\d))?$/) ?? [];
  const { data } = TimeOfDay.safeParse(`${hour.padStart(2, "0")}:${minute}`);
  if (!data) throw new UserError("bad_time", { got: typed });
  return data;
};

/** Has a recap, or an invitation to the quiz, posted in a channel, every day or once a week. */
export const schedule = command({
  name: "schedule",
  ko: "예약",
  about: { en: "Post a recap or a quiz at a fixed time", ko: "정해진 시각마다 요약이나 퀴즈 올리기" },
  options: {
    period: {
      kind: "choice",
      ko: "주기",
      about: { en: "a recap of each day, or of each week", ko: "하루마다 또는 한 주마다" },
      of: periods,
      labels: { daily: { en: "daily", ko: "매일" }, weekly: { en: "weekly", ko: "매주" } },
      default: "daily",
    },
    at: { kind: "text", ko: "시각", about: { en: "the time of day", ko: "올릴 시각" }, default: "21:00" },
    days: {
      kind: "text",
      ko: "요일",
      about: {
        en: "mon,wed,fri, weekdays …; every day, or Sundays for weekly, when left out",
        ko: "월,수,금이나 평일 등. 비우면 매일, 주간은 일요일",
      },
    },
    tz: {
      kind: "text",
      ko: "시간대",
      about: {
        en: "whose clock, such as Asia/Seoul; the group's when left out",
        ko: "기준 시간대. 예: Asia/Seoul. 비우면 그룹의 시간대",
      },
      suggest: async () => Intl.supportedValuesOf("timeZone").map((value) => ({ value, label: { en: value, ko: value } })),
    },
    empty: {
      kind: "choice",
      ko: "빈날",
      about: { en: "when nothing happened: one line, or nothing at all", ko: "아무 일도 없던 날: 한 줄 올리기 또는 올리지 않기" },
      of: empties,
      labels: { line: { en: "one line", ko: "한 줄" }, silent: { en: "nothing", ko: "올리지 않기" } },
      default: "line",
    },
    post: {
      kind: "choice",
      ko: "내용",
      about: { en: "a recap, or one quiz question for each of you", ko: "요약 또는 각자에게 퀴즈 한 문제" },
      of: scheduledForms,
      labels: formNames,
      default: "recap",
    },
    channel: channelOption,
  },
  data: z.object({
    schedule: z.string().describe("its id"),
    form: z.enum(scheduledForms),
    next: z.iso.datetime().describe("when the next post is due"),
    timeZone: z.string(),
    days: z.array(z.int()).describe("0 is Sunday"),
    at: z.string(),
    channel: z.string().describe("the platform's id of the channel"),
  }),
  run: async (context, { period, at: typedTime, days: typedDays, tz, empty, post: form, channel: typedChannel }) => {
    const { store, user, lang, now, services } = context;
    await checkMayPost(context);
    const place = await meantPlace(context, typedChannel);
    if (tz !== undefined && !isTimeZone(tz)) throw new UserError("bad_time_zone", { got: tz });
    const recurrence = {
      at: meantTime(typedTime),
      days: typedDays === undefined ? (period === "weekly" ? [SUNDAY] : meantDays("everyday")) : meantDays(typedDays),
      timeZone: tz ?? (await groupZone(context)),
    };
    const there = JSON.stringify([
      place.group,
      place.channel,
      place.thread ?? null,
      period,
      recurrence.at,
      ...(form === "recap" ? [] : [form]),
    ]);
    const id = requestId(place.adapter, `schedule:${there}`);
    const others = (await store.schedules.list(place)).filter((it) => it.id !== id);
    if (others.length >= MOST) throw new UserError("too_many_schedules", { most: MOST });
    const whose = { userId: user.id, userName: user.name, lang };
    const columns = columnsOf(place);
    await store.schedules.set({ id, ...columns, ...whose, form, period, recurrence, empty, covered: now });
    await services.recaps.follow();
    const next = nextDue(recurrence, now).at;
    const words = recurrenceText(recurrence, lang);
    const where = isHere(context, place)
      ? { en: "here", ko: "이 채널" }[lang]
      : { en: `in ${await whereText(context, columns)}`, ko: `${await whereText(context, columns)} 채널` }[lang];
    const text = {
      en: `📅 A ${formNames[form].en} is posted ${where} ${words} (\`${shortId(id)}\`). The next: ${whenText(next, recurrence.timeZone, lang)}. \`/recap off\` ends it.`,
      ko: `📅 ${where}에 ${words} ${{ recap: "요약을", quiz: "퀴즈를" }[form]} 올릴게요(\`${shortId(id)}\`). 다음: ${whenText(next, recurrence.timeZone, lang)}. \`/요약 끄기\`로 끌 수 있어요.`,
    };
    return { text: text[lang], data: { schedule: id, form, next: next.toISOString(), ...recurrence, channel: place.channel } };
  },
});
