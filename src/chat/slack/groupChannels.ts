import type { SlackApi } from "./api.ts";

const PAGE = 200;
/** Beyond so many, a channel is named by its id. */
const MOST = 1000;

/** The public channels of a workspace that is a group; a conversation of few has no others. The bot may join each of them. */
export const listChannels =
  (api: SlackApi) =>
  async (group: string): Promise<{ id: string; name: string }[]> => {
    const [kind, team, direct] = group.split(":");
    if (kind !== "slack" || direct !== undefined) return [];
    const found: { id: string; name: string }[] = [];
    let cursor: string | undefined;
    do {
      const asked = { types: "public_channel", exclude_archived: true, limit: PAGE, ...(cursor && { cursor }) };
      const { channels = [], response_metadata } = await api.call((client) => client.conversations.list(asked));
      for (const { id, name, is_private, is_archived, context_team_id } of channels) {
        // A channel that is shared with another workspace belongs to both.
        if (id && name && !is_private && !is_archived && (context_team_id ?? team) === team) found.push({ id, name });
      }
      cursor = response_metadata?.next_cursor || undefined;
    } while (cursor && found.length < MOST);
    return found;
  };
