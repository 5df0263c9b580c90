import { type RESTPostAPIApplicationCommandsJSONBody as Body, type REST, Routes } from "discord.js";
import type { Log } from "../../log.ts";
import type { CommandEntry } from "../command.ts";
import { commandsJson } from "./commandJson.ts";

/** What says the same in any order and with any default written out or left out. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).flatMap(([key, it]) => {
    const isDefault = it === null || it === undefined || it === false || (Array.isArray(it) && it.length === 0);
    if (isDefault) return [];
    // Sent as a number, and given back as a text.
    return [[key, key === "default_member_permissions" ? String(it) : canonical(it)] as const];
  });
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
};
/** What Discord adds to a command of its own. */
const ADDED = /^(id|application_id|version|guild_id|nsfw|dm_permission|handler|name_localized|description_localized)$/;
const withoutAdded = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutAdded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, it]) =>
      ADDED.test(key) || (key === "description" && it === "") ? [] : [[key, withoutAdded(it)]],
    ),
  );
};
const texts = (commands: readonly unknown[]): string =>
  JSON.stringify(commands.map((it) => JSON.stringify(canonical(withoutAdded(it)))).sort());

interface Parts {
  rest: REST;
  application: string;
  commands: readonly CommandEntry[];
}

/** Registers the commands everywhere, if they are not as they should be. Says whether it had to. */
export const registerCommands = async ({ rest, application, commands }: Parts): Promise<boolean> => {
  const route = Routes.applicationCommands(application);
  const wanted: Body[] = commandsJson(commands);
  const there = (await rest.get(route, { query: new URLSearchParams({ with_localizations: "true" }) })) as unknown[];
  if (texts(there) === texts(wanted)) return false;
  await rest.put(route, { body: wanted });
  return true;
};

/** Takes back commands that an earlier version, or a test, registered in single servers: they would show up twice. */
export const clearServerCommands = async (
  { rest, application }: Pick<Parts, "rest" | "application">,
  servers: readonly string[],
  log: Pick<Log, "debug">,
): Promise<number> => {
  let cleared = 0;
  for (const server of servers) {
    const route = Routes.applicationGuildCommands(application, server);
    try {
      if (((await rest.get(route)) as unknown[]).length === 0) continue;
      await rest.put(route, { body: [] });
      cleared += 1;
    } catch (err) {
      // A server where the app may have no commands of its own.
      log.debug({ err, adapter: "discord", server }, "could not look at a server's own commands");
    }
  }
  return cleared;
};
