import { putPicture } from "../src/blobs/picture.ts";
import { type CollageTile, collageTile } from "../src/draw/collage.ts";
import { recapCard } from "../src/draw/recapCard.ts";
import { decode } from "../src/images/decode.ts";
import { toDataUri } from "../src/images/encode.ts";
import type { Handler, JobContext } from "../src/jobs/context.ts";
import type { JobInput } from "../src/jobs/contracts.ts";

/** The tiles, cut to their size. A picture that is gone, or that nobody can open, leaves its place to the others. */
const openTiles = async (tiles: JobInput<"recap">["collage"], { blobs, signal }: JobContext): Promise<CollageTile[]> => {
  const size = collageTile(tiles.length);
  const opened: CollageTile[] = [];
  for (const { blob, caption } of tiles) {
    signal.throwIfAborted();
    const bytes = await blobs.get(blob).catch(() => undefined);
    const image = bytes && (await decode(bytes, { ...size, cover: true }).catch(() => undefined))?.image;
    if (image) opened.push({ photo: await toDataUri(image, Math.max(size.width, size.height)), caption });
  }
  return opened;
};

/** Draws what a group did in some time. */
export const recap: Handler<"recap"> = async (input, context) => {
  const { lang, title, subtitle, counts, parts } = input;
  const collage = await openTiles(input.collage, context);
  const alt = [
    `${title}, ${subtitle}`,
    counts.map(({ label, value }) => `${label}: ${value}`).join(", "),
    ...parts.map((it) => `${it.title}: ${it.lines.map(({ who, text }) => `${who}: ${text}`).join("; ")}`),
  ].join(". ");
  return { picture: await putPicture(context.blobs, recapCard({ ...input, collage }, lang), { name: "recap", alt }) };
};
