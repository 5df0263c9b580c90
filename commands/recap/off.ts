import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { UserError } from "../../src/errors.ts";
import type { Language } from "../../src/text.ts";
import { mayPost } from "../parts/mayPost.ts";
import { whereText } from "../parts/postingPlace.ts";
import { shortId } from "../parts/requests.ts";
import { formNames, recurrenceText } from "../parts/scheduleWords.ts";

/** Ends what is posted by schedule: all of it in this channel, or one in any channel of the group. */
export const off = command({
  name: "off",
  ko: "끄기",
  about: { en: "End this channel's recaps and quizzes, or one of them", ko: "이 채널의 요약과 퀴즈를 모두 또는 하나만 끄기" },
  options: {
    id: {
      kind: "text",
      ko: "번호",
      about: { en: "which one; all of this channel when left out", ko: "끌 예약의 번호. 비우면 이 채널의 예약 모두" },
      suggest: async (context) =>
        Promise.all(
          (await context.store.schedules.ofGroup(context.place)).map(async (it) => {
            const said = async (lang: Language) =>
              [formNames[it.form][lang], await whereText({ ...context, lang }, it), recurrenceText(it.recurrence, lang)].join(
                ", ",
              );
            return { value: shortId(it.id), label: { en: await said("en"), ko: await said("ko") } };
          }),
        ),
    },
  },
  data: z.object({ ended: z.array(z.string()).describe("the ids of the schedules that are gone") }),
  run: async (context, { id }) => {
    const { store, place, user, lang, services } = context;
    const meant =
      id === undefined
        ? await store.schedules.list(place)
        : (await store.schedules.ofGroup(place)).filter((it) => it.id.startsWith(id.trim().toLowerCase()));
    if (id !== undefined && meant.length === 0) throw new UserError("unknown_schedule", { id });
    // Whoever scheduled something may end it, whatever they administer now.
    const ended = (await mayPost(context)) ? meant : meant.filter((it) => it.userId === user.id);
    if (ended.length < meant.length) throw new UserError("administrators_post", {});
    for (const it of ended) await store.schedules.remove(it.id);
    await services.recaps.follow();
    const count = ended.length;
    const text = {
      en:
        count === 0
          ? "Nothing is posted here by schedule."
          : `${count === 1 ? "One post is" : `${count} posts are`} no longer scheduled.`,
      ko: count === 0 ? "이 채널에 예약된 글이 없어요." : `예약 ${count}개를 껐어요.`,
    };
    return { text: text[lang], data: { ended: ended.map((it) => it.id) } };
  },
});
