import type { Card } from "../../models/card.ts";
import { writeCard } from "../../models/cardMetadata.ts";
import { readModel, writeModel } from "../../onnx/file.ts";
import { numbersOf } from "../../onnx/graph.ts";
import { float16Tensor, floatTensor, intAttribute, makeNode, valueInfo } from "../../onnx/make.ts";
import { elementTypes, type OnnxNode, type OnnxTensor } from "../../onnx/model.ts";
import type { Network } from "../net.ts";
import type { Parameter } from "../parameter.ts";
import { filtersFirst, filtersLast, type Weight, type Weights } from "../weights.ts";
import { describe } from "./describe.ts";
import { graphBuilder } from "./graph.ts";

/** What only the one who trained a network knows of it; the rest of the card follows from the network. */
export type Trained = Omit<Card, "input" | "output" | "params" | "macs" | "family">;

const [INPUT, OUTPUT] = ["x", "logits"] as const;
const IR_VERSION = 8; // the file format of ONNX 1.12 (2022), as opset 17 is: whatever peers run can read it
const OPSET = 17;

const weightFor = (weights: Weights, { name, shape }: Parameter): Weight => {
  const found = weights.get(name);
  if (!found) throw new Error(`There are no weights for ${name}.`);
  if (`${found.shape}` !== `${shape}`) throw new Error(`${name} should be [${shape}], and the weights are [${found.shape}].`);
  return shape.length === 4 ? filtersFirst(found) : found;
};

/** A parameter as it lies in the file. Only kernels are worth halving; the rest is small, and variances do not fit. */
const initialiserOf = (parameter: Parameter, weights: Weights, half: boolean): OnnxTensor => {
  const { shape, data } = weightFor(weights, parameter);
  return half && parameter.kind === "kernel"
    ? float16Tensor(parameter.name, shape, data)
    : floatTensor(parameter.name, shape, data);
};

/** Half-precision initialisers are made float32 again before use, once, when a runtime opens the file. */
const castTo = (name: string) => `${name}:float`;
const casts = (halved: readonly string[]): OnnxNode[] =>
  halved.map((name) => makeNode("Cast", [name], castTo(name), [intAttribute("to", elementTypes.float)]));

/**
 * Writes a network with its weights as an ONNX file: input "x" [N, 3, size, size], output "logits" [N, classes], parameters as
 * initialisers under their own names, the card in its metadata. With `half`, kernels take two bytes a number instead of four.
 */
export const writeOnnx = (
  net: Network,
  weights: Weights,
  { half = false, size = net.size, ...trained }: Trained & { half?: boolean; size?: number },
): Uint8Array => {
  const { builder, nodes, layers } = graphBuilder();
  const classes = trained.classes.length;
  const { logits } = net.forward(builder, { name: INPUT, shape: [size, size, 3] }, classes);
  const initializer = layers.flatMap((it) => it.parameters).map((it) => initialiserOf(it, weights, half));
  const halved = new Set(initializer.flatMap((it) => (it.dataType === elementTypes.float16 ? [it.name ?? ""] : [])));
  const renamed = (name: string) => (name === logits.name ? OUTPUT : halved.has(name) ? castTo(name) : name);
  const bytes = writeModel({
    irVersion: IR_VERSION,
    producerName: "peerlab",
    opsetImport: [{ domain: "", version: OPSET }],
    graph: {
      name: net.name,
      node: [
        ...casts([...halved]),
        ...nodes.map((it) => ({ ...it, input: it.input.map(renamed), output: it.output.map(renamed) })),
      ],
      initializer,
      input: [valueInfo(INPUT, ["N", 3, size, size])],
      output: [valueInfo(OUTPUT, ["N", classes])],
    },
  });
  const { parameters: params, macs } = describe(net, { classes, size });
  return writeCard(bytes, {
    ...trained,
    input: { name: INPUT, layout: "NCHW", height: size, width: size },
    output: { name: OUTPUT, kind: "logits" },
    params,
    macs,
    ...(net.family === undefined ? {} : { family: net.family }),
  });
};

/**
 * The weights of a file that `writeOnnx` wrote, by name, for training on. Of a half-precision file: what was kept of them.
 * Of anybody else's file: its initialisers under its own names, which will fit no network of ours.
 */
export const readWeights = (bytes: Uint8Array): Map<string, Weight> => {
  const { graph } = readModel(bytes);
  return new Map(
    (graph?.initializer ?? []).flatMap(({ name, dims = [], ...tensor }) => {
      const data = numbersOf({ dims, ...tensor });
      if (name === undefined || !data) return [];
      const weight: Weight = { shape: dims, data };
      return [[name, dims.length === 4 ? filtersLast(weight) : weight] as const];
    }),
  );
};
