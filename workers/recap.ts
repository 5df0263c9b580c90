import { putPicture } from "../src/blobs/picture.ts";
import { type CollageTile, collageTile } from "../src/draw/collage.ts";
import { recapCard } from "../src/draw/recapCard.ts";
import { decode } from "../src/images/decode.ts";
import type { Handler, JobContext } from "../src/jobs/context.ts";
import type { JobInput } from "../src/jobs/contracts.ts";

/** The tiles, cut to their size. A picture that is gone, or that nobody can open, leaves its place to the others. */
const openTiles = async (tiles: JobInput<"recap">["collage"], context: JobContext): Promise<CollageTile[]> => {
  const size = collageTile(tiles.length);
  const opened: (CollageTile | undefined)[] = [];
  for (const { blob, caption } of tiles) {
    context.signal.throwIfAborted();
    const bytes = await context.blobs.get(blob).catch(() => undefined);
    const image = bytes && (await decode(bytes, { ...size, cover: true }).catch(() => undefined))?.image;
    opened.push(image && { image, caption });
  }
  const left = tiles.filter((_, i) => opened[i]);
  // Fewer pictures may have larger tiles.
  return left.length < tiles.length ? openTiles(left, context) : opened.filter((it) => it !== undefined);
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
