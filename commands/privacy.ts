import { z } from "zod";
import { command } from "../src/chat/command.ts";
import type { Text } from "../src/text.ts";

const onOff = ["on", "off"] as const;
const labels = { on: { en: "on", ko: "켜기" }, off: { en: "off", ko: "끄기" } } as const;
const state = (isOn: boolean): Text => (isOn ? { en: "on", ko: "켜짐" } : { en: "off", ko: "꺼짐" });

/** What the group may be told of what the asker does. Shows it when nothing is given. */
export const privacy = command({
  name: "privacy",
  ko: "개인정보",
  about: { en: "Be left out of recaps, or have your streak in them", ko: "요약에서 빠지기, 연속 학습일 보여 주기" },
  options: {
    statistics: {
      kind: "choice",
      ko: "통계",
      about: {
        en: "whether recaps, the log and the leaderboard show what you do",
        ko: "요약, 학습 일지, 순위에 내 활동을 넣을지",
      },
      ...{ of: onOff, labels },
    },
    streaks: {
      kind: "choice",
      ko: "연속일",
      about: { en: "whether recaps say how many days in a row you took part", ko: "요약에 내 연속 학습일을 보여 줄지" },
      ...{ of: onOff, labels },
    },
  },
  ephemeral: true,
  data: z.object({ statistics: z.boolean(), streaks: z.boolean() }),
  run: async ({ store, user, lang, services }, given) => {
    const before = await store.privacy.of(user.id);
    const chosen = {
      statistics: given.statistics === undefined ? before.statistics : given.statistics === "on",
      streaks: given.streaks === undefined ? before.streaks : given.streaks === "on",
    };
    await store.privacy.choose(user.id, chosen);
    const leaves = before.statistics && !chosen.statistics;
    if (leaves || (before.streaks && !chosen.streaks)) await services.recaps.leaveOut(user.id);
    const [statistics, streaks] = [state(chosen.statistics), state(chosen.streaks)];
    const text = {
      en: `In recaps, the log and the leaderboard: **${statistics.en}**. Your streak in recaps: **${streaks.en}**.`,
      ko: `요약, 학습 일지, 순위에 내 활동: **${statistics.ko}**. 요약에 연속 학습일: **${streaks.ko}**.`,
    };
    const again = {
      en: " Recaps that were posted already are made again without you.",
      ko: " 이미 올라간 요약도 나를 빼고 다시 만들어요.",
    };
    return { text: `${text[lang]}${leaves ? again[lang] : ""}`, data: chosen };
  },
});
