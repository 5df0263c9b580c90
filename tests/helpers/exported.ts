import { tryOnce } from "../../src/inference/session.ts";
import { listParameters } from "../../src/nets/backends/describe.ts";
import { type Trained, writeOnnx } from "../../src/nets/backends/onnx.ts";
import { findNet, nets } from "../../src/nets/index.ts";
import type { Net } from "../../src/nets/net.ts";
import type { Weights } from "../../src/nets/weights.ts";
import { seeded } from "../../src/random.ts";
import { randomWeights } from "./randomWeights.ts";

const classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

/** What a training run would say of a network of this name and size. */
export const trained = (name: string, size: number): Trained => ({
  name,
  classes,
  preprocessing: {
    ...{ resize: size, squash: false, crop: size, interpolation: "bilinear", order: "RGB", scale: 255 },
    ...{ mean: [0.49, 0.48, 0.45], std: [0.25, 0.24, 0.26] },
  },
});

/** A network with random weights, and the file it becomes. */
export const exported = (net: Net, size = net.size, half = false): { weights: Weights; bytes: Uint8Array } => {
  const weights = randomWeights(listParameters(net, { classes: classes.length, training: false, size }));
  return { weights, bytes: writeOnnx(net, weights, { ...trained(net.name, size), size, half }) };
};

/** One random picture, as our networks see it (channels last) and as ONNX does (channels first). */
export const noise = (size: number, seed = 7): { last: Float64Array; first: Float32Array } => {
  const rng = seeded(seed);
  const last = Float64Array.from({ length: size * size * 3 }, () => Math.fround(4 * rng() - 2));
  const pixels = size * size;
  return {
    last,
    first: Float32Array.from({ length: last.length }, (_, i) => last[(i % pixels) * 3 + Math.floor(i / pixels)] as number),
  };
};

/** The network of this name, which there is. */
export const namedNet = (name: string): Net => {
  const net = findNet(name);
  if (!net) throw new Error(`There is no network ${name}`);
  return net;
};

const kinds = /^(alexnet-mini|vgg-mini|googlenet-mini|resnet8a?|plain20|densenet-mini|se-resnet20|efficientnet-mini|airbench94)$/;
/** One network of each kind, for what every kind can do and no size changes. */
export const oneOfEachKind: readonly Net[] = nets.filter(({ name }) => kinds.test(name));

/** What ONNX Runtime says of one picture of `size` by `size`, channels first. */
export const logitsOf = async (bytes: Uint8Array, picture: Float32Array, size: number): Promise<Float32Array> => {
  const { outputs } = await tryOnce(bytes, picture, [1, 3, size, size]);
  return outputs["logits"]?.data ?? new Float32Array();
};
