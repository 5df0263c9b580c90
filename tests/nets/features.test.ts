import { describe, expect, it } from "vitest";
import { describe as describeNet, listParameters } from "../../src/nets/backends/describe.ts";
import { read } from "../../src/nets/backends/tf.ts";
import { featureShape, LAST } from "../../src/nets/features.ts";
import { nets } from "../../src/nets/index.ts";
import { linear } from "../../src/nets/linear.ts";
import { type Tensor, tf } from "../../src/tf/tf.ts";
import { namedNet, oneOfEachKind } from "../helpers/exported.ts";
import { randomWeights } from "../helpers/randomWeights.ts";

/** What the last map of each family's smallest network is, by hand: what stands before its head. */
const lastMaps: Readonly<Record<string, readonly number[]>> = {
  "alexnet-mini": [3, 3, 128], // three pools of 3 by steps of 2: 32, 15, 7, 3
  "vgg-mini": [4, 4, 256],
  "googlenet-mini": [4, 4, 384], // 96 + 192 + 48 + 48
  resnet8: [8, 8, 64],
  resnet8a: [8, 8, 64],
  plain20: [8, 8, 64],
  "densenet-mini": [4, 4, 176], // (((32 + 96) / 2 + 96) / 2) + 96
  "se-resnet20": [8, 8, 64],
  "efficientnet-mini": [4, 4, 256],
  airbench94: [3, 3, 256],
};

const evaluated = (name: string, features: readonly string[]) => {
  const net = namedNet(name);
  const parameters = Object.fromEntries(
    [...randomWeights(listParameters(net, { classes: 10 }))].map(([name, { data, shape }]) => [
      name,
      tf.tensor(data, [...shape], "float32"),
    ]),
  );
  const x = tf.randomNormal([2, net.size, net.size, 3], 0, 1, "float32", 1) as Tensor;
  return { parameters, ...read(net, x, 10, false, { parameters, features }) };
};

describe("feature maps", () => {
  it.each(oneOfEachKind.map((it) => it.name))("of %s: the last one is what stands before its head", (name) => {
    expect(featureShape(namedNet(name), LAST)).toEqual(lastMaps[name]);
    const { features } = evaluated(name, [LAST]);
    expect(features[LAST]?.shape).toEqual([2, ...(lastMaps[name] ?? [])]);
  });

  it("of every network: the last one is a map of more than one place", () => {
    for (const net of nets) {
      const [height = 0, width = 0, channels = 0] = featureShape(net, LAST);
      expect([height > 1, width > 1, channels > 1], net.name).toEqual([true, true, true]);
    }
  });

  it("of a residual network: the logits follow from the last one", () => {
    const { features, outputs, parameters } = evaluated("resnet8", [LAST]);
    const pooled = tf.mean(features[LAST] as Tensor, [1, 2]);
    const logits = tf.add(tf.matMul(pooled as never, parameters["head/kernel"] as never), parameters["head/bias"] as Tensor);
    expect([...logits.dataSync()]).toEqual([...outputs.logits.dataSync()].map((it) => expect.closeTo(it, 4)));
  });

  it("are asked for by the paths of layers too", () => {
    const net = namedNet("resnet8");
    const layers = describeNet(net).layers.filter(({ kind }) => kind === "conv" || kind === "batchNorm" || kind === "dense");
    expect(layers.length).toBeGreaterThan(10);
    const paths = layers.map((it) => it.path);
    const { features } = evaluated("resnet8", paths);
    for (const { path, output } of layers) {
      expect(features[path]?.shape, path).toEqual([2, ...(path === "head" ? [10] : output)]);
      expect(featureShape(net, path), path).toEqual(output);
    }
  });

  it("that are not there are named with those that are", () => {
    expect(() => featureShape(namedNet("resnet8"), "stage9/conv")).toThrow(/stage9\/conv.*stem\/conv/);
    expect(() => featureShape(linear(4), LAST)).toThrow(/last.*head/);
  });
});
