/** One batch: arrays by name, row after row. `x` are pictures, normalised, [height, width, channels]; `y` the share of each class. */
export type Batch = Readonly<Record<string, Float32Array>>;

/**
 * Where batches come from. `next` is a pure function of the step (and of the seed the source was made with), so that a run
 * that goes on from a checkpoint sees exactly the pictures it would have seen.
 */
export interface Source {
  /** Pictures in a batch. */
  batch: number;
  /** The shape of one row of each array: { x: [32, 32, 3], y: [10] }. */
  shapes: Readonly<Record<string, readonly number[]>>;
  next(step: number): Batch | Promise<Batch>;
}
