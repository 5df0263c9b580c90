import {
  type APIApplication,
  type APIUser,
  ApplicationIntegrationType,
  type REST,
  type RESTAPIPartialCurrentUserGuild,
  Routes,
} from "discord.js";
import type { CommandEntry } from "../command.ts";
import { codeOf, handlingOf } from "./faults.ts";
import { invitations, permissions } from "./permissions.ts";
import { clearServerCommands, registerCommands } from "./register.ts";
import { openRest } from "./rest.ts";

/** What the walk through the connection works with. */
export interface Connecting {
  /** The environment, with what `.env` says. */
  env: Readonly<Record<string, string | undefined>>;
  commands: readonly CommandEntry[];
  /** Says a line. The token is never in one. */
  say(line: string): void;
  /** Asks for something that is typed; `isSecret` is not shown while it is. Empty when nothing is. */
  ask(question: string, isSecret?: boolean): Promise<string>;
  /** Keeps a setting where `npm start` finds it: in `.env`. */
  keep(name: string, value: string): Promise<void>;
}

const portal = "https://discord.com/developers/applications";
const steps = [
  `1. Open ${portal} → “New Application”, give it the name Peerlab → “Create”.`,
  "2. “Installation” → “Installation Contexts”: tick “User Install” and “Guild Install” → “Save Changes”.",
  "3. “Bot” → “Reset Token” → “Yes, do it!” → “Copy”. The three privileged intents stay off.",
];

const adviceFor = (error: unknown): string => {
  if (codeOf(error) === 401) return "Discord does not know this token. Copy it again, whole, from “Bot” → “Reset Token”.";
  if (codeOf(error) === 0) return "Discord cannot be reached from here. Check the network, a proxy, and DISCORD_API_URL.";
  return `Discord refused it with code ${codeOf(error)}.`;
};

/** What about an application keeps the bot from working, with what to do; empty when nothing does. */
const lackingIn = ({ integration_types_config: contexts, ...application }: APIApplication): string[] => {
  const lacks = (type: ApplicationIntegrationType) => contexts !== undefined && !(type in contexts);
  const { interactions_endpoint_url: endpoint, bot_require_code_grant: needsGrant } = application;
  return [
    ...(lacks(ApplicationIntegrationType.GuildInstall)
      ? ["It cannot be added to servers: “Installation” → “Installation Contexts” → tick “Guild Install”."]
      : []),
    ...(lacks(ApplicationIntegrationType.UserInstall)
      ? ["People cannot install it for themselves: “Installation” → “Installation Contexts” → tick “User Install”."]
      : []),
    ...(endpoint
      ? ["Its commands go to a web address, not to Peerlab: “General Information” → empty “Interactions Endpoint URL”."]
      : []),
    ...(needsGrant ? ["It cannot be added by a link: “Bot” → switch “Requires OAuth2 Code Grant” off."] : []),
  ];
};

/** Posts a hello into a channel that is typed; says whether that worked, or was not wanted. */
const sayHello = async (rest: REST, { say, ask }: Pick<Connecting, "say" | "ask">): Promise<boolean> => {
  const question =
    "In which channel shall I say hello? (its id: Settings → Advanced → Developer Mode, then right-click the channel → “Copy Channel ID”; or nothing)";
  const channel = (await ask(question)).trim();
  if (channel === "") return true;
  if (!/^\d{15,20}$/.test(channel)) {
    say("✗ That is no channel's id: an id has 17 to 19 digits.");
    return false;
  }
  try {
    const body = { content: "Peerlab is here. Type `/help`, or send me a picture.", allowed_mentions: { parse: [] } };
    await rest.post(Routes.channelMessages(channel), { body });
    say("✓ I said hello there.");
    return true;
  } catch (error) {
    const needed = Object.entries(permissions).map(([name, what]) => `${name} (${what})`);
    say(
      handlingOf(error) === "elsewhere"
        ? `✗ I may not write there. Add me to that server by the link above; in a private channel, allow me ${needed.join(", ")}.`
        : `✗ ${adviceFor(error)}`,
    );
    return false;
  }
};

/**
 * Walks a person through connecting Discord: the application and its token, how it can be installed, its commands, the invitation links, a
 * hello. Says exactly what is missing, and whether nothing is.
 */
export const connectDiscord = async ({ env, commands, say, ask, keep }: Connecting): Promise<boolean> => {
  let token = env["DISCORD_TOKEN"];
  if (!token) {
    for (const step of steps) say(step);
    token = (await ask("DISCORD_TOKEN, the token that you copied", true)).trim().replace(/^Bot\s+/i, "");
    if (token === "") {
      say("Missing: DISCORD_TOKEN.");
      return false;
    }
  }
  const rest = openRest({ token, apiUrl: env["DISCORD_API_URL"] });

  let application: APIApplication;
  try {
    const bot = (await rest.get(Routes.user())) as APIUser;
    application = (await rest.get(Routes.currentApplication())) as APIApplication;
    say(`✓ The token works: ${bot.username} of the application “${application.name}”.`);
  } catch (error) {
    say(`✗ DISCORD_TOKEN: ${adviceFor(error)}`);
    return false;
  }
  if (!env["DISCORD_TOKEN"]) await keep("DISCORD_TOKEN", token);

  const missing = lackingIn(application);
  for (const it of missing) say(`✗ ${it}`);
  if (missing.length === 0) say("✓ It can be added to servers, and people can install it for themselves.");

  const { id } = application;
  const invitation = invitations(id);
  try {
    const isChanged = await registerCommands({ rest, application: id, commands });
    say(
      isChanged
        ? `✓ ${commands.length} commands are registered; Discord shows them within a minute.`
        : "✓ The commands are registered.",
    );
    const servers = (await rest.get(Routes.userGuilds())) as RESTAPIPartialCurrentUserGuild[];
    const cleared = await clearServerCommands(
      { rest, application: id },
      servers.map((it) => it.id),
      { debug: () => {} },
    );
    if (cleared > 0) say(`✓ Old commands were taken back in ${cleared} ${cleared === 1 ? "server" : "servers"}.`);
    say(servers.length > 0 ? `✓ It is in ${servers.map((it) => it.name).join(", ")}.` : "• It is in no server yet.");
  } catch (error) {
    say(`✗ ${adviceFor(error)}`);
    missing.push("commands");
  }
  say(`To add it to a server, open: ${invitation.server}`);
  say(`To use it everywhere yourself, open: ${invitation.person}`);
  if (!(await sayHello(rest, { say, ask }))) missing.push("hello");

  say(missing.length === 0 ? "Discord is connected. Now: npm start" : "Not yet: see the lines with ✗.");
  return missing.length === 0;
};
