import type { SlackDouble } from "./double.ts";
import type { SlackConfig } from "./localSlack.ts";

export const [TEAM, BOT, CHANNEL, PRIVATE, ELSEWHERE] = ["T01", "U0BOT", "C01LAB", "C02PRIVATE", "C03ELSEWHERE"];
export const users = {
  ...{ Mina: "U01MINA", Jun: "U02JUN", Sora: "U03SORA" },
  ...{ "Ada Okafor": "U04ADA", 하늘: "U05HANEUL", "*Leo* [x](y)": "U06LEO" },
} as const;
const everybody = Object.values(users);

/** A workspace with its people, a channel with the bot, a private one with it, and one without it. */
export const slackConfig = (app: Partial<SlackConfig["app"]> = {}): SlackConfig => ({
  workspace: { name: "Study", domain: "study", teamId: TEAM },
  app: {
    ...{ appId: "A01", botUserId: BOT, botName: "peerlab", botToken: "xoxb-1", appToken: "xapp-1", signingSecret: "secret" },
    ...{ mode: "socket", ...app },
  },
  users: Object.entries(users).map(([name, id]) => ({ id, name, real_name: name })),
  channels: [
    { id: CHANNEL, name: "lab", members: [...everybody, BOT] },
    { id: PRIVATE, name: "private", is_private: true, members: [...everybody, BOT] },
    { id: ELSEWHERE, name: "elsewhere", members: everybody },
  ],
});

/** What a bot has to be configured with to find the double. */
export const environmentOf = ({ apiUrl }: Pick<SlackDouble, "apiUrl">): Record<string, string> => ({
  SLACK_BOT_TOKEN: "xoxb-1",
  SLACK_APP_TOKEN: "xapp-1",
  SLACK_API_URL: apiUrl,
});
