import type { ConnectionState } from "../connections.ts";

/** What makes up the connection to Slack: the bot's token, and each of the ways on which events come. */
export type Link = "token" | `socket ${number}` | "port";

/** Brings the states of all links together to the one that is reported: the worst that matters. */
export const openStates = (links: readonly Link[], report: (state: ConnectionState) => void) => {
  const states = new Map<Link, ConnectionState>(links.map((link) => [link, { state: "connecting" }]));
  const overall = (): ConnectionState => {
    const { token, ...ways } = Object.fromEntries(states) as Record<Link, ConnectionState>;
    const all = Object.values(ways);
    const refused = [token, ...all].find((it) => it.state === "refused");
    if (refused) return refused;
    if (token.state !== "connected") return token;
    // One way is enough: the other is only there so that there is always one.
    return all.find((it) => it.state === "connected") ?? all.find((it) => it.state === "unreachable") ?? { state: "connecting" };
  };
  return {
    set: (link: Link, state: ConnectionState): void => {
      states.set(link, state);
      report(overall());
    },
    is: (link: Link): ConnectionState["state"] | undefined => states.get(link)?.state,
  };
};
export type States = ReturnType<typeof openStates>;

/** What is wrong, and what to do about it, by the code of a refusal. */
const advice: Readonly<Record<string, string>> = {
  not_authed: "the token is missing",
  invalid_auth: "the token is wrong: copy it again from api.slack.com/apps, then restart",
  account_inactive: "the app was removed from the workspace: install it again and set its new token",
  token_revoked: "the token was revoked: install the app again and set its new token",
  token_expired: "the token has expired: install the app again and set its new token",
  not_allowed_token_type: "this is another kind of token: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-",
  missing_scope: "SLACK_APP_TOKEN needs the scope connections:write",
  team_disabled: "the workspace is disabled",
};

/** The state that the failure of a call means; `what` says which token. */
export const stateOf = (code: string, what: string, error: unknown): ConnectionState => {
  const known = advice[code];
  if (known) return { state: "refused", why: `${what}: ${known}` };
  if (code !== "" && code !== "request" && code !== "ratelimited") return { state: "refused", why: `${what}: ${code}` };
  const cause = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);
  return { state: "unreachable", why: cause };
};
