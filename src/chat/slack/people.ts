import type { Language } from "../../text.ts";
import { languageOf } from "../../text.ts";
import { cleanedName } from "../names.ts";
import type { SlackApi } from "./api.ts";
import { codeOf, handlingOf } from "./errors.ts";

/** What Slack says of a person. */
export interface Person {
  name: string;
  lang: Language;
  /** Whether they may administer the workspace; undefined where Slack does not tell us. */
  administers: boolean | undefined;
}

/** So long what Slack said of a person holds. */
const FRESH_MS = 10 * 60_000;
/** More than the members of a workspace who use the bot within that time. */
const MOST_KNOWN = 5000;

/** A name that can be shown; where nothing of it can be seen, the id. */
const nameFrom = (id: string, ...names: readonly (string | undefined)[]): string => {
  const said = names.find((it) => it && it.trim() !== "") ?? id;
  try {
    return cleanedName(said);
  } catch {
    return id;
  }
};

/** Who people are, by `users.info`, asked for once in a while. */
export const openPeople = (api: SlackApi, now: () => number = Date.now) => {
  const known = new Map<string, { at: number; person: Promise<Person>; settled?: Person }>();

  const ask = async (id: string, fallback: string | undefined): Promise<Person> => {
    try {
      const { user } = await api.call((client) => client.users.info({ user: id, include_locale: true }));
      const { display_name, real_name } = user?.profile ?? {};
      return {
        name: nameFrom(id, display_name, real_name, user?.real_name, user?.name, fallback),
        lang: languageOf(user?.locale),
        administers: Boolean(user?.is_admin || user?.is_owner),
      };
    } catch (error) {
      // Somebody of another workspace, or a missing scope: what came with the event has to do.
      if (codeOf(error) === "request" || handlingOf(error) === "token") throw error;
      return { name: nameFrom(id, fallback), lang: "en", administers: undefined };
    }
  };

  const people = {
    get: (id: string, fallback?: string): Promise<Person> => {
      const before = known.get(id);
      if (before && now() - before.at < FRESH_MS) return before.person;
      const entry: { at: number; person: Promise<Person>; settled?: Person } = { at: now(), person: ask(id, fallback) };
      known.delete(id);
      known.set(id, entry);
      entry.person.then(
        (person) => {
          entry.settled = person;
        },
        () => known.delete(id),
      );
      for (const [oldest] of known) {
        if (known.size <= MOST_KNOWN) break;
        known.delete(oldest);
      }
      return entry.person;
    },
    /** Somebody's language as far as it is known without waiting longer than so many milliseconds. */
    langWithin: async (id: string, ms: number): Promise<Language> => {
      const settled = known.get(id)?.settled;
      if (settled) return settled.lang;
      const late = new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined).unref());
      const person = await Promise.race([people.get(id).catch(() => undefined), late]);
      return person?.lang ?? "en";
    },
  };
  return people;
};
export type People = ReturnType<typeof openPeople>;
