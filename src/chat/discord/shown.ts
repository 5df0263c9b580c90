import type { Place } from "../../place.ts";

/**
 * A message of ours by what is kept of it: "123" in its conversation, "45/123" in another channel, "ephemeral/123" where only one person
 * sees it, "waiting/123" while it shows a request's progress. A delivery in several messages names all of them, with commas.
 */
export interface ShownMessage {
  id: string;
  /** Undefined where only one person sees it: the bot's token reaches it nowhere. */
  channel: string | undefined;
  isWaiting: boolean;
}

/** The channel of Discord's in which a place's messages stand. */
export const conversationOf = ({ channel, thread }: Pick<Place, "channel" | "thread">): string => thread ?? channel;

export const WAITING = "waiting/";
export const EPHEMERAL = "ephemeral/";

/** A message's name for what is kept. */
export const nameOf = (id: string, channel: string, place: Pick<Place, "channel" | "thread">): string =>
  channel === conversationOf(place) ? id : `${channel}/${id}`;

/** The messages that are kept of a delivery; the first is the one that can be edited. */
export const shownIn = (externalId: string | undefined, place: Pick<Place, "channel" | "thread">): ShownMessage[] =>
  (externalId ?? "")
    .split(",")
    .filter((it) => it !== "")
    .map((name) => {
      const [first = "", second] = name.split("/");
      if (second === undefined) return { id: first, channel: conversationOf(place), isWaiting: false };
      if (name.startsWith(WAITING)) return { id: second, channel: conversationOf(place), isWaiting: true };
      return { id: second, channel: name.startsWith(EPHEMERAL) ? undefined : first, isWaiting: false };
    });
