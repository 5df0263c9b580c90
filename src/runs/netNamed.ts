import { UserError } from "../errors.ts";
import { nearestNames } from "../models/names.ts";
import { findNet, nets } from "../nets/index.ts";
import type { Net } from "../nets/net.ts";

/** The network of that name; `size` is that of the pictures, for which others are proposed. Throws the `UserError` `unknown_net`. */
export const netNamed = (name: string, size?: number): Net => {
  const known = nets.filter((net) => size === undefined || net.size === size).map((net) => net.name);
  const net = findNet(name);
  if (!net) throw new UserError("unknown_net", { name, near: nearestNames(name, known), known });
  return net;
};
