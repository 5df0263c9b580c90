import type { Text } from "../text.ts";

/** What can go wrong between a peer and us on Discord. See `errors.ts`. */
export const discord = {
  discord_file_gone: (f: { name: string }): Text => ({
    en: `Discord no longer has ${f.name}: it was deleted, or its link expired. Please attach it again.`,
    ko: `디스코드에서 ${f.name} 파일을 찾을 수 없어요. 지워졌거나 링크가 만료됐어요. 다시 첨부해 주세요.`,
  }),
  discord_form_old: (_: object): Text => ({
    en: "That form is too old: I no longer know which message it was for. Please open it again from the message's menu, under Apps.",
    ko: "입력 창이 너무 오래돼서 어떤 메시지였는지 알 수 없어요. 메시지 메뉴의 앱에서 다시 열어 주세요.",
  }),
};
