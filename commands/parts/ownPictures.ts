import type { CommandContext } from "../../src/chat/command.ts";
import type { FileRef } from "../../src/files.ts";

/**
 * The group's newest labelled pictures that are seen from here, as files that a button can carry: so they are noted as what the answer is
 * about, and go with it when their sender is forgotten.
 */
export const ownPictures = async (
  { store, place }: Pick<CommandContext, "store" | "place">,
  count: number,
): Promise<readonly FileRef[]> =>
  (await store.labels.list(place.group, { channel: place.channel }))
    .slice(0, count)
    .map(({ blob, label }) => ({ blob, name: label, type: "image/jpeg", bytes: 0 }));
