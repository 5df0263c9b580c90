import { shuffled, subSeed } from "../random.ts";

/** Steps of one pass over so many images; those that do not fill a last batch are left for another epoch. */
export const stepsPerEpoch = ({ count, batch }: { count: number; batch: number }): number => Math.floor(count / batch);

/**
 * Which of `count` images each step takes: a fresh shuffle every epoch, which only the seed decides. Ask for steps in any order.
 * Throws where there are fewer images than one batch needs.
 */
export const stepOrder = ({
  count,
  batch,
  seed,
}: {
  count: number;
  batch: number;
  seed: number;
}): ((step: number) => { epoch: number; positions: Uint32Array }) => {
  const perEpoch = stepsPerEpoch({ count, batch });
  if (perEpoch === 0) throw new Error(`A batch of ${batch} needs at least as many images; there are ${count}.`);
  let orderedEpoch = -1;
  let order: Uint32Array = new Uint32Array();
  return (step) => {
    const epoch = Math.floor(step / perEpoch);
    if (orderedEpoch !== epoch) {
      orderedEpoch = epoch;
      order = shuffled(count, subSeed(seed, epoch));
    }
    const first = (step % perEpoch) * batch;
    return { epoch, positions: order.subarray(first, first + batch) };
  };
};
