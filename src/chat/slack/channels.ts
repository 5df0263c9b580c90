import type { SlackApi } from "./api.ts";
import { codeOf, handlingOf } from "./errors.ts";

/** What kind of conversation a channel is. */
export type ChannelKind = "public" | "private" | "direct";

const FRESH_MS = 10 * 60_000;
const MOST_KNOWN = 5000;

/** What kinds of conversations there are, by `conversations.info`, asked for once in a while. */
export const openChannels = (api: SlackApi, now: () => number = Date.now) => {
  const known = new Map<string, { at: number; kind: Promise<ChannelKind> }>();

  const ask = async (id: string): Promise<ChannelKind> => {
    try {
      const { channel } = await api.call((client) => client.conversations.info({ channel: id }));
      if (channel?.is_im) return "direct";
      return channel?.is_private || channel?.is_mpim || channel?.is_group ? "private" : "public";
    } catch (error) {
      if (codeOf(error) === "request" || handlingOf(error) === "token") throw error;
      // One that the bot cannot see is none that everybody can.
      return id.startsWith("D") ? "direct" : "private";
    }
  };

  return {
    /** The kind of a channel; what an event says of it spares the question. */
    kind: (id: string, said?: { name?: string | undefined; type?: string | undefined }): Promise<ChannelKind> => {
      if (said?.type === "im" || said?.name === "directmessage" || id.startsWith("D")) return Promise.resolve("direct");
      if (said?.type === "group" || said?.type === "mpim" || said?.name === "privategroup") return Promise.resolve("private");
      const before = known.get(id);
      if (before && now() - before.at < FRESH_MS) return before.kind;
      const kind = ask(id);
      known.delete(id);
      known.set(id, { at: now(), kind });
      kind.catch(() => known.delete(id));
      for (const [oldest] of known) {
        if (known.size <= MOST_KNOWN) break;
        known.delete(oldest);
      }
      return kind;
    },
  };
};
export type Channels = ReturnType<typeof openChannels>;
