import { command } from "../src/chat/command.ts";
import { UserError } from "../src/errors.ts";

/** Stops one of the asker's waiting requests: the newest, or the one whose id begins as given. */
export const cancel = command({
  name: "cancel",
  ko: "취소",
  about: { en: "Stop what you asked for last, or the run with this id", ko: "마지막 요청이나 이 번호의 작업을 멈추기" },
  options: {
    id: {
      kind: "text",
      ko: "번호",
      about: { en: "the first letters of its id, as /runs shows them", ko: "/runs 에 나오는 번호의 앞부분" },
    },
  },
  ephemeral: true,
  run: async ({ id: own, store, services, user, lang }, { id = "" }) => {
    const waiting = (await store.requests.waiting()).filter(
      (it) => it.userId === user.id && it.id !== own && it.id.startsWith(id),
    );
    const latest = waiting.at(-1);
    if (!latest || !(await services.cancel(latest.id, user.id))) throw new UserError("not_waiting", { id });
    const text = {
      en: `Stopped /${latest.command} (${latest.id.slice(0, 8)}).`,
      ko: `/${latest.command} (${latest.id.slice(0, 8)}) 작업을 멈췄어요.`,
    };
    return { text: text[lang], data: { cancelled: latest.id } };
  },
});
