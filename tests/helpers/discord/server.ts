import type { DiscordDouble, DoubleOptions } from "./double.ts";

export const [SERVER, CHANNEL, ELSEWHERE, BOT] = ["100", "200", "201", "900"];
export const users = {
  ...{ Mina: "301", Jun: "302", Sora: "303" },
  ...{ "Ada Okafor": "304", 하늘: "305", "*Leo* [x](y)": "306" },
} as const;

/** A server with its people and two channels. */
export const serverOptions = (): DoubleOptions => ({
  guild: { id: SERVER, name: "Study", ownerId: users.Mina },
  botUser: { id: BOT, username: "peerlab" },
  botToken: "the.bot.token",
  users: Object.entries(users).map(([username, id]) => ({ id, username })),
  channels: [
    { id: CHANNEL, name: "lab", type: 0 },
    { id: ELSEWHERE, name: "elsewhere", type: 0 },
  ],
});

/** What a bot has to be configured with to find the double. */
export const environmentOf = ({ apiUrl }: Pick<DiscordDouble, "apiUrl">): Record<string, string> => ({
  DISCORD_TOKEN: "the.bot.token",
  DISCORD_API_URL: apiUrl,
});
