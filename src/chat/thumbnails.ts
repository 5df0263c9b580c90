import { randomUUID } from "node:crypto";
import type { Blobs } from "../blobs/blobs.ts";
import type { ThumbnailKind } from "../blobs/thumbnails.ts";
import type { FlowResult, Flows } from "../jobs/flows.ts";

/** Behind everything that somebody asked for. */
const PRIORITY = 1000;

/** Small copies of pictures, each made by a worker when it is first wanted. */
export interface Thumbnails {
  /** The bytes (WebP); undefined where none can be made, as of a file that is no picture. */
  get(blob: string, kind: ThumbnailKind): Promise<Buffer | undefined>;
  /** Brings what came of a job. False where it makes no thumbnail that is waited for. */
  onResult(job: string, result: FlowResult): boolean;
}

export const openThumbnails = ({
  blobs,
  flows,
}: {
  blobs: Pick<Blobs, "thumbnail">;
  flows: Pick<Flows, "start">;
}): Thumbnails => {
  /** Who waits for a job. */
  const waiting = new Map<string, (isMade: boolean) => void>();
  /** What is being made, so that a room full of people has each made once. */
  const making = new Map<string, Promise<boolean>>();

  const make = async (blob: string, kind: ThumbnailKind): Promise<boolean> => {
    const job = randomUUID();
    const made = new Promise<boolean>((resolve) => waiting.set(job, resolve));
    try {
      await flows.start(job, { job: "thumbnail", input: { blob, kind } }, { person: "thumbnails", priority: PRIORITY });
      return await made;
    } finally {
      waiting.delete(job);
    }
  };

  return {
    get: async (blob, kind) => {
      const known = await blobs.thumbnail(blob, kind);
      if (known) return known;
      const name = `${kind} ${blob}`;
      const made = making.get(name) ?? make(blob, kind).finally(() => making.delete(name));
      making.set(name, made);
      return (await made) ? blobs.thumbnail(blob, kind) : undefined;
    },
    onResult: (job, { end }) => {
      const settle = waiting.get(job);
      settle?.("output" in end);
      return settle !== undefined;
    },
  };
};
