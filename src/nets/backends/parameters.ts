import type { Net } from "../net.ts";
import type { Parameter } from "../parameter.ts";
import { describe } from "./describe.ts";

/**
 * Every array of numbers that a network has, in the order it uses them. With `training` (the default) auxiliary classifiers are
 * among them; an exported model has none of those. `size` is the picture's side in pixels; it matters only to dense layers.
 */
export const parametersOf = (
  net: Net,
  { classes = net.classes, training = true, size = net.size }: { classes?: number; training?: boolean; size?: number } = {},
): Parameter[] => describe(net, { classes, training, size }).layers.flatMap((it) => [...it.parameters]);
