import { putPicture } from "../src/blobs/picture.ts";
import { sheet, type Tile, tileSize } from "../src/draw/sheet.ts";
import { decode } from "../src/images/decode.ts";
import type { Handler } from "../src/jobs/context.ts";

const square = { width: tileSize.width, height: tileSize.width, cover: true } as const;

/** Opens every upload, which also proves that each is a picture, and lays them out. */
export const album: Handler<"album"> = async ({ name, title, subtitle, tiles }, { blobs, signal }) => {
  const opened: Tile[] = [];
  for (const { blob, caption } of tiles) {
    signal.throwIfAborted();
    opened.push({ image: (await decode(await blobs.get(blob), square)).image, caption });
  }
  const alt = `${title}: ${tiles.map((it) => it.caption.replaceAll("\n", " ")).join("; ")}`;
  return { picture: await putPicture(blobs, sheet({ title, subtitle }, opened), { name, alt }) };
};
