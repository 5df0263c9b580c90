import { webApi } from "@slack/bolt";
import { loadConfig } from "../../config.ts";
import type { CommandEntry } from "../command.ts";
import { quietLogger } from "./api.ts";
import { codeOf } from "./errors.ts";
import { manifestText } from "./manifest.ts";
import { EVENTS_PATH } from "./port.ts";
import { allScopes, type Scope, scopes } from "./scopes.ts";

/** What the walk through the connection works with. */
export interface Connecting {
  /** The environment, with what `.env` says. */
  env: Readonly<Record<string, string | undefined>>;
  commands: readonly CommandEntry[];
  /** Says a line. No token is ever in one. */
  say(line: string): void;
  /** Asks for something that is typed; `isSecret` is not shown while it is. Empty when nothing is. */
  ask(question: string, isSecret?: boolean): Promise<string>;
  /** Keeps a setting where `npm start` finds it: in `.env`. */
  keep(name: string, value: string): Promise<void>;
}

const tokens = {
  SLACK_BOT_TOKEN: {
    begins: "xoxb-",
    where: "“OAuth & Permissions” → “Bot User OAuth Token”, once the app is installed to the workspace",
  },
  SLACK_APP_TOKEN: {
    begins: "xapp-",
    where: "“Basic Information” → “App-Level Tokens” → “Generate”, with the scope connections:write",
  },
} as const;
type TokenName = keyof typeof tokens;

const advice: Readonly<Record<string, string>> = {
  invalid_auth: "Slack does not know this token. Copy it again, whole.",
  not_authed: "No token reached Slack.",
  account_inactive: "The app was removed from the workspace. Install it again, and copy its new token.",
  token_revoked: "This token was revoked. Install the app again, and copy its new token.",
  token_expired: "This token has expired. Install the app again, and copy its new token.",
  not_allowed_token_type: "This is another kind of token.",
  missing_scope: "This token lacks connections:write. Generate another app-level token with that scope.",
  request: "Slack cannot be reached from here. Check the network, a proxy, and SLACK_API_URL.",
};
const adviceFor = (error: unknown): string => advice[codeOf(error)] ?? `Slack refused it: ${codeOf(error) || String(error)}.`;

/** The rights that Slack granted, by the header that every answer carries. */
const grantedIn = ({ response_metadata }: webApi.WebAPICallResult): readonly string[] | undefined => response_metadata?.scopes;

/**
 * Walks a person through connecting Slack: the manifest and where it goes, both tokens, the rights that were granted, a hello. Says exactly
 * what is missing, and whether nothing is.
 */
export const connectSlack = async ({ env, commands, say, ask, keep }: Connecting): Promise<boolean> => {
  const given: Record<string, string | undefined> = { ...env };
  const isHttp = Boolean(given["SLACK_SIGNING_SECRET"]) && !given["SLACK_APP_TOKEN"];
  const silent = quietLogger({ warn: () => {} });
  const apiUrl = given["SLACK_API_URL"];
  const clientOf = (token: string) =>
    new webApi.WebClient(token, { logger: silent, retryConfig: { retries: 0 }, ...(apiUrl && { slackApiUrl: apiUrl }) });

  if (!given["SLACK_BOT_TOKEN"]) {
    say(
      "1. Open https://api.slack.com/apps → “Create New App” → “From a manifest”, choose your workspace, and paste this as JSON:",
    );
    say("");
    const address = isHttp
      ? await ask(`At which address does Slack reach this machine? (https://…, without ${EVENTS_PATH})`)
      : "";
    say(manifestText(commands, isHttp ? { address } : "socket"));
    say("2. “Install App” → “Install to Workspace” → “Allow”.");
  }

  /** A token that is set, or typed now. */
  const tokenOf = async (name: TokenName): Promise<string | undefined> => {
    const { begins, where } = tokens[name];
    const known = given[name];
    if (known) return known;
    say(`${name} is at ${where}.`);
    const typed = (await ask(`${name} (${begins}…)`, true)).trim();
    if (typed === "") {
      say(`Missing: ${name}.`);
      return undefined;
    }
    if (!typed.startsWith(begins)) {
      say(`That does not begin with ${begins}, so it is not ${name}.`);
      return undefined;
    }
    await keep(name, typed);
    given[name] = typed;
    return typed;
  };

  const missing: string[] = [];
  const botToken = await tokenOf("SLACK_BOT_TOKEN");
  const appToken = isHttp ? undefined : await tokenOf("SLACK_APP_TOKEN");
  if (!botToken) missing.push("SLACK_BOT_TOKEN");
  if (!isHttp && !appToken) missing.push("SLACK_APP_TOKEN");

  let who: webApi.AuthTestResponse | undefined;
  if (botToken) {
    try {
      who = await clientOf(botToken).auth.test();
      say(`✓ The bot's token works: ${who.user} in ${who.team}, ${who.url}`);
      const granted = grantedIn(who);
      const lacking = granted ? allScopes.filter((it) => !granted.includes(it)) : [];
      if (granted && lacking.length === 0) say(`✓ All ${allScopes.length} scopes are granted.`);
      for (const scope of lacking as Scope[]) {
        say(`✗ Missing scope ${scope}: ${scopes[scope]}.`);
        missing.push(scope);
      }
      if (lacking.length > 0)
        say(
          "  Paste the manifest again (`npm run -s manifest`) at “App Manifest”, save, and install the app to the workspace once more.",
        );
    } catch (error) {
      say(`✗ SLACK_BOT_TOKEN: ${adviceFor(error)}`);
      missing.push("SLACK_BOT_TOKEN");
    }
  }
  if (appToken) {
    try {
      await clientOf(appToken).apps.connections.open({});
      say("✓ The app's token opens sockets: Slack needs no way in to this machine.");
    } catch (error) {
      say(`✗ SLACK_APP_TOKEN: ${adviceFor(error)}`);
      missing.push("SLACK_APP_TOKEN");
    }
  }
  if (isHttp) {
    const { slack } = loadConfig({ ...given, SLACK_BOT_TOKEN: botToken ?? "xoxb-" });
    const port = slack && "http" in slack.mode ? slack.mode.http.port : undefined;
    say(`• Over HTTP: let a proxy with HTTPS lead ${EVENTS_PATH} to port ${port} of this machine.`);
  }

  if (who?.ok && botToken) {
    say(`Add it to a channel there: /invite @${who.user}`);
    if (who.url && who.user_id) say(`Its direct messages: ${who.url}team/${who.user_id}`);
    const channel = (await ask("In which channel shall I say hello? (its id, such as C0123ABCD, or nothing)")).trim();
    if (channel !== "") {
      try {
        await clientOf(botToken).chat.postMessage({
          channel,
          text: "Hello! I am Peerlab. Try `/peerlab help`, or mention me with a picture.",
        });
        say(`✓ Said hello in ${channel}.`);
      } catch (error) {
        const code = codeOf(error);
        const isOutside = code === "not_in_channel" || code === "channel_not_found";
        say(`✗ No hello in ${channel}: ${isOutside ? `type /invite @${who.user} there first.` : adviceFor(error)}`);
      }
    }
  }
  say(missing.length === 0 ? "Nothing is missing: npm start" : `Still missing: ${missing.join(", ")}.`);
  return missing.length === 0;
};
