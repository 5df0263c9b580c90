import { putPicture } from "../../src/blobs/picture.ts";
import { sheet, type Tile } from "../../src/draw/sheet.ts";
import { UserError } from "../../src/errors.ts";
import type { Picture } from "../../src/files.ts";
import { augmentationLabels } from "../../src/images/augment/names.ts";
import { decode } from "../../src/images/decode.ts";
import type { Image } from "../../src/images/image.ts";
import type { JobContext } from "../../src/jobs/context.ts";
import type { JobInput } from "../../src/jobs/contracts.ts";
import { applyVariant, type Variant } from "./variants.ts";

type Input = JobInput<"augment">;

/** A tile shown by itself has its picture's own size, up to this: more than a screen shows, and less than fills a child's memory. */
const LARGE = { width: 2048, height: 2048 };

/** Lays the original and its variants out on one sheet, with what a model says of each where it was asked. */
export const drawSheet = async (
  { op, strength, seed, lang }: Input,
  [original, ...shown]: readonly { image: Image; note?: Tile["note"] }[],
  variants: readonly Variant[],
  { blobs }: Pick<JobContext, "blobs">,
): Promise<Picture> => {
  const name = op ? augmentationLabels[op] : { en: "One of each", ko: "모든 변형 한 번씩" };
  const subtitle = { en: `strength ${strength} · seed ${seed}`, ko: `강도 ${strength} · 시드 ${seed}` };
  const hint = { en: "See more of one:\n/augment op:rotate", ko: "하나를 더 보려면\n/증강 변형:회전" };
  const tiles: Tile[] = [
    ...(original ? [{ ...original, caption: { en: "original", ko: "원본" }[lang], isReference: true as const }] : []),
    ...shown.map((it, index) => ({ ...it, caption: variants[index]?.caption ?? "" })),
  ];
  const page = sheet({ title: name[lang], subtitle: subtitle[lang], ...(op ? {} : { hint: hint[lang] }) }, tiles);
  const said = tiles.slice(1).map(({ caption, note }) => (note ? `${caption} (${note.text})` : caption));
  const counted = said.length === 1 ? "one variant" : `${said.length} variants`;
  const alt = { en: `The original and ${counted}: ${said.join("; ")}`, ko: `원본과 변형 ${said.length}장: ${said.join("; ")}` };
  return putPicture(blobs, page, { name: `augment-${op ?? "all"}-${seed}`, alt: alt[lang] });
};

/** One tile of the sheet at the picture's own size: 0 is the original. Throws where the sheet has no such tile. */
export const drawTile = async (
  { image: upload, op, seed, lang }: Input,
  tile: number,
  variants: readonly Variant[],
  { blobs }: Pick<JobContext, "blobs">,
): Promise<Picture> => {
  const variant = variants[tile - 1];
  if (tile > 0 && !variant) throw new UserError("no_such_tile", { tile, of: variants.length });
  const { image } = await decode(await blobs.get(upload.blob), LARGE);
  const page = variant ? applyVariant(image, variant) : image;
  const alt = variant?.caption ?? { en: "the original", ko: "원본" }[lang];
  return putPicture(blobs, page, { name: `augment-${op ?? "all"}-${seed}-tile-${tile}`, alt });
};
