import { describe, expect, it, test } from "vitest";
import { composedGelu, composedSwish, gelu, swish } from "../../src/tf/activations.ts";
import { compile } from "../../src/tf/compile.ts";
import { installedEngine } from "../../src/tf/engine.ts";
import { type Tensor, tf } from "../../src/tf/tf.ts";

const withGradient = (activation: (x: Tensor) => Tensor, x: Tensor): [Float32Array, Float32Array] => {
  const gradient = tf.grad((it) => activation(it as Tensor))(x as never);
  return [activation(x).dataSync() as Float32Array, gradient.dataSync() as Float32Array];
};

test("GELU and its gradient are those of tables: x Φ(x) and Φ(x) + x φ(x)", () => {
  const [values, gradients] = withGradient(gelu, tf.tensor1d([-3, -1, 0, 0.5, 1, 2]));
  for (const [i, it] of [-0.0040497, -0.1586553, 0, 0.3457312, 0.8413447, 1.9544997].entries())
    expect(values[i]).toBeCloseTo(it, 6);
  for (const [i, it] of [-0.0119457, -0.0833155, 0.5, 0.8674951, 1.0833155, 1.085232].entries())
    expect(gradients[i]).toBeCloseTo(it, 6);
});

test("swish and its gradient are those of tables: x σ(x) and σ(x) + x σ(x) (1 − σ(x))", () => {
  const [values, gradients] = withGradient(swish, tf.tensor1d([-3, -1, 0, 0.5, 1, 2]));
  for (const [i, it] of [-0.1422776, -0.2689414, 0, 0.3112297, 0.7310586, 1.7615942].entries())
    expect(values[i]).toBeCloseTo(it, 6);
  for (const [i, it] of [-0.0881041, 0.0723295, 0.5, 0.7399612, 0.9276705, 1.0907842].entries())
    expect(gradients[i]).toBeCloseTo(it, 6);
});

describe.each([
  ["GELU", gelu, composedGelu],
  ["swish", swish, composedSwish],
] as const)("%s as one operation", (_, activation, composed) => {
  it("agrees with that of many, in chunks and at both ends, and lets NaN and infinity be seen", () => {
    const x = tf.linspace(-30, 30, 200_001);
    const [one, many] = [withGradient(activation, x), withGradient(composed, x)];
    const off = (a: Float32Array, b: Float32Array) =>
      a.reduce((most, it, i) => Math.max(most, Math.abs(it - (b[i] as number))), 0);
    expect(off(one[0], many[0])).toBeLessThan(4e-6);
    expect(off(one[1], many[1])).toBeLessThan(2e-6);
    const extreme = activation(tf.tensor1d([Number.NaN, Number.POSITIVE_INFINITY])).dataSync();
    expect([...extreme]).toEqual([Number.NaN, Number.POSITIVE_INFINITY]);
  });

  it("is one operation of a recorded step where the binding of TensorFlow was linked here", () => {
    const { nodes, dispose } = compile(({ x }) => ({ y: activation(x as Tensor) }), { x: tf.zeros([4]) });
    dispose();
    const placeholderAndActivation = 2;
    expect(nodes === placeholderAndActivation).toBe(installedEngine().way === "linked");
  });
});
