import { type ThumbnailKind, thumbnailSpecs } from "../../../blobs/thumbnails.ts";
import type { FileRef } from "../../../files.ts";
import { blobUrl, smallUrl } from "./api.ts";

/**
 * A picture of the bot's in as many pixels as the screen wants, among its small copies and itself. `sizes` is how wide it is shown, as CSS
 * says it; without `whole`, what is small has to do: the picture itself is for whoever opens it.
 */
export const sourcesOf = (
  picture: FileRef,
  { kinds, sizes, whole }: { kinds: readonly ThumbnailKind[]; sizes: string; whole: boolean },
) => {
  const { width = 0 } = picture;
  const copies = kinds.flatMap((kind) =>
    thumbnailSpecs[kind].width < width ? [{ url: smallUrl(picture, kind), width: thumbnailSpecs[kind].width }] : [],
  );
  const all = whole || copies.length === 0 ? [...copies, { url: blobUrl(picture), width }] : copies;
  const src = all.at(-1)?.url ?? blobUrl(picture);
  return all.length > 1 ? { src, srcset: all.map((it) => `${it.url} ${it.width}w`).join(", "), sizes } : { src };
};
