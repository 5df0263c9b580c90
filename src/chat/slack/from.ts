import type { Place } from "../../place.ts";
import type { From } from "../request.ts";
import type { Channels } from "./channels.ts";
import type { People } from "./people.ts";

/** Our id of a Slack user; the same id of another workspace is another person. */
export const userIdOf = (team: string, user: string): string => `slack:${team}:${user}`;
/** Slack's own id again. */
export const slackUser = (userId: string): string => userId.split(":").at(-1) ?? userId;
/** Whether a place is somebody's own conversation with the bot, where everything is for them alone. */
export const isDirect = ({ group }: Pick<Place, "group">): boolean => group.split(":")[2] === "dm";

/** Where something happened, as Slack says it. */
export interface Where {
  team: string;
  channel: string;
  user: string;
  /** What the event says of them, if it does. */
  userName?: string | undefined;
  channelName?: string | undefined;
  channelType?: string | undefined;
  thread?: string | undefined;
}

/**
 * Who did something, and where: a workspace is a group, and one person's direct messages are one of their own. Whoever administers the
 * workspace administers its group; in direct messages everybody does.
 */
export const whoAndWhere = async (
  { people, channels }: { people: People; channels: Channels },
  { team, channel, user, userName, channelName, channelType, thread }: Where,
): Promise<From> => {
  const [person, kind] = await Promise.all([
    people.get(user, userName),
    channels.kind(channel, { name: channelName, type: channelType }),
  ]);
  const place: Place = {
    adapter: "slack",
    group: kind === "direct" ? `slack:${team}:dm:${user}` : `slack:${team}`,
    channel,
    ...(thread && { thread }),
    ...(kind === "private" && { isPrivate: true as const }),
  };
  const administers = kind === "direct" ? true : person.administers;
  return {
    user: { id: userIdOf(team, user), name: person.name },
    place,
    lang: person.lang,
    ...(administers !== undefined && { administers }),
  };
};
