import { EventEmitter } from "node:events";
import type { ChannelEvent } from "./message.ts";

export type Listener = (channel: string, event: ChannelEvent) => void;

/** What goes on in channels, for those who look at them now. Nothing is kept: history is in the store. */
export interface Events {
  publish(channel: string, event: ChannelEvent): void;
  listen(listener: Listener): () => void;
  /** Says that a request has its answer. */
  ended(request: string): void;
  /** Resolves when the request has ended, or after `seconds`. Begin to wait before looking whether it has. */
  untilEnded(request: string, seconds: number): Promise<void>;
}

export const openEvents = (): Events => {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    publish: (channel, event) => void emitter.emit("event", channel, event),
    listen: (listener) => {
      emitter.on("event", listener);
      return () => void emitter.off("event", listener);
    },
    ended: (request) => void emitter.emit(`ended ${request}`),
    untilEnded: (request, seconds) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(patience);
          emitter.off(`ended ${request}`, done);
          resolve();
        };
        const patience = setTimeout(done, seconds * 1000);
        emitter.on(`ended ${request}`, done);
      }),
  };
};
