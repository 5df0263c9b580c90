import type { Handler } from "../src/jobs/context.ts";
import { drawSheet, drawTile } from "./parts/augmentSheet.ts";
import { applyVariant, drawVariants, openAtTileSize } from "./parts/variants.ts";

/** Decodes the upload at the size of a tile, draws and applies the variants, and lays them out on one sheet; or makes one tile of it, large. */
export const augment: Handler<"augment"> = async (input, context) => {
  const start = performance.now();
  const { image, firstFrame, original } = await openAtTileSize(input.image, context);
  context.signal.throwIfAborted();
  const variants = drawVariants(input, original);
  const { tile } = input;
  const picture =
    tile === undefined
      ? await drawSheet(input, [{ image }, ...variants.map((it) => ({ image: applyVariant(image, it) }))], variants, context)
      : await drawTile(input, tile, variants, context);
  return {
    picture,
    tiles: tile === undefined ? variants : variants.slice(Math.max(0, tile - 1), tile),
    firstFrame,
    ms: Math.round(performance.now() - start),
  };
};
