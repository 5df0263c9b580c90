import {
  type APIInteraction,
  type APIUser,
  ChannelType,
  type GatewayMessageCreateDispatchData,
  PermissionFlagsBits,
} from "discord.js";
import type { Place } from "../../place.ts";
import { type Language, languageOf } from "../../text.ts";
import { cleanedName } from "../names.ts";
import type { From } from "../request.ts";
import type { Known } from "./gateway.ts";

/** Our id of a Discord user, and Discord's own again. */
export const userIdOf = (user: string): string => `discord:${user}`;
export const discordUser = (userId: string): string => userId.split(":").at(-1) ?? userId;

const DIRECT = "discord:dm:";
/** Whether a place is one person's own, where everything is for them alone. */
export const isDirect = ({ group }: Pick<Place, "group">): boolean => group.startsWith(DIRECT);

/** A name that can be shown; where nothing of it can be seen, the id. */
const nameOf = ({ id, global_name, username }: APIUser, nick: string | null | undefined): string => {
  for (const said of [nick, global_name, username]) {
    try {
      if (said) return cleanedName(said);
    } catch {
      // Another of their names may be seen.
    }
  }
  return id;
};

/** Whoever may administer a server, or manages it, administers its group. */
const manages = (permissions: string): boolean =>
  (BigInt(permissions) & (PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild)) !== 0n;

/** Whether the app was only installed by this person, not in the server: then the bot is nobody there. */
export const isForeign = ({ guild_id, context, authorizing_integration_owners: owners }: APIInteraction): boolean =>
  guild_id ? owners !== undefined && Object.keys(owners).length > 0 && !("0" in owners) : context === 2;

const threads: readonly ChannelType[] = [ChannelType.PublicThread, ChannelType.PrivateThread, ChannelType.AnnouncementThread];

/** Who uses the bot, and where: a server is a group, and one person's direct messages are one of their own. */
export const fromInteraction = (interaction: APIInteraction, known: Known): From => {
  const { guild_id, channel, member, locale } = interaction as APIInteraction & { locale?: string };
  const user = (member?.user ?? interaction.user) as APIUser;
  const channelId = channel?.id ?? interaction.channel_id ?? "";
  const peer = { id: userIdOf(user.id), name: nameOf(user, member?.nick) };
  const lang = languageOf(locale);
  if (!guild_id || isForeign(interaction)) {
    const place: Place = { adapter: "discord", group: DIRECT + user.id, channel: channelId };
    return { user: peer, place, lang, administers: true };
  }
  const isThread = channel !== undefined && threads.includes(channel.type);
  const parent = isThread ? ((channel as { parent_id?: string }).parent_id ?? known.parentOf(channelId)) : undefined;
  const isPrivate = channel?.type === ChannelType.PrivateThread || known.isPrivate(guild_id, parent ?? channelId);
  const place: Place = {
    ...{ adapter: "discord", group: `discord:${guild_id}`, channel: parent ?? channelId },
    ...(parent && { thread: channelId }),
    ...(isPrivate && { isPrivate: true as const }),
  };
  return { user: peer, place, lang, ...(member && { administers: manages(member.permissions) }) };
};

/** Who wrote a message, and where. Discord does not say in which language: it is what it is written in, what they last used, or the server's. */
export const fromMessage = (
  message: Pick<GatewayMessageCreateDispatchData, "guild_id" | "channel_id" | "author" | "member" | "content">,
  known: Known,
  langOf: (user: string) => Language | undefined,
): From => {
  const { guild_id, channel_id, author, member, content } = message;
  const user = { id: userIdOf(author.id), name: nameOf(author, member?.nick) };
  const written = /\p{Script=Hangul}/u.test(content) ? ("ko" as const) : undefined;
  const lang = written ?? langOf(author.id) ?? (guild_id ? known.lang(guild_id) : undefined) ?? "en";
  if (!guild_id)
    return { user, lang, place: { adapter: "discord", group: DIRECT + author.id, channel: channel_id }, administers: true };
  const parent = known.parentOf(channel_id);
  const place: Place = {
    ...{ adapter: "discord", group: `discord:${guild_id}`, channel: parent ?? channel_id },
    ...(parent && { thread: channel_id }),
    ...(known.isPrivate(guild_id, parent ?? channel_id) && { isPrivate: true as const }),
  };
  return { user, place, lang };
};
