/** Labelled pictures in memory, RGB and eight bits each, [count, size, size, 3] row after row. */
export interface Pictures {
  count: number;
  /** In shared memory, so that a worker thread reads the same bytes. */
  pixels: Uint8Array<SharedArrayBuffer>;
  /** The number of each picture's class. */
  labels: Uint8Array<SharedArrayBuffer>;
}

/** How a data set's pixels (0..255) become numbers: (x / 255 - mean) / std for red, green and blue. */
export interface Normalisation {
  mean: readonly [number, number, number];
  std: readonly [number, number, number];
}

/** A data set, split as its authors published it. Choices are made on a part of `train` (see `holdOut`), never on `test`. */
export interface Dataset {
  name: string;
  /** Height and width of its pictures. */
  size: number;
  /** Names in the order of the labels. */
  classes: readonly string[];
  normalisation: Normalisation;
  train: Pictures;
  test: Pictures;
}

/** Room for pictures, to be filled by the caller. */
export const emptyPictures = (count: number, size: number): Pictures => ({
  count,
  pixels: new Uint8Array(new SharedArrayBuffer(count * size * size * 3)),
  labels: new Uint8Array(new SharedArrayBuffer(count)),
});

/** The pictures at these places, in this order. */
export const takePictures = ({ pixels, labels }: Pictures, size: number, places: ArrayLike<number>): Pictures => {
  const length = size * size * 3;
  const taken = emptyPictures(places.length, size);
  for (let i = 0; i < places.length; i++) {
    const from = places[i] as number;
    taken.pixels.set(pixels.subarray(from * length, (from + 1) * length), i * length);
    taken.labels[i] = labels[from] as number;
  }
  return taken;
};

/** All pictures as a network sees them: [count, size, size, 3], normalised. */
export const normalised = ({ pixels }: Pictures, normalisation: Normalisation): Float32Array => {
  const out = new Float32Array(pixels.length);
  normalise(pixels, normalisingTable(normalisation), out, 0);
  return out;
};

/** Writes RGB bytes, as `table` has them normalised, into `out` from place `to` on. */
export const normalise = (pixels: Uint8Array, table: Float32Array, out: Float32Array, to: number): void => {
  for (let i = 0; i < pixels.length; i += 3, to += 3) {
    out[to] = table[pixels[i] as number] as number;
    out[to + 1] = table[256 + (pixels[i + 1] as number)] as number;
    out[to + 2] = table[512 + (pixels[i + 2] as number)] as number;
  }
};

/** What each of the 256 values becomes, channel after channel. */
export const normalisingTable = ({ mean, std }: Normalisation): Float32Array =>
  Float32Array.from({ length: 3 * 256 }, (_, i) => {
    const channel = i >> 8;
    return ((i & 255) / 255 - (mean[channel] as number)) / (std[channel] as number);
  });
