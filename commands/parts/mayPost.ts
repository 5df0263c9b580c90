import type { CommandContext } from "../../src/chat/command.ts";
import { UserError } from "../../src/errors.ts";

/** Whether somebody may say what is posted to everybody at certain times: who administers the group, or anyone where nobody does. */
export const mayPost = async ({ store, place, administers }: CommandContext): Promise<boolean> =>
  (await administers()) || !(await store.groups.isAdministered(place.group));

/** Throws a `UserError` for whoever may not. */
export const checkMayPost = async (context: CommandContext): Promise<void> => {
  if (!(await mayPost(context))) throw new UserError("administrators_post", {});
};
