import { visitFields } from "./fields.ts";
import { NodeProto } from "./file.ts";
import type { OnnxFunction, OnnxModel, OnnxNode } from "./model.ts";

/** Functions that call each other deeper than this are as good as endless. */
const MAX_CALLS = 100;

const keyOf = ({ domain = "", name = "", overload = "" }: Pick<OnnxFunction, "domain" | "name" | "overload">): string =>
  `${domain} ${name} ${overload}`;

/** How many nodes stand in a file, in graphs of every depth and in functions. Costs no memory, however many they are. */
export const countNodes = (bytes: Uint8Array): number => {
  let nodes = 0;
  visitFields(bytes, ({ message }) => {
    nodes += Number(message === NodeProto);
  });
  return nodes;
};

/**
 * How many nodes a model has once every call of a function of its own is replaced by that function's nodes, as the runtime does:
 * ten functions that each call the next one ten times are ten billion nodes. Infinite where functions call themselves.
 */
export const countInlinedNodes = ({ graph, functions = [] }: OnnxModel): number => {
  const known = new Map(functions.map((it) => [keyOf(it), it]));
  const counted = new Map<OnnxFunction, number>();
  const count = (nodes: readonly OnnxNode[], depth: number): number => {
    let sum = 0;
    for (const { opType, domain = "", overload = "", attribute = [] } of nodes) {
      const called = known.get(keyOf({ domain, name: opType, overload }));
      sum += called ? countOf(called, depth + 1) : 1;
      for (const { g, graphs = [] } of attribute) for (const it of g ? [g, ...graphs] : graphs) sum += count(it.node, depth);
    }
    return sum;
  };
  const countOf = (it: OnnxFunction, depth: number): number => {
    const found = depth > MAX_CALLS ? Number.POSITIVE_INFINITY : counted.get(it);
    if (found !== undefined) return found;
    counted.set(it, Number.POSITIVE_INFINITY); // what a call of itself would find
    const nodes = count(it.node, depth);
    counted.set(it, nodes);
    return nodes;
  };
  return count(graph?.node ?? [], 0);
};
