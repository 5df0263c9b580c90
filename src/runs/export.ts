import type { Dataset } from "../data/dataset.ts";
import { holdOut } from "../data/split.ts";
import { type Judgement, judge } from "../inference/evaluate.ts";
import { listParameters } from "../nets/backends/describe.ts";
import { writeOnnx } from "../nets/backends/onnx.ts";
import type { ModelRecipe } from "./recipe.ts";
import { HELD_OUT, netOf } from "./train.ts";

/** How much accuracy half-precision storage may cost: one picture in a thousand. */
const MAX_LOSS = 0.001;

/** The ONNX file of a trained network with its card, and what it says of the test pictures. */
export const exportModel = async (
  name: string,
  recipe: ModelRecipe,
  dataset: Dataset,
  weights: Readonly<Record<string, Float32Array>>,
  lineage: Readonly<Record<string, unknown>>,
): Promise<{ bytes: Uint8Array; judgement: Judgement }> => {
  const net = netOf(recipe);
  const { size, classes, normalisation } = dataset;
  const parameters = listParameters(net, { classes: classes.length, training: false });
  const named = new Map(parameters.map((it) => [it.name, { shape: it.shape, data: weights[it.name] as Float32Array }]));
  const { dataset: data, seed, epochs } = recipe;
  const write = (half: boolean, metrics: Record<string, number>) =>
    writeOnnx(net, named, {
      name,
      classes: [...classes],
      preprocessing: {
        ...{ resize: size, squash: false, crop: size, interpolation: "bilinear", order: "RGB", scale: 255 },
        mean: [...normalisation.mean],
        std: [...normalisation.std],
      },
      lineage: { dataset: data, method: "scratch", recipe: name, net: net.name, seed, epochs, ...lineage },
      metrics,
      half,
    });
  // Which way of storing is a choice, so the test pictures have no say in it.
  const { choose } = holdOut(dataset.train, size, HELD_OUT);
  const [full, halved] = [await judge(write(false, {}), choose, dataset), await judge(write(true, {}), choose, dataset)];
  const half = halved.accuracy >= full.accuracy - MAX_LOSS;
  const judgement = await judge(write(half, {}), dataset.test, dataset);
  return { bytes: write(half, { accuracy: judgement.accuracy }), judgement };
};
