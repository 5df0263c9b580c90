import type { RecapContext, RecapMaker } from "../../src/chat/recaps.ts";
import type { Reply } from "../../src/reply.ts";

const invitation = ({ lang }: RecapContext): Reply => ({
  text: {
    en: "🧠 **Quiz time.** One question for each of you: what you are about to forget, or else something new.",
    ko: "🧠 **퀴즈 시간이에요.** 각자 한 문제씩, 잊을 때가 된 것이나 새로운 것을 물어봐요.",
  }[lang],
  buttons: [
    { label: { en: "▶ Ask me", ko: "▶ 문제 받기" }[lang], command: "quiz", args: {} },
    { label: { en: "📊 My cards", ko: "📊 내 카드" }[lang], command: "progress", args: {} },
  ],
});

/**
 * A post that invites everybody to their own next question, since each remembers something else. A silent one comes only where somebody of
 * the group has something due; it does not say who.
 */
export const quizInvitation: RecapMaker = {
  begin: async (context, { to }, empty) => {
    if (empty === "silent" && !(await context.store.quiz.isDue(context.place.group, new Date(to)))) return undefined;
    return { people: [], reply: invitation(context) };
  },
  answer: async (context) => invitation(context),
};
