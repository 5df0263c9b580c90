/** What the app may do, and what each right is for: exactly what is used. */
export const scopes = {
  "app_mentions:read": "to hear when it is mentioned",
  "channels:history": "to find the picture above a mention in a thread, and after a crash what it has sent already",
  "channels:join": "to join a public channel in which somebody asks it something",
  "channels:read": "to tell public channels from private ones, and to offer them where a recap is scheduled",
  "chat:write": "to answer",
  commands: "slash commands and the menu of a message",
  "files:read": "to read the pictures that are sent to it",
  "files:write": "to post pictures",
  "groups:history": "the same as channels:history in private channels it was invited to",
  "groups:read": "to tell private channels from public ones",
  "im:history": "to read what is written to it in direct messages",
  "im:read": "to know direct messages",
  "im:write": "to write somebody a direct message where a channel takes none",
  "mpim:history": "the same as channels:history in group conversations",
  "mpim:read": "to know group conversations",
  "users:read": "names, languages, and who administers the workspace",
} as const;
export type Scope = keyof typeof scopes;
export const allScopes = Object.keys(scopes) as Scope[];

/** The methods of the Web API that are called, each with the right that it takes; none where any token will do. */
export const scopeOfMethod: Readonly<Record<string, Scope | undefined>> = {
  "auth.test": undefined,
  "chat.delete": "chat:write",
  "chat.postEphemeral": "chat:write",
  "chat.postMessage": "chat:write",
  "chat.update": "chat:write",
  "conversations.history": "channels:history",
  "conversations.info": "channels:read",
  "conversations.join": "channels:join",
  "conversations.list": "channels:read",
  "conversations.open": "im:write",
  "conversations.replies": "channels:history",
  "files.completeUploadExternal": "files:write",
  "files.delete": "files:write",
  "files.getUploadURLExternal": "files:write",
  "files.info": "files:read",
  "users.info": "users:read",
  "views.open": undefined,
};
