import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseTarGzip } from "nanotar";
import { cifar10 } from "../models/cifar10.ts";
import { allocateImages, type Dataset, type LabelledImages } from "./dataset.ts";
import { fetchPublished, type PublishedFile } from "./published.ts";

const SIZE = 32;
const PLANE = SIZE * SIZE;
/** One byte of label, then the red, the green and the blue plane. */
const RECORD = 1 + 3 * PLANE;

/** The folder inside the published archive. */
const FOLDER = "cifar-10-batches-bin";
const TRAIN = [1, 2, 3, 4, 5].map((it) => `data_batch_${it}.bin`);
const TEST = ["test_batch.bin"];

/** How many records a file of the published binary layout has. Throws where that is no whole number, or none. */
const countRecords = (bytes: number): number => {
  if (bytes === 0 || bytes % RECORD !== 0)
    throw new Error(`A CIFAR-10 file is made of records of ${RECORD} bytes; this one has ${bytes} bytes.`);
  return bytes / RECORD;
};

/** Writes a file's images from the one at `first` on. Throws where a label is out of range. */
const parseInto = ({ pixels, labels }: LabelledImages, first: number, bytes: Uint8Array): void => {
  for (let n = 0; n < countRecords(bytes.length); n++) {
    const from = n * RECORD;
    const label = bytes[from] as number;
    if (label >= cifar10.classes.length)
      throw new Error(`Record ${n} of a CIFAR-10 file has the label ${label}; they go from 0 to 9.`);
    labels[first + n] = label;
    for (let i = 0, to = (first + n) * PLANE * 3; i < PLANE; i++, to += 3) {
      pixels[to] = bytes[from + 1 + i] as number;
      pixels[to + 1] = bytes[from + 1 + PLANE + i] as number;
      pixels[to + 2] = bytes[from + 1 + 2 * PLANE + i] as number;
    }
  }
};

/**
 * Reads files of the published binary layout, one after another. Throws when one is not a whole number of records or a label is out of
 * range.
 */
export const parseCifar10 = (files: readonly Uint8Array[]): LabelledImages => {
  const counts = files.map(({ length }) => countRecords(length));
  const images = allocateImages(
    counts.reduce((sum, it) => sum + it, 0),
    SIZE,
  );
  let first = 0;
  for (const [i, bytes] of files.entries()) {
    parseInto(images, first, bytes);
    first += counts[i] as number;
  }
  return images;
};

const ARCHIVE: PublishedFile = {
  folder: "",
  name: "cifar-10-binary.tar.gz",
  what: "data",
  urls: ["https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"],
  bytes: 170_052_171,
  sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
};

/** What is downloaded of it. */
export const cifar10Files: readonly PublishedFile[] = [ARCHIVE];

/** Whether the archive's files lie in `root` as it unpacks to, so that it is not needed. */
export const isCifar10Unpacked = (root: string): boolean => existsSync(join(root, FOLDER));

/** The published files by their names: unpacked in `cifar-10-batches-bin` below `root`, or in the archive there, which is downloaded if it is missing. */
const filesIn = async (root: string): Promise<(name: string) => Promise<Uint8Array>> => {
  const folder = join(root, FOLDER);
  if (isCifar10Unpacked(root)) return (name) => readFile(join(folder, name));
  const archive = await readFile(await fetchPublished(root, ARCHIVE));
  const files = new Map((await parseTarGzip(archive)).map(({ name, data }) => [name, data]));
  return async (name) => {
    const found = files.get(`${FOLDER}/${name}`);
    if (!found) throw new Error(`The archive of CIFAR-10 has no ${name}.`);
    return found;
  };
};

/** CIFAR-10 (Krizhevsky 2009) from the published binary archive in the folder `root`. */
export const readCifar10 = async (root: string): Promise<Dataset> => {
  const file = await filesIn(root);
  const read = async (names: readonly string[]) => parseCifar10(await Promise.all(names.map(file)));
  return {
    name: "cifar10",
    size: SIZE,
    classes: cifar10.classes,
    normalisation: { mean: cifar10.mean, std: cifar10.std },
    train: await read(TRAIN),
    test: await read(TEST),
  };
};
