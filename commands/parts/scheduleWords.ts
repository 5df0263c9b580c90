import type { Recurrence } from "../../src/recurrence.ts";
import type { ScheduledForm } from "../../src/store/groupTables.ts";
import type { Language, Text } from "../../src/text.ts";
import { daysText } from "./weekdays.ts";

/** What is posted, as it is said and typed. */
export const formNames: Readonly<Record<ScheduledForm, Text>> = {
  recap: { en: "recap", ko: "요약" },
  quiz: { en: "quiz", ko: "퀴즈" },
};

/** "every day at 21:00 (Asia/Seoul)" */
export const recurrenceText = ({ at, days, timeZone }: Recurrence, lang: Language): string =>
  ({ en: `${daysText(days, "en")} at ${at} (${timeZone})`, ko: `${daysText(days, "ko")} ${at}(${timeZone})에` })[lang];

/** A moment by a zone's clock: "Wed, 25 Nov, 21:00". */
export const whenText = (at: Date, timeZone: string, lang: Language): string =>
  new Intl.DateTimeFormat({ en: "en-GB", ko: "ko-KR" }[lang], {
    ...{ weekday: "short", day: "numeric", month: lang === "ko" ? "long" : "short", hour: "2-digit", minute: "2-digit" },
    hourCycle: "h23",
    timeZone,
  }).format(at);
