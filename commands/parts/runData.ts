import type { CommandContext } from "../../src/chat/command.ts";
import { type DataSource, publishedNames } from "../../src/data/dataSource.ts";
import { UserError } from "../../src/errors.ts";
import { findName, nearestNames } from "../../src/models/names.ts";

/** Whose data sets, and seen from where. */
type Asking = Pick<CommandContext, "store" | "place">;

/** What everybody's labelled pictures are in, until somebody makes a data set. */
const UPLOADS = "uploads";
/** Labelled pictures that a class needs: one to train on, one to test with. */
const MIN_PER_CLASS = 2;

/** The group's own data sets. Those that peers make join `uploads` here. */
const ownNames = async (_asking: Asking): Promise<readonly string[]> => [UPLOADS];

/** A group's pictures in one of its own data sets, as far as they are seen from the asker's channel. */
const picturesIn = async ({ store, place }: Asking, _name: string) => store.labels.list(place.group, place.channel);

/** Every data set that the group can use. */
export const dataNames = async (asking: Asking): Promise<readonly string[]> => [...publishedNames, ...(await ownNames(asking))];

/** The data set that somebody means, with the pictures in it where it is the group's own. Throws `unknown_data`. */
export const resolveData = async (asking: Asking, typed: string): Promise<DataSource> => {
  const known = await dataNames(asking);
  const name = findName(typed, known);
  if (name === undefined)
    throw new UserError("unknown_data", { name: typed, near: nearestNames(typed, known), known: [...known] });
  const published = publishedNames.find((it) => it === name);
  return published
    ? { kind: "published", name: published }
    : { kind: "pictures", name, pictures: await picturesIn(asking, name) };
};

/** Refuses a data set of the group's from which nothing can be learned: throws `too_few_labels`, before anything is queued. */
export const demandLabels = (data: DataSource): void => {
  if (data.kind === "published") return;
  const counts = new Map<string, number>();
  for (const { label } of data.pictures) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (counts.size < 2 || [...counts.values()].some((it) => it < MIN_PER_CLASS))
    throw new UserError("too_few_labels", { counts: [...counts].map(([name, count]) => ({ name, count })) });
};
