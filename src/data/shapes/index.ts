import { subSeed } from "../../random.ts";
import { allocateImages, type Dataset, type LabelledImages } from "../dataset.ts";
import { drawShape } from "./draw.ts";
import { shapeNames } from "./outlines.ts";

const SIZE = 32;
/** Images of each split, and the seeds that no two of them share. */
const splits = { train: { count: 20_000, seed: 2012 }, test: { count: 4_000, seed: 2015 } } as const;

const drawSplit = ({ count, seed }: { count: number; seed: number }): LabelledImages => {
  const images = allocateImages(count, SIZE);
  for (let n = 0; n < count; n++) {
    const label = n % shapeNames.length;
    images.labels[n] = label;
    images.pixels.set(drawShape(label, subSeed(seed, n), SIZE), n * SIZE * SIZE * 3);
  }
  return images;
};

/** The data set `shapes`: ten shapes in equal numbers, drawn here, the same on every machine. `counts` for fewer images. */
export const drawShapes = (counts: { train?: number; test?: number } = {}): Dataset => ({
  name: "shapes",
  size: SIZE,
  classes: shapeNames,
  normalisation: { mean: [0.456, 0.456, 0.456], std: [0.242, 0.242, 0.242] },
  train: drawSplit({ ...splits.train, count: counts.train ?? splits.train.count }),
  test: drawSplit({ ...splits.test, count: counts.test ?? splits.test.count }),
});
