import { type Pictures, takePictures } from "./dataset.ts";
import { shuffled } from "./shuffle.ts";

/** One split for everybody, so that no run ever trains on pictures that another one chose by. */
const SPLIT_SEED = 5000;

/** Splits training pictures in two: those to learn from, and `count` to make choices by. Test pictures are for the last figure only. */
export const holdOut = (train: Pictures, size: number, count: number): { learn: Pictures; choose: Pictures } => {
  const order = shuffled(train.count, SPLIT_SEED);
  return {
    learn: takePictures(train, size, order.subarray(count)),
    choose: takePictures(train, size, order.subarray(0, count)),
  };
};
