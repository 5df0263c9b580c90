import net from "node:net";
import { DigitalDiscord, type DigitalDiscordOptions } from "discord-digital-twin";
import type { WebSocket, WebSocketServer } from "ws";

/** A connection to the twin's gateway. */
export interface GatewayClient {
  ws: WebSocket;
  sessionId: string;
  sequence: number;
  identified: boolean;
  intents: number;
}
/** What of the twin its types keep to themselves. */
export interface TwinServer {
  app: { handle(request: Request): Promise<Response> };
  httpServer: import("node:http").Server;
  gateway: {
    wss: WebSocketServer;
    clients: GatewayClient[];
    broadcast(event: string, data: object): void;
    sendDispatch(client: GatewayClient, event: string, data: object): void;
  };
}

/** A twin that has not started: `prisma` may be extended until then. */
export const newTwin = (options: DigitalDiscordOptions) => new DigitalDiscord(options);
export type Twin = DigitalDiscord;

/** Starts the twin on 127.0.0.1 alone: it listens on every address and cannot be told otherwise. */
export const startOnLoopback = async (twin: Twin): Promise<TwinServer> => {
  const { listen } = net.Server.prototype;
  net.Server.prototype.listen = function (this: net.Server, port: number, done: () => void) {
    return listen.call(this, { port, host: "127.0.0.1" } as never, done as never);
  } as typeof listen;
  try {
    await twin.start();
  } finally {
    net.Server.prototype.listen = listen;
  }
  return (twin as unknown as { server: TwinServer }).server;
};
