import { countOf } from "./graph.ts";
import { elementTypes, type OnnxGraph } from "./model.ts";

const trained: readonly number[] = [elementTypes.float, elementTypes.float16, elementTypes.int8, elementTypes.uint8];

/**
 * Trained numbers of a model, as papers count them: initialisers without shapes and limits (whole numbers, scalars) and without
 * the running mean and variance of batch normalisation, which are measured, not trained.
 */
export const parametersOf = (graph: OnnxGraph): number => {
  const measured = new Set(graph.node.filter((it) => it.opType === "BatchNormalization").flatMap((it) => it.input.slice(3, 5)));
  return (graph.initializer ?? [])
    .filter((it) => trained.includes(it.dataType) && (it.dims?.length ?? 0) > 0 && !measured.has(it.name ?? ""))
    .reduce((sum, it) => sum + countOf(it), 0);
};
