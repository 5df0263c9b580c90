import { EventEmitter } from "node:events";
import type { Picture } from "../files.ts";
import type { AdapterName, Place } from "../place.ts";
import type { Removed } from "../store/deliveries.ts";
import type { RequestRow } from "../store/requests.ts";
import { sparingly } from "./sparingly.ts";

/** How far the work of a waiting request has come, for whoever shows it. */
export interface RequestProgress {
  request: string;
  place: Place;
  done: number;
  /** 0 while nobody knows how much there is to do, as in the queue. */
  of: number;
  /** In the asker's language, shown beside the bar. */
  note: string;
  /** Shown below the bar, in the place of the one before. It is gone with the answer. */
  picture?: Picture;
  /** Its asker has stopped it, and what it has so far follows. */
  stopping?: true;
  /** Seen by this person only. */
  visibleTo?: string;
}

/** What was erased, so that no one goes on showing it. */
export interface Erasure {
  /** Messages of the web chat that are gone with their answers. */
  messages: readonly { id: string; channel: string }[];
  /** Messages of the web chat that lost a picture. Answers that have changed come through the outbox. */
  changed: readonly string[];
  /** What the bot had sent and nobody keeps any more, by the platform's ids: adapters take it off their platforms. */
  deliveries: readonly Removed[];
}

interface EventMap {
  progress: [AdapterName, RequestProgress];
  erased: [Erasure];
}

/** What goes on, for those who look at it now. Nothing is kept: answers go through the outbox. */
export interface Events {
  progress(progress: RequestProgress): void;
  /** At most one report of a request in so many seconds, if any are given; none once it has its answer. */
  onProgress(adapter: AdapterName, listener: (progress: RequestProgress) => void, secondsBetween?: number): void;
  erased(erasure: Erasure): void;
  onErased(listener: (erasure: Erasure) => void): void;
  /** Says that a request has its answer. */
  ended(request: RequestRow): void;
  /** Resolves with the request when it has ended, or after `seconds` with nothing. Begin to wait before looking whether it has. */
  untilEnded(request: string, seconds: number): Promise<RequestRow | undefined>;
}

export const openEvents = (): Events => {
  const emitter = new EventEmitter<EventMap>().setMaxListeners(0);
  const ends = new EventEmitter<Record<string, [RequestRow]>>().setMaxListeners(0);
  const sparing: ReturnType<typeof sparingly>[] = [];
  return {
    progress: (progress) => void emitter.emit("progress", progress.place.adapter, progress),
    onProgress: (adapter, listener, secondsBetween = 0) => {
      const spared = secondsBetween > 0 ? sparingly(listener, secondsBetween) : undefined;
      if (spared) sparing.push(spared);
      const hear = spared?.hear ?? listener;
      emitter.on("progress", (name, progress) => {
        if (name === adapter) hear(progress);
      });
    },
    erased: (erasure) => void emitter.emit("erased", erasure),
    onErased: (listener) => void emitter.on("erased", listener),
    ended: (request) => {
      for (const it of sparing) it.end(request.id);
      ends.emit(request.id, request);
    },
    untilEnded: (request, seconds) =>
      new Promise((resolve) => {
        const done = (row?: RequestRow) => {
          clearTimeout(timer);
          ends.off(request, done);
          resolve(row);
        };
        const timer = setTimeout(done, seconds * 1000);
        ends.on(request, done);
      }),
  };
};
