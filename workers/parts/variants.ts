import { tileSize } from "../../src/draw/sheet.ts";
import { augmentations } from "../../src/images/augment/index.ts";
import { type AugmentationName, augmentationNames } from "../../src/images/augment/names.ts";
import { pythonCalls } from "../../src/images/augment/python.ts";
import { type Decoded, decode } from "../../src/images/decode.ts";
import type { Image } from "../../src/images/image.ts";
import type { JobContext } from "../../src/jobs/context.ts";
import type { JobInput } from "../../src/jobs/contracts.ts";
import { seeded, subSeed } from "../../src/random.ts";

/** How often a tile may be drawn again on the sheet of all operations, where a flip that does not happen would teach nothing. */
const TRIES = 16;

/** A variant as it was drawn: which operation with which parameters, in words, and as a call in Python. */
export interface Variant {
  op: AugmentationName;
  params: Readonly<Record<string, number>>;
  caption: string;
  python: string;
}

/** Opens the picture at the size of a tile. */
export const openAtTileSize = async (
  upload: JobInput<"augment">["image"],
  { blobs }: Pick<JobContext, "blobs">,
): Promise<Decoded> => decode(await blobs.get(upload.blob), { ...tileSize, enlarge: 2 });

/** Draws the parameters of every variant of a sheet, the same for the same input. `size` is that of the whole picture, in pixels. */
export const drawVariants = (
  { op, strength, n, seed, lang }: Omit<JobInput<"augment">, "image">,
  size: Pick<Image, "width" | "height">,
): Variant[] =>
  (op ? Array.from({ length: n }, () => op) : augmentationNames).map((name, tile) => {
    const { draw, effect, caption } = augmentations[name];
    const tries = Array.from({ length: op ? 1 : TRIES }, (_, again) =>
      draw(seeded(subSeed(seed, tile + 1000 * again)), strength),
    );
    const params = tries.find((it) => effect(it) > 0) ?? (tries[0] as (typeof tries)[0]);
    return { op: name, params, caption: caption(params)[lang], python: pythonCalls[name](params, size) };
  });

/** The picture of a variant. */
export const applyVariant = (image: Image, { op, params }: Variant): Image => augmentations[op].apply(image, params);
