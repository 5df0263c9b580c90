import { airbench94 } from "./airbench.ts";
import { alexnets } from "./alexnet.ts";
import { densenets } from "./densenet.ts";
import { efficientnets } from "./efficientnet.ts";
import { googlenets } from "./googlenet.ts";
import type { Net } from "./net.ts";
import { resnets } from "./resnet.ts";
import { senets } from "./senet.ts";
import { vggs } from "./vgg.ts";

/** Every network there is, family by family in the order of their papers. A new one goes into its family's list. */
export const nets: readonly Net[] = [
  ...alexnets,
  ...vggs,
  ...googlenets,
  ...resnets,
  ...densenets,
  ...senets,
  ...efficientnets,
  airbench94,
];

/** The network of that name, if there is one. */
export const findNet = (name: string): Net | undefined => nets.find((it) => it.name === name);
