import { cutAfter } from "./cut.ts";
import type { DenseHead } from "./denseHead.ts";
import { readModel, writeModel } from "./file.ts";
import { floatTensor, intAttribute, makeNode, valueInfo } from "./make.ts";
import { elementTypes, type OnnxGraph, type OnnxModel, type OnnxNode } from "./model.ts";

/** A classifier without its last dense layer. */
export interface Body {
  /** A whole file. Its one output are the features: float32 [N, width]. */
  bytes: Uint8Array;
  /** What that output is called. */
  features: string;
}

/** A dense layer: logits = features · kernel + bias, with the kernel [width, classes] row after row. */
export interface DenseLayer {
  width: number;
  kernel: Float32Array;
  bias: Float32Array;
}

/** Every name that a graph has taken. */
const namesIn = ({ graph }: OnnxModel): ReadonlySet<string | undefined> =>
  new Set([
    ...(graph?.node ?? []).flatMap((it) => it.output),
    ...(graph?.initializer ?? []).map((it) => it.name),
    ...(graph?.input ?? []).map((it) => it.name),
  ]);

/** The wanted name, or the first one like it that is free. */
const freeName = (wanted: string, taken: ReadonlySet<string | undefined>): string => {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}:${n}`;
  return name;
};

/** Adds to a file's graph; protobuf joins the lists of two messages laid end to end. */
const withGraph = (bytes: Uint8Array, graph: Partial<OnnxGraph>): Uint8Array =>
  Buffer.concat([bytes, writeModel({ graph } as OnnxModel)]);

/**
 * Cuts a classifier off before its last dense layer. Where that layer is a convolution, the maps that it reads are averaged over their
 * places, as its own scores were before or after it; half-precision features are made float32. Metadata under `forget` is left out.
 */
export const bodyOf = (bytes: Uint8Array, { input, isMap }: DenseHead, forget: readonly string[] = []): Body => {
  const body = cutAfter(bytes, [input], forget);
  const taken = namesIn(readModel(body));
  const [pooled, flat, features] = ["features:pooled", "features:flat", "features"].map((it) => freeName(it, taken)) as [
    string,
    string,
    string,
  ];
  const node: OnnxNode[] = [
    ...(isMap ? [makeNode("GlobalAveragePool", [input], pooled)] : []),
    makeNode("Flatten", [isMap ? pooled : input], flat, [intAttribute("axis", 1)]),
    makeNode("Cast", [flat], features, [intAttribute("to", elementTypes.float)]),
  ];
  return { bytes: withGraph(body, { node, output: [{ name: features }] }), features };
};

/** Puts a new last layer on a body: one output, "logits" [N, classes], float32. */
export const withHead = ({ bytes, features }: Body, { width, kernel, bias }: DenseLayer): Uint8Array => {
  const body = cutAfter(bytes, [features]);
  const taken = namesIn(readModel(body));
  const [kernelName, biasName, logits] = ["head/kernel", "head/bias", "logits"].map((it) => freeName(it, taken)) as [
    string,
    string,
    string,
  ];
  return withGraph(body, {
    node: [makeNode("Gemm", [features, kernelName, biasName], logits)],
    initializer: [floatTensor(kernelName, [width, bias.length], kernel), floatTensor(biasName, [bias.length], bias)],
    output: [valueInfo(logits, ["N", bias.length])],
  });
};
