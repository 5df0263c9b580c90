import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { threadEntry } from "../../threadEntry.ts";
import { allocateImages, type Dataset, type LabelledImages } from "../dataset.ts";
import { drawSlice } from "./drawSlice.ts";
import { shapeNames } from "./outlines.ts";

const SIZE = 32;
/** Images of each split, and the seeds that no two of them share. */
const splits = { train: { count: 20_000, seed: 2012 }, test: { count: 4_000, seed: 2015 } } as const;
type Split = keyof typeof splits;
/** More threads than this draw no faster: they would begin when the others are done. */
const MAX_THREADS = 4;

/** A data set whose pictures are still black. */
const blank = ({ train, test }: Readonly<Record<Split, number>>): Dataset => {
  const allocate = (count: number): LabelledImages => {
    const images = allocateImages(count, SIZE);
    for (let n = 0; n < count; n++) images.labels[n] = n % shapeNames.length;
    return images;
  };
  return {
    name: "shapes",
    size: SIZE,
    classes: shapeNames,
    normalisation: { mean: [0.456, 0.456, 0.456], std: [0.242, 0.242, 0.242] },
    train: allocate(train),
    test: allocate(test),
  };
};

/** What of the pictures the `index`-th of so many threads draws. */
const slicesOf = (dataset: Dataset, index: number, threads: number) =>
  (Object.keys(splits) as Split[]).map((split) => {
    const { count, pixels } = dataset[split];
    const at = (thread: number) => Math.round((count * thread) / threads);
    return { pixels, size: SIZE, seed: splits[split].seed, from: at(index), to: at(index + 1) };
  });

/** The data set `shapes`: ten shapes in equal numbers, drawn here, the same on every machine. `counts` for fewer images. */
export const drawShapes = (counts: Partial<Record<Split, number>> = {}): Dataset => {
  const dataset = blank({ train: splits.train.count, test: splits.test.count, ...counts });
  for (const slice of slicesOf(dataset, 0, 1)) drawSlice(slice);
  return dataset;
};

/** The same on every core: all of it costs a core seven seconds. */
export const drawShapesTogether = async (counts: Partial<Record<Split, number>> = {}): Promise<Dataset> => {
  const dataset = blank({ train: splits.train.count, test: splits.test.count, ...counts });
  const threads = Math.min(MAX_THREADS, availableParallelism());
  const others = Array.from({ length: threads - 1 }, (_, index) => {
    const worker = new Worker(threadEntry(new URL("./drawWorker.ts", import.meta.url)), {
      workerData: slicesOf(dataset, index + 1, threads),
    });
    return new Promise<void>((resolve, reject) => {
      worker.once("error", reject);
      worker.once("exit", (code) =>
        code === 0 ? resolve() : reject(new Error(`A thread that draws shapes ended with ${code}`)),
      );
    });
  });
  const drawn = Promise.all(others);
  for (const slice of slicesOf(dataset, 0, threads)) drawSlice(slice);
  await drawn;
  return dataset;
};
