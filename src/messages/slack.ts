import type { Text } from "../text.ts";

/** What only Slack can get wrong. See `errors.ts`. */
export const slack = {
  slack_login_page: (f: { name: string }): Text => ({
    en: `Slack gave me its login page instead of "${f.name}". Whoever installed Peerlab has to add the scope \`files:read\` at api.slack.com/apps and install it again; if it is there, please invite me to this channel.`,
    ko: `슬랙이 "${f.name}" 파일 대신 로그인 페이지를 보냈어요. 앱을 설치한 분이 api.slack.com/apps에서 \`files:read\` 권한을 추가하고 다시 설치해야 해요. 권한이 이미 있다면 이 채널에 저를 초대해 주세요.`,
  }),
  slack_file_hidden: (f: { name: string }): Text => ({
    en: `I may not read "${f.name}". Please invite me to this channel with \`/invite @Peerlab\`, then send that again.`,
    ko: `"${f.name}" 파일을 읽을 수 없어요. 채널에서 \`/invite @Peerlab\`으로 저를 초대한 다음 다시 보내 주세요.`,
  }),
};
