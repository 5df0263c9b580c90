import { drawShapes } from "../../src/data/shapes/index.ts";
import type { FileRef } from "../../src/files.ts";
import { encodeJpeg } from "../../src/images/encode.ts";
import { mina, type TestBot } from "./bot.ts";

/** PEERLAB_WORK_SHARE for runs of a few dozen steps. */
export const TINY_WORK = "0.01";

/** Pictures of one class of the drawn shapes, as JPEGs. */
const drawn = async (wanted: string, count: number): Promise<Uint8Array[]> => {
  const { train, classes, size } = drawShapes({ train: 40 * count, test: 10 });
  const indices = Array.from(train.labels.keys()).filter((n) => classes[train.labels[n] as number] === wanted);
  const length = size * size * 3;
  const pixels = (n: number) => train.pixels.subarray(n * length, (n + 1) * length);
  return Promise.all(indices.slice(0, count).map((n) => encodeJpeg({ width: size, height: size, data: pixels(n) })));
};

/** Uploads and labels so many circles and triangles, through /label; the files in that order. */
export const labelShapes = async (lab: TestBot, count: number, data = "uploads"): Promise<FileRef[]> => {
  const files: FileRef[] = [];
  for (const name of ["circle", "triangle"]) {
    const pictures = await drawn(name, count);
    const own = await Promise.all(pictures.map((it, i) => lab.bot.upload(mina, Buffer.from(it), `${name}-${i}.jpg`)));
    // A message carries ten pictures at most.
    for (let from = 0; from < own.length; from += 10) {
      const { status, reply } = await lab.ask(`/label class:${name} data:${data}`, own.slice(from, from + 10));
      if (status !== "done") throw new Error(reply?.text);
    }
    files.push(...own);
  }
  return files;
};
