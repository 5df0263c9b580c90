import { readCifar10 } from "./cifar10.ts";
import type { Dataset } from "./dataset.ts";
import { readFashionMnist } from "./fashionMnist.ts";
import { readFolder } from "./folder.ts";
import { drawShapes } from "./shapes/index.ts";
import { type Labelled, readUploads } from "./uploads.ts";

/** Where a data set is had from, and how large its pictures shall be where they have no size of their own. */
export interface Origin {
  /** The folder of published archives (PEERLAB_DATA or the cache); for `folder`, the one that holds train and val. */
  root: string;
  /** Side in pixels of the pictures of `folder` and `uploads`: the network's. */
  size: number;
  /** For `uploads`: what the group has labelled, and a way to its files. */
  labelled?: readonly Labelled[];
  read?(blob: string): Promise<Uint8Array>;
}

/** Every data set that has a name, and how it is had: read, or drawn. */
export const datasets = {
  cifar10: ({ root }) => readCifar10(root),
  "fashion-mnist": ({ root }) => readFashionMnist(root),
  shapes: async () => drawShapes(),
  folder: ({ root, size }) => readFolder(root, size),
  uploads: ({ labelled = [], read, size }) => {
    if (!read) throw new Error("The group's pictures can be read where the blob store is, and nobody said where.");
    return readUploads(labelled, read, size);
  },
} as const satisfies Readonly<Record<string, (origin: Origin) => Promise<Dataset>>>;

export type DatasetName = keyof typeof datasets;

/** Those that a script can have: what the group labelled lies in the chat's database, which only the bot opens. */
export const withoutChat = (Object.keys(datasets) as DatasetName[]).filter((it) => it !== "uploads");
