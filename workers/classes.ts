import { putPicture } from "../src/blobs/picture.ts";
import { type ClassRow, classRows, THUMBNAIL } from "../src/draw/classRows.ts";
import { decode } from "../src/images/decode.ts";
import type { Handler } from "../src/jobs/context.ts";

const square = { width: THUMBNAIL, height: THUMBNAIL, cover: true } as const;

/** Opens some pictures of each class, and lays them out. */
export const classes: Handler<"classes"> = async ({ name, title, subtitle, classes: given }, { blobs, signal }) => {
  const rows: ClassRow[] = [];
  for (const { label, count, blobs: own } of given) {
    signal.throwIfAborted();
    const opened = own.map(async (it) => (await decode(await blobs.get(it), square)).image);
    rows.push({ label, count, pictures: await Promise.all(opened) });
  }
  const alt = `${title}: ${given.map((it) => `${it.label}, ${it.count}`).join("; ")}`;
  return { picture: await putPicture(blobs, classRows({ title, subtitle }, rows), { name, alt }) };
};
