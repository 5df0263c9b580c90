import { z } from "zod";
import { command } from "../src/chat/command.ts";

/** Erases the asker's uploads, requests and results. A second, deliberate step, since there is no way back. */
export const forget = command({
  name: "forget",
  ko: "내기록삭제",
  formerly: ["잊어줘"],
  about: { en: "Erase everything you sent and what came of it", ko: "내가 보낸 것과 그 결과를 모두 지우기" },
  options: {
    sure: {
      kind: "choice",
      ko: "확인",
      about: { en: "yes erases; there is no way back", ko: "'예'를 고르면 지워지고 되돌릴 수 없어요" },
      of: ["yes"],
      labels: { yes: { en: "yes", ko: "예" } },
    },
  },
  ephemeral: true,
  data: z.object({
    sure: z.boolean().describe("false: nothing was erased yet, and the answer is the question"),
    messages: z.int().optional().describe("how many messages were erased"),
    files: z.int().optional().describe("how many files were erased"),
  }),
  run: async ({ id, now, services, user, lang }, { sure }) => {
    if (!sure) {
      const text = {
        en: "This erases your messages, pictures and results everywhere, for good. Models you added stay for the others. Are you sure?",
        ko: "내 메시지, 사진, 결과가 모두 완전히 지워져요. 추가한 모델은 다른 사람을 위해 남아요. 정말 지울까요?",
      };
      const label = { en: "🗑 Erase everything of mine", ko: "🗑 내 것을 모두 지우기" }[lang];
      return { text: text[lang], buttons: [{ label, command: "forget", args: { sure: "yes" } }], data: { sure: false } };
    }
    const { messages, files } = await services.forget({ id, user, now });
    const text = {
      en: `Erased ${messages} messages and ${files} files of yours.`,
      ko: `메시지 ${messages}개와 파일 ${files}개를 지웠어요.`,
    };
    return { text: text[lang], data: { sure: true, messages, files } };
  },
});
