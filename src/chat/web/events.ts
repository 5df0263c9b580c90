import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { WebChat } from "./chat.ts";
import type { Env } from "./input.ts";
import type { ChannelEvent } from "./message.ts";

/** Proxies and phones close a connection that is silent for a minute. */
const HEARTBEAT_MS = 15_000;

/** `GET /?channel=`: what happens, in one channel or in all, as it happens. What was missed is in the history. */
export const events = (chat: WebChat) =>
  new Hono<Env>().get("/", (c) => {
    const only = c.req.query("channel");
    const peer = c.get("peer")?.id;
    const concerns = (event: ChannelEvent) => {
      const only = "message" in event ? event.message.visibleTo : "visibleTo" in event ? event.visibleTo : undefined;
      return only === undefined || only === peer;
    };
    c.header("x-accel-buffering", "no");
    return streamSSE(c, async (stream) => {
      const send = (text: string) => stream.write(text).catch(() => stream.abort());
      const leave = chat.listen((channel, event) => {
        if ((only === undefined || only === channel) && concerns(event))
          void send(`data:${JSON.stringify({ ...event, channel })}\n\n`);
      });
      const beat = setInterval(() => void send(":\n\n"), HEARTBEAT_MS);
      void send(": listening\n\n");
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      clearInterval(beat);
      leave();
    });
  });
