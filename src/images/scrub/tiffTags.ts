/** Bytes of one value of each TIFF type. */
export const sizes: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

/** The names of the fields that scrubbing itself reads. */
export const tags = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  stripOffsets: 273,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planar: 284,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  jpegTables: 347,
  profile: 34_675,
} as const;

const WHOLE = [3, 4, 16];
const FRACTION = [5];
const BYTES = [1, 7];
const SOME = 64;
const MOST = 1e6;

/** The fields that make the picture, the types their values may have, and how many. All others tell something, or might. */
export const looks: ReadonlyMap<number, { types: readonly number[]; most: number }> = new Map(
  (
    [
      [[254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 274, 277, 278, 280, 281, 284, 290, 292, 293, 296], WHOLE, SOME],
      [[317, 321, 322, 323, 332, 334, 336, 338, 339, 530, 531], WHOLE, SOME],
      [[273, 279, 324, 325], WHOLE, MOST],
      [[291], WHOLE, 65_536],
      [[320], WHOLE, 3 * 65_536],
      [[282, 283, 318, 319, 529, 532], FRACTION, 6],
      [[347, 34_675], BYTES, 8e6],
    ] as const
  ).flatMap(([list, types, most]) => list.map((tag) => [tag, { types, most }] as const)),
);
