import type { Text } from "../../text.ts";
import { platformWords } from "../platformWords.ts";

/** What Discord shows around answers: in progress, in forms, and where something cannot be shown in its place. */
export const words = {
  ...platformWords,
  pictures: { en: "pictures", ko: "사진" },
  inThread: { en: "Done. The answer is in the thread below.", ko: "끝났어요. 답은 아래 스레드에 있어요." },
  notThere: {
    en: "I may not write in that channel, so here is your answer. Somebody who manages the server can give me Send Messages, Attach Files and Embed Links there.",
    ko: "그 채널에 글을 쓸 권한이 없어서 여기로 답을 보내요. 서버 관리자가 메시지 보내기, 파일 첨부, 링크 첨부 권한을 주면 채널에서 답할 수 있어요.",
  },
  blocked: {
    en: "The server's AutoMod did not let my answer through, so here it is for you alone.",
    ko: "서버의 AutoMod가 답을 막아서 여기로만 보내 드려요.",
  },
} as const satisfies Record<string, Text>;
