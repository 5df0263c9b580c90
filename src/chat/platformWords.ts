import type { Text } from "../text.ts";

/** What every chat platform shows around answers that is not its own to say. */
export const platformWords = {
  cancel: { en: "Cancel", ko: "취소" },
  waiting: { en: "Working on it", ko: "작업하는 중" },
  whichPicture: { en: "Which picture?", ko: "어느 사진인가요?" },
  lost: {
    en: "Something broke on our side before I could take that. Please send it once more.",
    ko: "저희 쪽 문제로 요청을 받지 못했어요. 한 번 더 보내 주세요.",
  },
} as const satisfies Record<string, Text>;
