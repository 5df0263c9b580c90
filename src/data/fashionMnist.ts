import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { allocateImages, type Dataset, type LabelledImages } from "./dataset.ts";
import { fetchPublished, type PublishedFile } from "./published.ts";

/** Images of 28 pixels, laid in the middle of 32: what our small networks take. */
const [PUBLISHED, SIZE] = [28, 32];
const MARGIN = (SIZE - PUBLISHED) / 2;

/** Order of the labels (github.com/zalandoresearch/fashion-mnist). */
export const fashionMnistClasses = [
  ...["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"],
  ...["Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
] as const;

/** Of the 60,000 training images with their margin; grey, so the same for red, green and blue. */
const normalisation = {
  mean: [0.219, 0.219, 0.219],
  std: [0.3317, 0.3317, 0.3317],
} as const satisfies Dataset["normalisation"];

const hosted = (name: string, bytes: number, sha256: string): PublishedFile => ({
  ...{ folder: "fashion-mnist", name, what: "data" },
  urls: [
    `http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/${name}`,
    `https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/${name}`,
  ],
  bytes,
  sha256,
});

const files = {
  train: {
    images: hosted("train-images-idx3-ubyte.gz", 26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
    labels: hosted("train-labels-idx1-ubyte.gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
  },
  test: {
    images: hosted("t10k-images-idx3-ubyte.gz", 4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
    labels: hosted("t10k-labels-idx1-ubyte.gz", 5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
  },
} as const;

/** What is downloaded of it. */
export const fashionMnistFiles: readonly PublishedFile[] = Object.values(files).flatMap(({ images, labels }) => [images, labels]);

/** An array in the IDX format of MNIST: two zeros, a type (8: bytes), the number of axes, each axis as a big-endian integer, the numbers. */
export const parseIdx = (bytes: Uint8Array): { shape: number[]; data: Uint8Array } => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0 || view.getUint8(2) !== 8) throw new Error("This is not an IDX file of bytes.");
  const shape = Array.from({ length: view.getUint8(3) }, (_, axis) => view.getUint32(4 + 4 * axis));
  const data = bytes.subarray(4 + 4 * shape.length);
  const expected = shape.reduce((product, it) => product * it, 1);
  if (data.length !== expected)
    throw new Error(`An IDX file of [${shape}] holds ${expected} numbers; this one has ${data.length}.`);
  return { shape, data };
};

/** Grey images and their labels in IDX as colour images of 32 pixels with a black margin. */
export const parseFashionMnist = (images: Uint8Array, labels: Uint8Array): LabelledImages => {
  const { shape, data } = parseIdx(images);
  const { data: numbers } = parseIdx(labels);
  const [count = 0, height, width] = shape;
  if (height !== PUBLISHED || width !== PUBLISHED || numbers.length !== count)
    throw new Error(`Expected images of ${PUBLISHED} pixels and a label for each; got [${shape}] and ${numbers.length} labels.`);
  const colour = allocateImages(count, SIZE);
  colour.labels.set(numbers);
  for (let row = 0; row < count * PUBLISHED; row++) {
    const [n, y] = [Math.floor(row / PUBLISHED), row % PUBLISHED];
    const to = ((n * SIZE + y + MARGIN) * SIZE + MARGIN) * 3;
    for (let x = 0; x < PUBLISHED; x++) colour.pixels.fill(data[row * PUBLISHED + x] as number, to + 3 * x, to + 3 * x + 3);
  }
  return colour;
};

/** Fashion-MNIST (Xiao, Rasul & Vollgraf 2017) from its published files in `fashion-mnist` below `root`, downloaded if they are missing. */
export const readFashionMnist = async (root: string): Promise<Dataset> => {
  const open = async (file: PublishedFile) => gunzipSync(await readFile(await fetchPublished(root, file)));
  const read = async ({ images, labels }: (typeof files)["train" | "test"]) =>
    parseFashionMnist(await open(images), await open(labels));
  return {
    name: "fashion-mnist",
    size: SIZE,
    classes: fashionMnistClasses,
    normalisation,
    train: await read(files.train),
    test: await read(files.test),
  };
};
