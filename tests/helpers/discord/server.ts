import { type DiscordDouble, startDiscord } from "./double.ts";

/** The server in which tests talk, and who is in it. */
export const GUILD = "100000000000000001";
export const CHANNEL = "200000000000000001";
export const OTHER_CHANNEL = "200000000000000002";
export const users = { Mina: "300000000000000001", Jun: "300000000000000002", Sora: "300000000000000003" } as const;
export const TOKEN = "test-token";

export const startServer = (more: Omit<Parameters<typeof startDiscord>[0], "guild"> = {}): Promise<DiscordDouble> =>
  startDiscord({
    guild: { id: GUILD, name: "Study group" },
    channels: [
      { id: CHANNEL, name: "lab", type: 0 },
      { id: OTHER_CHANNEL, name: "lounge", type: 0 },
    ],
    users: Object.entries(users).map(([username, id]) => ({ id, username })),
    botToken: TOKEN,
    ...more,
  });

/** What a bot is configured with to find the double. */
export const environmentOf = (discord: DiscordDouble): Record<string, string> => ({
  DISCORD_TOKEN: TOKEN,
  DISCORD_API_URL: discord.apiUrl,
});
