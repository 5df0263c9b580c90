import { airbench94 } from "./airbench.ts";
import type { Net } from "./net.ts";
import { resnets } from "./resnet.ts";

/** Every network there is, by family. Adding one: write it in its family's file; a new family is a file and a line here. */
export const nets: readonly Net[] = [...resnets, airbench94];

/** Every name, for commands and recipes. */
export const netNames: readonly string[] = nets.map((it) => it.name);

/** The network of that name, if there is one. */
export const findNet = (name: string): Net | undefined => nets.find((it) => it.name === name);
