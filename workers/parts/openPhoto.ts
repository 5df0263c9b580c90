import type { Size } from "../../src/draw/photoCard.ts";
import { fitWithin } from "../../src/draw/photoCard.ts";
import type { FileRef } from "../../src/files.ts";
import { type Decoded, decode } from "../../src/images/decode.ts";
import type { JobContext } from "../../src/jobs/context.ts";
import type { Card } from "../../src/models/card.ts";

/** More pixels than any model here reads; a 12-megapixel photo is opened at a fraction of its size. */
const MOST = { width: 1600, height: 1600 };
/** A picture of so many times the pixels that a model makes of it, a side, is as good to it as the whole photo. */
const ENOUGH = 2;

let last: { name: string; opened: Promise<Decoded> } | undefined;

/** The photo that was asked for last stays open: each of several models is shown the same one, in a job of its own. */
const openOnce = (blob: string, room: (original: Size) => Size, key: string, blobs: JobContext["blobs"]): Promise<Decoded> => {
  const name = `${key} ${blob}`;
  if (last?.name === name) return last.opened;
  const opened = blobs.get(blob).then((bytes) => decode(bytes, room));
  last = { name, opened };
  opened.catch(() => {
    if (last?.opened === opened) last = undefined;
  });
  return opened;
};

/**
 * Opens a photo for models and for a card at once: at the size at which it stands there (`boxOf` its shape), so that it is resized once,
 * or larger where a model reads more. A smaller photo keeps its size.
 */
export const openPhoto = (
  file: FileRef,
  models: readonly Pick<Card, "preprocessing">[],
  boxOf: (photo: Size) => Size,
  { blobs }: Pick<JobContext, "blobs">,
): Promise<Decoded> => {
  const least = ENOUGH * Math.max(0, ...models.map(({ preprocessing }) => preprocessing.resize));
  const room = (original: Size) => {
    const box = boxOf(original);
    const { width, height } = fitWithin(original, box);
    return Math.min(width, height) >= least ? box : MOST;
  };
  return openOnce(file.blob, room, `${boxOf.name} ${least}`, blobs);
};
