import type http from "node:http";
import { WebSocket, WebSocketServer } from "ws";

/** What Slack sends over a socket. */
export interface Envelope {
  envelope_id: string;
  type: string;
  payload: Record<string, unknown>;
  retry_attempt?: number;
  retry_reason?: string;
}

interface Waiting {
  type: string;
  at: number;
  envelope: Envelope;
  socket: WebSocket | undefined;
  resolve(payload: unknown): void;
}

/**
 * The bot's sockets. As with Slack, an event goes to one of them, and what was not acknowledged when its socket ends goes to another; while
 * there is none it waits.
 */
export const openBotSockets = (server: http.Server, onEnvelope: (envelope: Envelope) => void) => {
  const acks: { type: string; ms: number }[] = [];
  const waiting = new Map<string, Waiting>();
  const sockets: WebSocket[] = [];
  /** Sockets that are silent: nothing gets through, and nobody hears so. */
  const silent = new Set<WebSocket>();
  const held: Envelope[] = [];
  let turn = 0;
  let opened = 0;

  const send = (envelope: Envelope): void => {
    const alive = sockets.filter((it) => it.readyState === WebSocket.OPEN);
    const socket = alive[turn++ % Math.max(1, alive.length)];
    const waiter = waiting.get(envelope.envelope_id);
    if (waiter) waiter.socket = socket;
    if (!socket) held.push(envelope);
    else if (!silent.has(socket)) socket.send(JSON.stringify(envelope));
  };
  const deliver = (envelope: Envelope): Promise<unknown> => {
    onEnvelope(envelope);
    return new Promise((resolve) => {
      const { envelope_id, type } = envelope;
      waiting.set(envelope_id, { type, at: performance.now(), envelope, socket: undefined, resolve });
      send(envelope);
    });
  };

  const relay = new WebSocketServer({ server, autoPong: false }).on("connection", (socket) => {
    opened++;
    socket.on("ping", (data) => {
      if (!silent.has(socket)) socket.pong(data);
    });
    sockets.push(socket);
    socket.send(JSON.stringify({ type: "hello", num_connections: sockets.length, connection_info: { app_id: "A01" } }));
    for (const it of held.splice(0)) setImmediate(send, it);
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.splice(sockets.indexOf(socket), 1);
      for (const it of [...waiting.values()].filter((waiter) => waiter.socket === socket))
        send({ ...it.envelope, retry_attempt: 1, retry_reason: "timeout" });
    });
    socket.on("message", (raw) => {
      if (silent.has(socket)) return;
      const { envelope_id, payload } = JSON.parse(String(raw)) as { envelope_id: string; payload: unknown };
      const waiter = waiting.get(envelope_id);
      if (!waiter) return;
      waiting.delete(envelope_id);
      acks.push({ type: waiter.type, ms: performance.now() - waiter.at });
      waiter.resolve(payload);
    });
  });

  return {
    acks,
    deliver,
    /** How many sockets stand now, and how many were ever opened. */
    standing: () => sockets.filter((it) => it.readyState === WebSocket.OPEN && !silent.has(it)).length,
    opened: () => opened,
    /** Events that nobody has acknowledged. */
    unacknowledged: () => waiting.size,
    /** Ends one socket, or all, without a word. */
    drop: (all = false): void => {
      for (const socket of all ? [...sockets] : sockets.slice(0, 1)) socket.terminate();
    },
    /** Says that one socket will be renewed, as Slack does every few hours. */
    refresh: (): void => sockets[0]?.send(JSON.stringify({ type: "disconnect", reason: "refresh_requested" })),
    /** Lets one socket die without anybody being told. */
    silence: (): void => {
      const [socket] = sockets;
      if (socket) silent.add(socket);
    },
    close: (): void => {
      for (const socket of [...sockets]) socket.terminate();
      relay.close();
    },
  };
};
