import type { Batch } from "./batches.ts";
import { stepOrder } from "./order.ts";
import type { OpenBatchSource } from "./prefetch.ts";

/**
 * A source over features that another network computed, in the place of pictures: `x` is [width], `y` the share of each class. `features`
 * and `targets` are rows by the image's index; `pictures` are the indices that an epoch goes through.
 */
export const featureSource = ({
  features,
  width,
  targets,
  classes,
  pictures,
  batch,
  seed,
}: {
  features: Float32Array;
  width: number;
  targets: Float32Array;
  classes: number;
  pictures: Uint32Array;
  batch: number;
  seed: number;
}): OpenBatchSource => {
  const positionsOf = stepOrder({ count: pictures.length, batch, seed });
  return {
    batch,
    shapes: { x: [width], y: [classes] },
    next: (step) => {
      const [x, y] = [new Float32Array(batch * width), new Float32Array(batch * classes)];
      for (const [row, position] of positionsOf(step).positions.entries()) {
        const index = pictures[position] as number;
        x.set(features.subarray(index * width, (index + 1) * width), row * width);
        y.set(targets.subarray(index * classes, (index + 1) * classes), row * classes);
      }
      return { x, y };
    },
    close: async () => undefined,
  };
};

/** Labelled images, and unlabelled ones beside them as `weak` and, where the second source has it, `strong`: one batch of both. */
export const withUnlabelled = (labelled: OpenBatchSource, unlabelled: OpenBatchSource): OpenBatchSource => {
  const named = <T>({ x, strong }: Readonly<Record<string, T>>): Record<string, T> => ({
    weak: x as T,
    ...(strong !== undefined && { strong }),
  });
  return {
    batch: labelled.batch,
    shapes: { ...labelled.shapes, ...named(unlabelled.shapes) },
    next: async (step): Promise<Batch> => {
      const [known, unknown] = await Promise.all([labelled.next(step), unlabelled.next(step)]);
      return { ...known, ...named(unknown) };
    },
    close: () => Promise.all([labelled.close(), unlabelled.close()]),
  };
};
