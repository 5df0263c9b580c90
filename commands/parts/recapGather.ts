import type { RecapContext } from "../../src/chat/recaps.ts";
import type { RecapSpec } from "../../src/store/groupTables.ts";
import type { Viewer } from "../../src/store/references.ts";
import { type Gathered, gather } from "./gathered.ts";

/** What a recap sees: what all of the group see, and what is said in its own channel. */
export const recapViewer = ({ place }: Pick<RecapContext, "place">): Viewer => ({
  userId: "",
  groupId: place.group,
  channel: place.channel,
});

/** What a recap's spec means: the time, and what was done in it. */
export const gatherFor = (context: RecapContext, { from, to, userId }: RecapSpec): Promise<Gathered> =>
  gather(context, recapViewer(context), { from: new Date(from), to: new Date(to) }, userId);

/** Everybody who is in what is said of some time, by what they did or with a picture. */
export const peopleIn = ({ people, owners }: Gathered): string[] => [...new Set([...people.keys(), ...owners])];
