import { shuffled } from "../random.ts";

/**
 * So many pictures of each class, by their indices, drawn by the seed; all of a class that has fewer. Nested: with the same seed, a
 * smaller number gives a part of what a larger one gives.
 */
export const takePerClass = (pictures: Uint32Array, labels: ArrayLike<number>, perClass: number, seed: number): Uint32Array => {
  const taken = new Map<number, number>();
  const order = shuffled(pictures.length, seed);
  return Uint32Array.from(order, (position) => pictures[position] as number).filter((index) => {
    const label = labels[index] as number;
    const count = taken.get(label) ?? 0;
    taken.set(label, count + 1);
    return count < perClass;
  });
};

/** Targets [pictures × classes] in which only the labels of these pictures are told: one-hot rows, and zeros for all others. */
export const targetsOf = (labels: ArrayLike<number>, classes: number, told: Uint32Array): Float32Array<SharedArrayBuffer> => {
  const targets = new Float32Array(new SharedArrayBuffer(4 * labels.length * classes));
  for (const index of told) targets[index * classes + (labels[index] as number)] = 1;
  return targets;
};
