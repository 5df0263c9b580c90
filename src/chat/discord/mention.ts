import type { GatewayMessageCreateDispatchData } from "discord.js";
import type { SaidToBot } from "./asking.ts";

/**
 * Whether a message is said to the bot: in its direct messages, where it is mentioned by name, or a command in reply to it. That alone a reply
 * pings the bot says nothing: people thank each other for answers.
 */
export const isSaidToBot = (
  {
    guild_id,
    content,
    referenced_message: replied,
  }: Pick<GatewayMessageCreateDispatchData, "guild_id" | "content" | "referenced_message">,
  self: string,
): boolean => {
  if (!guild_id) return true;
  return new RegExp(`<@!?${self}>`).test(content) || (replied?.author.id === self && content.startsWith("/"));
};

/** What is kept of such a message. */
export const keptMessage = (message: GatewayMessageCreateDispatchData): SaidToBot => {
  const {
    id,
    channel_id,
    guild_id,
    content,
    author,
    attachments,
    message_snapshots: snapshots,
    referenced_message: replied,
  } = message;
  const forwarded = snapshots ? { message_snapshots: snapshots } : {};
  return {
    ...{ id, channel_id, content, author, attachments, ...forwarded },
    ...(guild_id && { guild_id }),
    ...(replied && { replied: { id: replied.id, attachments: replied.attachments } }),
  };
};
