import type { Log } from "../log.ts";
import type { AdapterName, Place } from "../place.ts";

/** A channel of a group that everybody in the group can see. */
export interface GroupChannel {
  adapter: AdapterName;
  /** The platform's id of it. */
  id: string;
  name: string;
}

/** What a platform says of a group's channels: none where the group is not its own, or a conversation of few. */
type List = (group: string) => Promise<readonly Omit<GroupChannel, "adapter">[]>;

/** The channels of groups, as their platforms say. */
export interface GroupChannels {
  /** Lets an adapter say which there are. */
  serve(adapter: AdapterName, list: List): void;
  /** Those of a group; a platform that cannot be asked right now says none. */
  of(group: string): Promise<readonly GroupChannel[]>;
}

/** A channel as a place to post in. */
export const placeIn = ({ adapter, id }: GroupChannel, group: string): Place => ({ adapter, group, channel: id });

export const openGroupChannels = (log: Log): GroupChannels => {
  const lists = new Map<AdapterName, List>();
  return {
    serve: (adapter, list) => void lists.set(adapter, list),
    of: async (group) => {
      const found = [...lists].map(async ([adapter, list]) => {
        const channels = await list(group).catch((err: unknown) => {
          log.warn({ err, adapter }, "a platform did not say which channels there are");
          return [];
        });
        return channels.map((it) => ({ adapter, ...it }));
      });
      return (await Promise.all(found)).flat();
    },
  };
};
