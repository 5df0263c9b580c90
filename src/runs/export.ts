import type { Dataset } from "../data/dataset.ts";
import { splitValidation } from "../data/split.ts";
import { evaluateModel } from "../inference/evaluate.ts";
import type { Evaluation } from "../inference/evaluation.ts";
import { listParameters } from "../nets/backends/describe.ts";
import { writeOnnx } from "../nets/backends/onnx.ts";
import { netOf } from "./prepare.ts";
import type { ModelRecipe } from "./recipe.ts";

/** How much accuracy half-precision storage may cost: one image in a thousand. */
const MAX_LOSS = 0.001;

/** The ONNX file of a trained network with its card, and its evaluation on the test images. */
export const exportModel = async (
  name: string,
  recipe: ModelRecipe,
  dataset: Dataset,
  weights: Readonly<Record<string, Float32Array>>,
  lineage: Readonly<Record<string, unknown>>,
): Promise<{ bytes: Uint8Array; evaluation: Evaluation }> => {
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
  const accuracyOf = async (half: boolean) => (await evaluateModel(write(half, {}), validation, dataset)).accuracy;
  // How the weights are stored is a choice, so the test images have no say in it; without validation images nothing is risked.
  const { validation } = splitValidation(dataset.train, size);
  const half = validation.count > 0 && (await accuracyOf(true)) >= (await accuracyOf(false)) - MAX_LOSS;
  const evaluation = await evaluateModel(write(half, {}), dataset.test, dataset);
  return { bytes: write(half, { accuracy: evaluation.accuracy }), evaluation };
};
