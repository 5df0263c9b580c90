import { readCifar10 } from "./cifar10.ts";
import type { LabelledPicture } from "./dataSource.ts";
import type { Dataset } from "./dataset.ts";
import { readFashionMnist } from "./fashionMnist.ts";
import { readFolder } from "./folder.ts";
import { readPictures } from "./pictures.ts";
import { drawShapesTogether } from "./shapes/index.ts";

/** Where the data comes from, and the image size for data sets without one of their own. */
export interface DatasetSource {
  /** The folder of published archives (PEERLAB_DATA or the cache); for `folder`, the one that holds train and val. */
  root: string;
  /** Image side in pixels for `folder` and `uploads`: that of the network. */
  size: number;
  /** For `uploads`: what the group has labelled, and how to read its files. */
  labelled?: readonly LabelledPicture[];
  read?(blob: string): Promise<Uint8Array>;
  /** Only the test pictures are looked at: the others may be left out. */
  testOnly?: boolean;
}

/** Every data set by its name, and how it is read or drawn. */
export const datasets = {
  cifar10: ({ root }) => readCifar10(root),
  "fashion-mnist": ({ root }) => readFashionMnist(root),
  shapes: ({ testOnly }) => drawShapesTogether(testOnly ? { train: 0 } : {}),
  folder: ({ root, size }) => readFolder(root, size),
  uploads: ({ labelled = [], read, size }) => {
    if (!read) throw new Error("The group's labelled pictures need `read`, which opens their files.");
    return readPictures(labelled, read, size);
  },
} as const satisfies Readonly<Record<string, (source: DatasetSource) => Promise<Dataset>>>;

export type DatasetName = keyof typeof datasets;

/** Those that a script can read: what the group has labelled lies in the bot's database, which only the bot opens. */
export const scriptDatasets = (Object.keys(datasets) as DatasetName[]).filter((it) => it !== "uploads");
