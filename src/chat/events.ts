import { EventEmitter } from "node:events";
import type { AdapterName, Place } from "../place.ts";

/** How far the work of a waiting request has come, for whoever shows it. */
export interface RequestProgress {
  request: string;
  place: Place;
  done: number;
  of: number;
  /** In the asker's language, shown beside the bar. */
  note: string;
  /** Seen by this person only. */
  visibleTo?: string;
}

/** What was erased, so that no one goes on showing it. */
export interface Erasure {
  /** Messages of the web chat that are gone with their answers. */
  messages: readonly { id: string; channel: string }[];
  /** Requests whose answer was replaced by a sentence. */
  changed: readonly string[];
}

interface EventMap {
  progress: [AdapterName, RequestProgress];
  erased: [Erasure];
}

/** What goes on, for those who look at it now. Nothing is kept: answers go through the outbox. */
export interface Events {
  progress(progress: RequestProgress): void;
  onProgress(adapter: AdapterName, listener: (progress: RequestProgress) => void): void;
  erased(erasure: Erasure): void;
  onErased(listener: (erasure: Erasure) => void): void;
  /** Says that a request has its answer. */
  ended(request: string): void;
  /** Resolves when the request has ended, or after `seconds`. Begin to wait before looking whether it has. */
  untilEnded(request: string, seconds: number): Promise<void>;
}

export const openEvents = (): Events => {
  const emitter = new EventEmitter<EventMap>().setMaxListeners(0);
  const ends = new EventEmitter().setMaxListeners(0);
  return {
    progress: (progress) => void emitter.emit("progress", progress.place.adapter, progress),
    onProgress: (adapter, listener) =>
      void emitter.on("progress", (name, progress) => {
        if (name === adapter) listener(progress);
      }),
    erased: (erasure) => void emitter.emit("erased", erasure),
    onErased: (listener) => void emitter.on("erased", listener),
    ended: (request) => void ends.emit(request),
    untilEnded: (request, seconds) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          ends.off(request, done);
          resolve();
        };
        const timer = setTimeout(done, seconds * 1000);
        ends.on(request, done);
      }),
  };
};
