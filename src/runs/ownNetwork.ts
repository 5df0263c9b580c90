import { listParameters } from "../nets/backends/describe.ts";
import { readWeights } from "../nets/backends/onnx.ts";
import { findNet } from "../nets/index.ts";
import type { Net } from "../nets/net.ts";
import type { RunModel } from "./experiment.ts";

/** A network of ours that an installed model was trained from, and what can be taken over for other classes. */
export interface OwnNetwork {
  net: Net;
  /** All of its weights that do not depend on the classes, by name: everything but the last layer. */
  backbone: Readonly<Record<string, Float32Array>>;
}

/** The network of ours that a model is; undefined of models that were trained elsewhere, whatever their cards say. */
export const ownNetwork = ({ bytes, card }: Pick<RunModel, "bytes" | "card">): OwnNetwork | undefined => {
  const net = findNet(String(card.lineage?.["net"] ?? ""));
  if (!net) return undefined;
  const read = readWeights(bytes);
  const parametersFor = (classes: number) => listParameters(net, { classes, training: false, size: card.input.height });
  const [own, other] = [parametersFor(card.classes.length), parametersFor(card.classes.length + 1)];
  if (own.some(({ name, shape }) => `${read.get(name)?.shape}` !== `${shape}`)) return undefined;
  const shared = own.filter(({ shape }, i) => `${shape}` === `${other[i]?.shape}`);
  return { net, backbone: Object.fromEntries(shared.map(({ name }) => [name, read.get(name)?.data as Float32Array])) };
};
