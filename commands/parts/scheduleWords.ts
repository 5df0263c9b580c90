import type { Recurrence } from "../../src/recurrence.ts";
import type { Language } from "../../src/text.ts";
import { daysText } from "./weekdays.ts";

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
