import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Blobs, hashOf } from "../blobs/blobs.ts";
import { readCard } from "../models/cardMetadata.ts";
import { readModel } from "../onnx/file.ts";
import type { Model, Store } from "./store.ts";

/** Who added the models that come with the project. */
const SHIPPED_BY = "Peerlab";

/** Whether a model came with the project: a peer who takes its name has an id, and those have none. */
export const isShipped = ({ addedBy, addedById }: Pick<Model, "addedBy" | "addedById">): boolean =>
  addedBy === SHIPPED_BY && addedById === null;

/** Where the models lie that were trained here and ship with the project. */
export const shippedFolder = fileURLToPath(new URL("../../models/", import.meta.url));

/**
 * Makes the models of a folder ready for /classify, and brings those up to date that have changed since the last start. A model
 * that a peer added under the same name is left alone. Throws for a file without a card: ours always have one.
 */
export const installShipped = async (folder: string, store: Pick<Store, "models">, blobs: Blobs): Promise<void> => {
  const names = (await readdir(folder).catch(() => [])).filter((it) => it.endsWith(".onnx"));
  for (const file of names.sort()) {
    const bytes = await readFile(join(folder, file));
    const card = readCard(readModel(bytes));
    if (!card) throw new Error(`Expected a card in the metadata of ${file}; train it again or write one with withCard`);
    const known = await store.models.get(card.name);
    if (known && (!isShipped(known) || known.blob === hashOf(bytes))) continue;
    const { blob } = await blobs.put(bytes, { name: file, type: "application/octet-stream" });
    const whose = { addedBy: SHIPPED_BY, addedById: null, kills: 0 };
    await store.models.put({ name: card.name, blob, bytes: bytes.length, card, ...whose });
  }
};
