import { type Tensor, tf } from "../../tf/tf.ts";

/** Feature maps [rows, height, width, channels] on another grid: averaged where it divides theirs, else interpolated. No gradient. */
export const resizeTo = (maps: Tensor, [height, width]: readonly [number, number]): Tensor => {
  const [, rows, columns] = maps.shape as [number, number, number];
  if (rows === height && columns === width) return maps;
  if (rows % height === 0 && columns % width === 0) {
    const window: [number, number] = [rows / height, columns / width];
    return tf.avgPool(maps as never, window, window, "valid");
  }
  return tf.image.resizeBilinear(maps as never, [height, width], false, true);
};
