import { describe, expect, it } from "vitest";
import { channelMeans, scaleChannels } from "../../src/tf/channels.ts";
import { type Tensor, tf } from "../../src/tf/tf.ts";

const values = (it: Tensor) => [...it.dataSync()];

describe("channels of pictures", () => {
  // Two pictures of 1 x 2 pixels and three channels.
  const x = tf.tensor4d([1, 2, 3, 5, 6, 7, 0, -1, 4, 2, 1, 0], [2, 1, 2, 3]);

  it("have means", () => {
    expect(values(channelMeans(x))).toEqual([3, 4, 5, 1, 0, 2]);
  });

  it("of whose gradient every pixel gets its share", () => {
    const dx = tf.grad((x) => channelMeans(x as Tensor))(x, tf.tensor2d([2, 4, 6, 8, 0, 1], [2, 3]));
    expect(values(dx)).toEqual([1, 2, 3, 1, 2, 3, 4, 0, 0.5, 4, 0, 0.5]);
  });

  it("are scaled each by its own factor, whose gradient is the sum over the pixels", () => {
    const factors = tf.tensor2d([2, 1, 0, 1, 10, 3], [2, 3]);
    expect(values(scaleChannels(x, factors))).toEqual([2, 2, 0, 10, 6, 0, 0, -10, 12, 2, 10, 0]);
    const dy = tf.tensor4d([1, 1, 1, 1, 2, 3, 1, 0, 0, 0, 1, 5], [2, 1, 2, 3]);
    const [dx, dFactors] = tf.grads((x, factors) => scaleChannels(x as Tensor, factors as Tensor))([x, factors], dy) as [
      Tensor,
      Tensor,
    ];
    expect(values(dx)).toEqual([2, 1, 0, 2, 2, 0, 1, 0, 0, 0, 10, 15]);
    expect(values(dFactors)).toEqual([6, 14, 24, 0, 1, 0]);
  });

  it.each([
    [3, 7, 9, 24],
    [5, 1, 1, 17],
    [2, 32, 32, 16],
  ])("agree with what TensorFlow's operations make of %i pictures, %i x %i x %i", (...shape) => {
    const [x, factors] = [
      tf.randomNormal(shape, 0, 1, "float32", 1),
      tf.randomNormal([shape[0] as number, shape[3] as number], 0, 1, "float32", 2),
    ];
    const theirs = (x: Tensor, factors: Tensor): Tensor => tf.mul(x, tf.reshape(factors, [-1, 1, 1, shape[3] as number]));
    const gradients = (of: typeof theirs) =>
      tf.grads(((x: Tensor, f: Tensor) => tf.mul(of(x, f), x)) as never)([x, factors]) as Tensor[];
    const rightGradients = gradients(theirs);
    for (const [i, it] of gradients(scaleChannels).entries()) {
      const off = tf.max(tf.abs(tf.sub(it, rightGradients[i] as Tensor))).dataSync()[0];
      expect(off).toBeLessThan(1e-3);
    }
    expect(tf.max(tf.abs(tf.sub(channelMeans(x), tf.mean(x, [1, 2])))).dataSync()[0]).toBeLessThan(1e-5);
  });

  it("give a picture the same bits in any batch", () => {
    const x = tf.randomNormal([5, 9, 9, 24], 0, 1, "float32", 1);
    expect(values(channelMeans(tf.slice(x, [3], [1])))).toEqual(values(tf.slice(channelMeans(x), [3], [1])));
  });
});
