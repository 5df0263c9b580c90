import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset, LabelledImages } from "./dataset.ts";
import { decodePhotos, measureNormalisation, type Photo } from "./photos.ts";

const namesIn = async (path: string): Promise<string[]> => (await readdir(path)).filter((it) => !it.startsWith(".")).sort();

const readSplit = async (path: string, classes: readonly string[], size: number): Promise<LabelledImages> => {
  const photosOf = async (name: string, label: number): Promise<Photo[]> =>
    (await namesIn(join(path, name))).map((file) => ({ label, bytes: () => readFile(join(path, name, file)) }));
  return decodePhotos((await Promise.all(classes.map(photosOf))).flat(), size);
};

/**
 * Photos in folders named after their classes: `path`/train/dog/….jpg, and `path`/val/… as the test set. Each is cut to a square
 * around its middle. In alphabetical order, so that labels mean the same on every machine.
 */
export const readFolder = async (path: string, size: number): Promise<Dataset> => {
  const classes = await namesIn(join(path, "train"));
  if (classes.length < 2) throw new Error(`${join(path, "train")} should hold a folder for each of two or more classes.`);
  const train = await readSplit(join(path, "train"), classes, size);
  const test = await readSplit(join(path, "val"), classes, size);
  return { name: "folder", size, classes, normalisation: measureNormalisation(train), train, test };
};
