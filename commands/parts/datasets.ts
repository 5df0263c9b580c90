import type { CommandContext } from "../../src/chat/command.ts";
import { publishedNames, UPLOADS } from "../../src/data/dataSource.ts";
import { UserError } from "../../src/errors.ts";

const NAME = /^[a-z][a-z0-9-]{0,31}$/;
const reserved: readonly string[] = [UPLOADS, ...publishedNames];

/** A name that a data set may have, or the UserError `bad_dataset_name`. Capitals are not minded. */
export const newDatasetName = (typed: string): string => {
  const name = typed.trim().toLowerCase();
  if (!NAME.test(name) || reserved.includes(name))
    throw new UserError("bad_dataset_name", { got: typed.slice(0, 60), reserved: [...reserved] });
  return name;
};

/** Makes a data set, unless the asker made it before. Throws the UserError `dataset_taken` where somebody else did. */
export const makeDataset = async ({ store, place, user }: CommandContext, name: string): Promise<void> => {
  const { group, channel, isPrivate = false } = place;
  const row = { groupId: group, name, channel, isPrivate, userId: user.id, userName: user.name };
  if (await store.datasets.add(row)) return;
  // Nothing is told of one that was made in a private channel.
  const seen = (await store.datasets.list(group, channel)).find((it) => it.name === name);
  throw new UserError("dataset_taken", { name, by: seen?.userName ?? "" });
};
