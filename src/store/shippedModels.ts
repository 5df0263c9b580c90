import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Blobs, hashOf } from "../blobs/blobs.ts";
import { readCard } from "../models/cardMetadata.ts";
import { readModel } from "../onnx/file.ts";
import { SHARED_GROUP } from "../place.ts";
import type { Model } from "./models.ts";
import type { Store } from "./store.ts";

/** Who added the models that come with the project. */
const SHIPPED_BY = "Peerlab";

/** Whether a model came with the project. */
export const isShipped = ({ groupId }: Pick<Model, "groupId">): boolean => groupId === SHARED_GROUP;

/** Where the models lie that were trained here and ship with the project. */
export const shippedFolder = fileURLToPath(new URL("../../models/", import.meta.url));

/**
 * Makes the models of a folder ready for every group, brings those up to date that have changed since the last start, and removes those
 * that ship no more. Throws for a file without a card: ours always have one.
 */
export const installShipped = async (folder: string, store: Pick<Store, "models">, blobs: Blobs): Promise<void> => {
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".onnx")).sort();
  const known = await store.models.ownedBy(SHARED_GROUP);
  const ships = new Set<string>();
  for (const file of files) {
    const bytes = await readFile(join(folder, file));
    const hash = hashOf(bytes);
    // Reading a card means reading the whole model, which is left out where it is the one we know.
    const unchanged = known.find((model) => model.blob === hash);
    const card = unchanged?.card ?? readCard(readModel(bytes));
    if (!card) throw new Error(`Expected a card in the metadata of ${file}; train it again, or give it one with writeCard`);
    ships.add(card.name);
    if (unchanged) continue;
    const { blob } = await blobs.put(bytes, { name: file, type: "application/octet-stream" });
    const model = { groupId: SHARED_GROUP, name: card.name, blob, bytes: bytes.length, card };
    await store.models.put({ ...model, addedBy: SHIPPED_BY, addedById: null, crashes: 0 });
  }
  for (const model of known.filter((it) => !ships.has(it.name))) await store.models.remove(model);
};
