import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { isLoopback } from "../../config.ts";

/** An IPv4 address as it is; of an IPv6 one the network, since a household has all the addresses of its own. */
const networkOf = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, "");
  return plain.includes(":") ? plain.split("::")[0]?.split(":").slice(0, 4).join(":") || plain : plain;
};

/**
 * Where a request comes from. A proxy on this machine says for whom it asks, as the last of `x-forwarded-for`; whatever stands
 * before that, or comes from elsewhere, may be made up.
 */
export const addressOf = (c: Context): string => {
  const socket = (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket;
  const direct = networkOf(socket?.remoteAddress ?? "");
  const named = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim().slice(0, 60);
  return named && isLoopback(direct) ? networkOf(named) : direct;
};
