import type { Text } from "../../text.ts";
import { platformWords } from "../platformWords.ts";

/** What Slack shows around answers: in progress, in modals, and where something cannot be shown in its place. */
export const words = {
  ...platformWords,
  send: { en: "Send", ko: "보내기" },
  close: { en: "Close", ko: "닫기" },
  choose: { en: "Choose", ko: "선택" },
  needed: { en: "Please fill this in.", ko: "이 항목을 채워 주세요." },
  tooLate: {
    en: "Slack was too slow to open the form. Please send that once more.",
    ko: "슬랙이 제때 입력 창을 열지 못했어요. 한 번 더 보내 주세요.",
  },
  noForm: {
    en: "Slack would not open the form. Mention me with the picture attached instead: that needs none.",
    ko: "슬랙에서 입력 창을 열지 못했어요. 사진을 첨부하고 저를 멘션해 주셔도 돼요.",
  },
  invite: {
    en: "I am not in that channel, so only you see this. Type `/invite @Peerlab` there, and everybody will see my answers.",
    ko: "제가 그 채널에 없어서 이 답은 혼자만 보실 수 있어요. 채널에서 `/invite @Peerlab`을 입력하면 모두가 제 답을 볼 수 있어요.",
  },
} as const satisfies Record<string, Text>;
