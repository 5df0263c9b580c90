import type { CommandContext } from "../../src/chat/command.ts";
import { type GroupChannel, placeIn } from "../../src/chat/groupChannels.ts";
import type { OptionSpec } from "../../src/chat/options.ts";
import { UserError } from "../../src/errors.ts";
import type { Place } from "../../src/place.ts";
import { escapeText } from "../../src/richText.ts";
import type { Schedule } from "../../src/store/schedules.ts";
import type { Language } from "../../src/text.ts";

/** Channels that a sentence lists. */
const LISTED = 12;

/** How a channel is typed: by its name, or by its id where another has the same name. */
const typedAs = ({ id, name }: GroupChannel, all: readonly GroupChannel[]): string =>
  all.filter((it) => it.name === name).length > 1 ? id : name;

/** In which channel something is posted; the one where it is asked for when left out. */
export const channelOption = {
  kind: "text",
  ko: "채널",
  about: {
    en: "where to post it: a channel that the whole group sees; this one when left out",
    ko: "올릴 채널. 그룹 모두가 보는 채널이어야 해요. 비우면 이 채널",
  },
  suggest: async ({ services, place }) => {
    const all = await services.channels(place.group);
    return all.map((it) => ({ value: typedAs(it, all), label: { en: `#${it.name}`, ko: `#${it.name}` } }));
  },
} as const satisfies OptionSpec;

/**
 * The place that is meant by what was typed as a channel: "#lab", "lab", an id, or as Discord and Slack write a link to one. A `UserError`
 * for what is no channel of this group that everybody in it sees, and for a terminal, where nobody is when something is posted.
 */
export const meantPlace = async ({ services, place }: CommandContext, typed: string | undefined): Promise<Place> => {
  const known = async () => (await services.channels(place.group)).map(({ name }) => `#${name}`).slice(0, LISTED);
  if (typed === undefined) {
    if (place.adapter === "terminal") throw new UserError("no_posts_here", { known: await known() });
    return place;
  }
  const plain = (text: string) => text.normalize("NFC").toLowerCase();
  const name = typed
    .trim()
    .replace(/^<#([^|>]+)(?:\|[^>]*)?>$/, "$1")
    .replace(/^#/, "");
  const all = await services.channels(place.group);
  const found = all.find((it) => it.id === name) ?? all.find((it) => plain(it.name) === plain(name));
  if (!found) throw new UserError("unknown_channel", { got: typed, known: await known() });
  return placeIn(found, place.group);
};

/** Whether this is the conversation that a context is in. */
export const isHere = (
  { place }: Pick<CommandContext, "place">,
  { adapter, channel, thread }: Pick<Place, "adapter" | "channel"> & { thread?: string | null },
): boolean => adapter === place.adapter && channel === place.channel && (thread ?? undefined) === place.thread;

/** "here" or "in #lab", with marks escaped. */
export const whereText = async (
  context: Pick<CommandContext, "place" | "services" | "lang">,
  where: Pick<Schedule, "adapter" | "channel" | "groupId" | "thread">,
): Promise<string> => {
  const { lang, services } = context;
  if (isHere(context, where)) return { en: "here", ko: "이 채널" }[lang];
  const all = await services.channels(where.groupId);
  const name = all.find((it) => it.adapter === where.adapter && it.id === where.channel)?.name ?? where.channel;
  const inThread: Record<Language, string> = { en: ", in a thread", ko: "의 스레드" };
  return `#${escapeText(name)}${where.thread === null ? "" : inThread[lang]}`;
};
