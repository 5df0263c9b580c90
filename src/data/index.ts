import { readCifar10 } from "./cifar10.ts";
import type { Dataset } from "./dataset.ts";
import { readFashionMnist } from "./fashionMnist.ts";
import { drawShapes } from "./shapes/index.ts";

/** Every data set that has a name, and how it is had: read below a root folder (PEERLAB_DATA or the cache), or drawn. */
export const datasets: Readonly<Record<string, (root: string) => Promise<Dataset>>> = {
  cifar10: readCifar10,
  "fashion-mnist": readFashionMnist,
  shapes: async () => drawShapes(),
};
