import { subSeed } from "../../random.ts";
import { type Dataset, emptyPictures, type Pictures } from "../dataset.ts";
import { drawShape } from "./draw.ts";
import { shapeNames } from "./outlines.ts";

const SIZE = 32;
/** Pictures of each split, and the seeds that no two of them share. */
const splits = { train: { count: 20_000, seed: 2012 }, test: { count: 4_000, seed: 2015 } } as const;

const drawn = ({ count, seed }: { count: number; seed: number }): Pictures => {
  const pictures = emptyPictures(count, SIZE);
  for (let n = 0; n < count; n++) {
    const label = n % shapeNames.length;
    pictures.labels[n] = label;
    pictures.pixels.set(drawShape(label, subSeed(seed, n), SIZE), n * SIZE * SIZE * 3);
  }
  return pictures;
};

/** The data set `shapes`: ten shapes in equal numbers, drawn here, the same on every machine. `counts` for fewer pictures. */
export const drawShapes = (counts: { train?: number; test?: number } = {}): Dataset => ({
  name: "shapes",
  size: SIZE,
  classes: shapeNames,
  normalisation: { mean: [0.456, 0.456, 0.456], std: [0.242, 0.242, 0.242] },
  train: drawn({ ...splits.train, count: counts.train ?? splits.train.count }),
  test: drawn({ ...splits.test, count: counts.test ?? splits.test.count }),
});
