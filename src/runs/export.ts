import type { Dataset } from "../data/dataset.ts";
import { splitValidation } from "../data/split.ts";
import { evaluateModel, type ModelEvaluation } from "../inference/evaluate.ts";
import type { TestViews } from "../inference/testViews.ts";
import { listParameters } from "../nets/backends/describe.ts";
import { writeOnnx } from "../nets/backends/onnx.ts";
import type { Network } from "../nets/net.ts";

/** A trained network, what its pictures were, and what its card says of where it comes from. */
export interface TrainedNetwork {
  name: string;
  net: Network;
  dataset: Pick<Dataset, "name" | "size" | "classes" | "normalisation">;
  weights: Readonly<Record<string, Float32Array>>;
  lineage: Readonly<Record<string, unknown>>;
}

/** The ONNX file of a trained network with its card; with `half`, kernels take two bytes a number instead of four. */
export const writeNetwork = (
  { name, net, dataset, weights, lineage }: TrainedNetwork,
  { metrics = {}, half = false }: { metrics?: Readonly<Record<string, number>>; half?: boolean } = {},
): Uint8Array => {
  const { size, classes, normalisation } = dataset;
  const parameters = listParameters(net, { classes: classes.length, training: false });
  const named = new Map(parameters.map((it) => [it.name, { shape: it.shape, data: weights[it.name] as Float32Array }]));
  return writeOnnx(net, named, {
    name,
    classes: [...classes],
    preprocessing: {
      ...{ resize: size, squash: false, crop: size, interpolation: "bilinear", order: "RGB", scale: 255 },
      mean: [...normalisation.mean],
      std: [...normalisation.std],
    },
    lineage: { dataset: dataset.name, net: net.name, ...lineage },
    metrics: { ...metrics },
    half,
  });
};

/** How much accuracy half-precision storage may cost: one image in a thousand. */
const MAX_LOSS = 0.001;

/**
 * The ONNX file that ships of a trained network, half as large where that costs nothing, and its evaluation on the test images in these views.
 * The accuracy on its card is that of one view.
 */
export const exportModel = async (
  network: TrainedNetwork,
  dataset: Dataset,
  { views = "one" }: { views?: TestViews | undefined } = {},
): Promise<{ bytes: Uint8Array; evaluation: ModelEvaluation }> => {
  const accuracyOf = async (half: boolean) =>
    (await evaluateModel(writeNetwork(network, { half }), validation, dataset)).accuracy;
  // How the weights are stored is a choice, so the test images have no say in it; without validation images nothing is risked.
  const { validation } = splitValidation(dataset.train, dataset.size);
  const half = validation.count > 0 && (await accuracyOf(true)) >= (await accuracyOf(false)) - MAX_LOSS;
  const evaluation = await evaluateModel(writeNetwork(network, { half }), dataset.test, { ...dataset, views });
  return { bytes: writeNetwork(network, { metrics: { accuracy: evaluation.oneView.accuracy }, half }), evaluation };
};
