import type { Recaps } from "../../src/chat/recaps.ts";

const nothing = async () => {};

/** For bots that post no recaps. */
export const noRecaps: Recaps = {
  ...{ begin: nothing, attend: nothing, follow: nothing, again: nothing },
  onResult: async () => false,
  hide: async () => nothing,
};
