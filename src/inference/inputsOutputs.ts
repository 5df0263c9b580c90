import { UserError } from "../errors.ts";
import type { Card } from "../models/card.ts";
import { elementTypes, type OnnxGraph, type OnnxValue } from "../onnx/model.ts";

/** A value's name, type and shape as a person reads it: "data float32 [N, 3, 224, 224]". */
const describeValue = ({ name, type }: OnnxValue): string => {
  const { elemType, shape } = type?.tensorType ?? {};
  const element = Object.entries(elementTypes).find(([, id]) => id === elemType)?.[0];
  const dims = shape?.dim?.map((it) => it.dimValue ?? it.dimParam ?? "?") ?? ["?"];
  return `${name} ${element === "float" ? "float32" : (element ?? "not a tensor")} [${dims.join(", ")}]`;
};
const describeValues = (values: readonly OnnxValue[]): string =>
  values.length === 0 ? "nothing" : values.slice(0, 6).map(describeValue).join("; ");

/** What a graph must be fed: its inputs, less the initialisers that old files list among them. */
export const inputsOf = (graph: OnnxGraph): readonly OnnxValue[] => {
  const known = new Set((graph.initializer ?? []).map((it) => it.name));
  return graph.input.filter((it) => !known.has(it.name));
};

/** The one picture a classifier takes. `side` is undefined where the graph leaves the size free. Throws for any other input. */
export const pictureInput = (graph: OnnxGraph): { name: string; layout: Card["input"]["layout"]; side: number | undefined } => {
  const feeds = inputsOf(graph);
  const [feed] = feeds;
  const { elemType, shape } = feed?.type?.tensorType ?? {};
  const [batch, ...rest] = (shape?.dim ?? []).map((it) => it.dimValue || undefined);
  const layout = rest[0] === 3 ? "NCHW" : rest[2] === 3 ? "NHWC" : undefined;
  const [height, width] = layout === "NHWC" ? rest : rest.slice(1);
  const fits =
    feeds.length === 1 && elemType === elementTypes.float && rest.length === 3 && (batch ?? 1) === 1 && height === width;
  if (!feed || !layout || !fits) throw new UserError("model_input", { got: describeValues(feeds) });
  return { name: feed.name, layout, side: height };
};

/** The one list of class scores a classifier gives, as far as the graph states it; the trial run sees the rest. */
export const scoresOutput = (graph: OnnxGraph): { name: string; refuse(dims: readonly number[]): never } => {
  const [output] = graph.output;
  const refuse = (dims?: readonly number[]): never => {
    throw new UserError("model_output", { got: dims ? `${output?.name} [${dims.join(", ")}]` : describeValues(graph.output) });
  };
  if (!output || graph.output.length !== 1) return refuse();
  return { name: output.name, refuse };
};
