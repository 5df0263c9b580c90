import { shapeBuilder } from "./backends/describe.ts";
import type { Builder } from "./builder.ts";
import { inputShape, type Network } from "./net.ts";

/** What the last feature map is asked for as, whatever the network calls the layer it comes from. */
export const LAST = "last";

/**
 * A builder that remembers what comes out of its layers, so that a network gives its feature maps without knowing of it: by the path of
 * a convolution, normalisation or dense layer ("stage1/block2/1/conv"), and as "last" the last map before the head, which is what is
 * averaged over all places, pooled to a single one, or flattened.
 */
export const tapFeatures = <T>(b: Builder<T>): { builder: Builder<T>; feature(name: string): T } => {
  const path: string[] = [];
  const layers = new Map<string, T>();
  let last: { map: T; pooled?: T } | undefined;
  const named = (name: string, output: T): T => {
    layers.set([...path, name].join("/"), output);
    return output;
  };
  const isMap = (x: T) => b.shapeOf(x).length === 3;
  const areas = (x: T) => b.shapeOf(x).slice(0, 2);
  /** What is pooled to a single place was a map before. */
  const pooled = (x: T, output: T): T => {
    if (areas(output).every((it) => it === 1) && areas(x).some((it) => it > 1)) last = { map: x, pooled: output };
    return output;
  };
  const ends = (x: T) => {
    if (isMap(x) && last?.pooled !== x) last = { map: x };
  };
  const builder: Builder<T> = {
    ...b,
    within: (name, build) => {
      path.push(name);
      const built = b.within(name, build);
      path.pop();
      return built;
    },
    conv: (x, name, options) => named(name, b.conv(x, name, options)),
    batchNorm: (x, name, options) => named(name, b.batchNorm(x, name, options)),
    dense: (x, name, options) => named(name, b.dense(x, name, options)),
    maxPool: (x, options) => pooled(x, b.maxPool(x, options)),
    averagePool: (x, options) => pooled(x, b.averagePool(x, options)),
    globalAveragePool: (x) => {
      ends(x);
      return b.globalAveragePool(x);
    },
    flatten: (x) => {
      ends(x);
      return b.flatten(x);
    },
  };
  const feature = (name: string): T => {
    const found = name === LAST ? last?.map : layers.get(name);
    if (found === undefined)
      throw new Error(`The network has no feature map "${name}"; its layers: ${[...layers.keys()].join(", ")}.`);
    return found;
  };
  return { builder, feature };
};

/** The shape of a feature map of one row, by the name it is asked for as: [height, width, channels]. */
export const featureShape = (net: Network, name: string, { size = net.size }: { size?: number } = {}): readonly number[] => {
  const { builder, feature } = tapFeatures(shapeBuilder(true, []));
  net.forward(builder, inputShape(net, size), net.classes);
  return feature(name);
};
