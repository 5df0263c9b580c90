import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { UserError } from "../../src/errors.ts";
import { shortId } from "../parts/requests.ts";
import { formNames, recurrenceText } from "../parts/scheduleWords.ts";

/** Ends what is posted in this channel by schedule: one of it, or all. */
export const off = command({
  name: "off",
  ko: "끄기",
  about: { en: "End this channel's recaps and quizzes, or one of them", ko: "이 채널의 요약과 퀴즈를 모두 또는 하나만 끄기" },
  options: {
    id: {
      kind: "text",
      ko: "번호",
      about: { en: "which one; all when left out", ko: "끌 예약의 번호. 비우면 모두" },
      suggest: async ({ store, place }) =>
        (await store.schedules.list(place)).map(({ id, form, recurrence }) => ({
          value: shortId(id),
          label: {
            en: `${formNames[form].en}, ${recurrenceText(recurrence, "en")}`,
            ko: `${formNames[form].ko}, ${recurrenceText(recurrence, "ko")}`,
          },
        })),
    },
  },
  data: z.object({ ended: z.array(z.string()).describe("the ids of the schedules that are gone") }),
  run: async ({ store, place, lang, services }, { id }) => {
    const all = await store.schedules.list(place);
    const ended = id === undefined ? all : all.filter((it) => it.id.startsWith(id.trim().toLowerCase()));
    if (id !== undefined && ended.length === 0) throw new UserError("unknown_schedule", { id });
    for (const it of ended) await store.schedules.remove(it.id);
    await services.recaps.follow();
    const count = ended.length;
    const text = {
      en:
        count === 0
          ? "Nothing is posted here by schedule."
          : `${count === 1 ? "One post is" : `${count} posts are`} no longer scheduled here.`,
      ko: count === 0 ? "이 채널에 예약된 글이 없어요." : `이 채널의 예약 ${count}개를 껐어요.`,
    };
    return { text: text[lang], data: { ended: ended.map((it) => it.id) } };
  },
});
