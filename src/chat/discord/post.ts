import { type APIMessage, MessageFlags, Routes } from "discord.js";
import type { Discord } from "./discord.ts";
import { handlingOf } from "./faults.ts";
import type { OutgoingMessage } from "./message.ts";
import type { Interacting } from "./token.ts";

const original = ({ application, token }: Interacting) => Routes.webhookMessage(application, token, "@original");
/** What an edit may say of a message's flags. */
const editing = ({ body, files }: OutgoingMessage) => ({ body: { ...body, flags: body.flags & ~MessageFlags.Ephemeral }, files });

/** Calls a channel; a thread that sleeps is woken first. */
const awake = async <T>({ rest }: Pick<Discord, "rest">, channel: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (handlingOf(error) !== "unarchive") throw error;
    await rest.patch(Routes.channel(channel), { body: { archived: false } });
    return work();
  }
};

/** The ways in which Discord shows, changes and removes a message. Each returns the message's id. */
export const openPosting = (discord: Pick<Discord, "rest">) => {
  const { rest } = discord;
  return {
    /** Gives a deferred answer, or changes the message whose button was pressed. */
    editOriginal: async (it: Interacting, message: OutgoingMessage): Promise<string> =>
      ((await rest.patch(original(it), { ...editing(message), auth: false })) as APIMessage).id,
    deleteOriginal: async (it: Interacting): Promise<void> => {
      await rest.delete(original(it), { auth: false });
    },
    /** A further message to an interaction; one that only its user sees, where the message says so. */
    followUp: async (it: Interacting, { body, files }: OutgoingMessage): Promise<string> => {
      const query = new URLSearchParams({ wait: "true" });
      const posted = await rest.post(Routes.webhook(it.application, it.token), { query, body, files, auth: false });
      return (posted as APIMessage).id;
    },
    /** A message of the bot's own. The same nonce again within some minutes posts nothing, and gives the message that is there. */
    create: async (
      channel: string,
      { body, files }: OutgoingMessage,
      { nonce, repliesTo }: { nonce: string; repliesTo?: string | undefined },
    ): Promise<string> => {
      const reference = repliesTo ? { message_reference: { message_id: repliesTo, fail_if_not_exists: false } } : {};
      const whole = { ...body, ...reference, nonce, enforce_nonce: true };
      const post = () => rest.post(Routes.channelMessages(channel), { body: whole, files });
      return ((await awake(discord, channel, post)) as APIMessage).id;
    },
    edit: async (channel: string, id: string, message: OutgoingMessage): Promise<string> => {
      const edit = () => rest.patch(Routes.channelMessage(channel, id), editing(message));
      return ((await awake(discord, channel, edit)) as APIMessage).id;
    },
    /** Removes a message; one that is gone already is fine. */
    remove: async (channel: string, id: string): Promise<void> => {
      try {
        await rest.delete(Routes.channelMessage(channel, id));
      } catch (error) {
        if (handlingOf(error) !== "anew") throw error;
      }
    },
    /** The channel of somebody's direct messages with the bot. */
    directMessages: async (user: string): Promise<string> =>
      ((await rest.post(Routes.userChannels(), { body: { recipient_id: user } })) as { id: string }).id,
  };
};
export type Posting = ReturnType<typeof openPosting>;
