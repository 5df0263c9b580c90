import { UserError } from "../../src/errors.ts";
import { findName, nearestNames } from "../../src/models/names.ts";
import { findNet, nets } from "../../src/nets/index.ts";
import type { Net } from "../../src/nets/net.ts";
import { type PresetName, presets } from "../../src/runs/presets.ts";

/** Every data set's pictures are so large; networks for larger ones learn for days on a processor. */
const SIZE = 32;

/** The networks that can be trained here. */
export const netNames: readonly string[] = nets.filter(({ size }) => size === SIZE).map(({ name }) => name);

/** The network that somebody means, among those that can be trained here; the preset's where they name none. Throws `unknown_net`. */
export const resolveNet = (named: string | undefined, preset: PresetName): Net => {
  const typed = named ?? presets[preset].net;
  const net = findNet(findName(typed, netNames) ?? "");
  if (!net) throw new UserError("unknown_net", { name: typed, near: nearestNames(typed, netNames), known: [...netNames] });
  return net;
};
