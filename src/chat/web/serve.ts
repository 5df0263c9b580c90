import { chmodSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import { httpAddress } from "../../config.ts";
import type { Env } from "./input.ts";

/** A port of this machine, or a socket file. */
export type Where = { host: string; port: number } | { path: string };

export interface WebServer {
  /** "http://127.0.0.1:3000", or the path of the socket file. */
  address: string;
  /** Ends every connection, event streams too; whoever wants more connects again. */
  hangUp(): void;
  close(): Promise<void>;
}

/** How long an answer may take to leave when the server closes. */
const GRACE_MS = 500;

const addressOf = (server: Server, where: Where): string => {
  if ("path" in where) return where.path;
  return httpAddress(where.host, (server.address() as AddressInfo).port);
};

/** Listens. Fails as `listen` does: the port is taken, the folder is not there. Port 0 takes any free one. */
export const serveWeb = async (app: Pick<Hono<Env>, "fetch">, where: Where): Promise<WebServer> => {
  const server = createAdaptorServer({
    fetch: (request, env) => app.fetch(request, env),
    overrideGlobalObjects: false,
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    if ("path" in where) server.listen(where.path, resolve);
    else server.listen(where.port, where.host, resolve);
  });
  if ("path" in where) chmodSync(where.path, 0o600);
  return {
    address: addressOf(server, where),
    hangUp: () => server.closeAllConnections(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // Answers on their way may leave. Event streams never end by themselves; whoever listens comes back to the next start.
        setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
      }),
  };
};
