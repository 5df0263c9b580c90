import { OAuth2Scopes, PermissionFlagsBits } from "discord.js";

/** What the bot has to be allowed in a server, each with what it is for. */
export const permissions = {
  ViewChannel: "to see the channels in which it is mentioned",
  SendMessages: "to answer",
  SendMessagesInThreads: "to answer in threads",
  CreatePublicThreads: "to put long answers in a thread, where /settings says so",
  EmbedLinks: "to link to files that are too large for Discord",
  AttachFiles: "to show pictures and charts",
  ReadMessageHistory: "to answer below the message that mentions it, and to post nothing twice",
} as const satisfies Partial<Record<keyof typeof PermissionFlagsBits, string>>;

/** All of them as Discord counts them. */
export const allPermissions = (Object.keys(permissions) as (keyof typeof permissions)[]).reduce(
  (sum, name) => sum | PermissionFlagsBits[name],
  0n,
);

/** The links by which somebody adds the bot to a server, and installs its commands for themselves. */
export const invitations = (application: string): { server: string; person: string } => {
  const link = (more: Record<string, string>) =>
    `https://discord.com/oauth2/authorize?${new URLSearchParams({ client_id: application, ...more })}`;
  const scopes = `${OAuth2Scopes.Bot} ${OAuth2Scopes.ApplicationsCommands}`;
  return {
    server: link({ integration_type: "0", scope: scopes, permissions: String(allPermissions) }),
    person: link({ integration_type: "1", scope: OAuth2Scopes.ApplicationsCommands }),
  };
};
