import { z } from "zod";
import { command } from "../src/chat/command.ts";
import { viewerOf } from "../src/chat/request.ts";
import { addDays, spanOfDay } from "../src/zonedTime.ts";
import { dayText, groupZone, meantDay } from "./parts/days.ts";
import { fourParts, partsText, withPlainMath } from "./parts/fourParts.ts";
import { gather, isEmpty } from "./parts/gathered.ts";

/** Lines of each part that are said; programs get all of them. */
const MOST_LINES = 15;
/** Pictures of notes that are shown. */
const MOST_PICTURES = 4;

const LogLine = z.object({
  who: z.string(),
  text: z.string(),
  id: z.string().optional().describe("by which commands know it: of a note, or of a run"),
});

/** The study log of a day: what was reviewed, what was tried and came out, what was discussed, what is taken away. */
export const log = command({
  name: "log",
  ko: "학습일지",
  about: { en: "The day's study log in four parts", ko: "하루의 학습 일지: 복습, 실험과 결과, 토의, 얻은 것" },
  options: {
    day: {
      kind: "text",
      ko: "날짜",
      about: { en: "today, yesterday, or a date like 2026-11-25", ko: "오늘, 어제, 또는 2026-11-25 같은 날짜" },
      default: "today",
      defaultKo: "오늘",
      suggest: async () => [
        { value: "today", label: { en: "today", ko: "오늘" }, ko: "오늘" },
        { value: "yesterday", label: { en: "yesterday", ko: "어제" }, ko: "어제" },
      ],
    },
  },
  data: z.object({
    day: z.iso.date().describe("by the group's time zone"),
    timeZone: z.string(),
    reviewed: z.array(LogLine),
    tried: z.array(LogLine),
    discussed: z.array(LogLine),
    takenAway: z.array(LogLine),
  }),
  run: async (context, { day: typed }) => {
    const { id, lang, now, place, store, services } = context;
    const timeZone = await groupZone(context);
    const day = meantDay(typed, now, timeZone);
    const gathered = await gather(context, viewerOf(context), spanOfDay(day, timeZone));
    const parts = fourParts(gathered, services.commands, lang);
    const title = `**${dayText(day, lang)}**`;
    const empty = {
      en: "Nothing was tried or noted. `/note review …` keeps what you learned.",
      ko: "아직 해 본 것도 적은 것도 없어요. `/기록 복습 …`으로 배운 것을 남겨 보세요.",
    }[lang];
    const before = addDays(day, -1);
    const noted = new Set(gathered.notes.map((it) => it.picture?.blob));
    const shown = gathered.pictures.filter(({ file }) => noted.has(file.blob)).slice(0, MOST_PICTURES);
    const pictures = shown.map(({ file, by }) => ({
      ...file,
      alt: file.alt ?? { en: `a picture by ${by}`, ko: `${by} 님의 사진` }[lang],
    }));
    // So that it goes from here too when whoever sent it has it erased.
    await store.datasets.shown(
      id,
      place.group,
      pictures.map((it) => it.blob),
    );
    return {
      text: `${title}\n${isEmpty(gathered) ? empty : partsText(withPlainMath(parts), lang, MOST_LINES)}`,
      ...(pictures.length > 0 && { pictures }),
      buttons: [{ label: { en: "◀ The day before", ko: "◀ 전날" }[lang], command: "log", args: { day: before } }],
      data: { day, timeZone, ...parts },
    };
  },
});
