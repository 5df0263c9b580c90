import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { decode } from "../images/decode.ts";
import { type Dataset, emptyPictures, type Normalisation, type Pictures } from "./dataset.ts";

/** Mean and deviation of each channel over all pixels, 0 … 1: what a data set is normalised with. */
export const measureNormalisation = ({ pixels }: Pictures): Normalisation => {
  const [sums, squares] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (let i = 0; i < pixels.length; i++) {
    const [channel, value] = [i % 3, (pixels[i] as number) / 255];
    sums[channel] = (sums[channel] as number) + value;
    squares[channel] = (squares[channel] as number) + value * value;
  }
  const count = pixels.length / 3;
  const mean = (channel: number) => (sums[channel] as number) / count;
  // Pictures of one colour vary by nothing, and nothing can be divided by that.
  const std = (channel: number) =>
    Math.max(1 / 255, Math.sqrt(Math.max(0, (squares[channel] as number) / count - mean(channel) ** 2)));
  return { mean: [mean(0), mean(1), mean(2)], std: [std(0), std(1), std(2)] };
};

const namesIn = async (path: string): Promise<string[]> => (await readdir(path)).filter((it) => !it.startsWith(".")).sort();

const readSplit = async (path: string, classes: readonly string[], size: number): Promise<Pictures> => {
  const listed = await Promise.all(
    classes.map(async (name, label) =>
      (await namesIn(join(path, name))).map((file) => ({ path: join(path, name, file), label })),
    ),
  );
  const all = listed.flat();
  const pictures = emptyPictures(all.length, size);
  for (const [n, { path: file, label }] of all.entries()) {
    const { image } = await decode(await readFile(file), { width: size, height: size, enlarge: size, cover: true });
    pictures.pixels.set(image.data, n * size * size * 3);
    pictures.labels[n] = label;
  }
  return pictures;
};

/**
 * Pictures in folders named after their classes: `path`/train/dog/….jpg, and `path`/val/… to judge by. Each is cut to a square
 * around its middle. In alphabetical order, so that labels mean the same on every machine.
 */
export const readFolder = async (path: string, size: number): Promise<Dataset> => {
  const classes = await namesIn(join(path, "train"));
  if (classes.length < 2) throw new Error(`${join(path, "train")} should hold a folder for each of two or more classes.`);
  const train = await readSplit(join(path, "train"), classes, size);
  const test = await readSplit(join(path, "val"), classes, size);
  return { name: "folder", size, classes, normalisation: measureNormalisation(train), train, test };
};
