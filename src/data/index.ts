import { cifar10Folder, readCifar10 } from "./cifar10.ts";
import type { Dataset } from "./dataset.ts";

/** Every data set there is: the folder it is read from, below PEERLAB_DATA or the cache, and how. */
export const datasets: Readonly<Record<string, { folder: string; read(folder: string): Promise<Dataset> }>> = {
  cifar10: { folder: cifar10Folder, read: readCifar10 },
};
