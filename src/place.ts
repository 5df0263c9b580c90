/** The chat platforms. Each has a folder in `chat/` and a line in `chat/adapters.ts`. */
export const adapterNames = ["terminal", "web", "slack", "discord"] as const;
export type AdapterName = (typeof adapterNames)[number];

/**
 * Where something is said. A group owns what is said and made in it: a Discord server, a Slack workspace, one person's direct
 * messages, or "local", which the web chat and the terminal share. Nothing of one group is shown in another.
 */
export interface Place {
  adapter: AdapterName;
  group: string;
  /** The platform's id of the channel. */
  channel: string;
  /** The platform's id of a thread in it. */
  thread?: string;
  /** Only members of this channel may see what is said here; it is not shown elsewhere in the group. */
  isPrivate?: true;
}

/** The group of the web chat and the terminal of this installation. */
export const LOCAL_GROUP = "local";
/** Who owns what every group may use: the models that ship. */
export const SHARED_GROUP = "shared";
