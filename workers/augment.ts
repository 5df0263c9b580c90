import { putPicture } from "../src/blobs/picture.ts";
import { sheet, tileSize } from "../src/draw/sheet.ts";
import { augmentations } from "../src/images/augment/index.ts";
import { type AugmentationName, augmentationLabels, augmentationNames } from "../src/images/augment/names.ts";
import { decode } from "../src/images/decode.ts";
import type { Handler } from "../src/jobs/context.ts";
import { seeded, subSeed } from "../src/random.ts";

/** How often a tile may be drawn again on the sheet of all operations, where a flip that does not happen would teach nothing. */
const TRIES = 16;

/** Decodes the upload at the size of a tile, draws and applies the variants, and lays them out on one sheet. */
export const augment: Handler<"augment"> = async ({ image: upload, op, strength, n, seed, lang }, { blobs, signal }) => {
  const start = performance.now();
  const { image, firstFrame } = await decode(await blobs.get(upload.blob), { ...tileSize, enlarge: 2 });
  signal.throwIfAborted();
  const draw = (name: AugmentationName, tile: number) => {
    const { draw, effect } = augmentations[name];
    const tries = Array.from({ length: op ? 1 : TRIES }, (_, again) =>
      draw(seeded(subSeed(seed, tile + 1000 * again)), strength),
    );
    return tries.find((it) => effect(it) > 0) ?? (tries[0] as (typeof tries)[0]);
  };
  const variants = (op ? Array.from({ length: n }, () => op) : augmentationNames).map((name, tile) => {
    const params = draw(name, tile);
    const { apply, caption } = augmentations[name];
    return { op: name, params, caption: caption(params)[lang], image: apply(image, params) };
  });
  const name = op ? augmentationLabels[op] : { en: "One of each", ko: "모든 변형 한 번씩" };
  const subtitle = { en: `strength ${strength} · seed ${seed}`, ko: `강도 ${strength} · 시드 ${seed}` };
  const hint = { en: "See more of one:\n/augment op:rotate", ko: "하나를 더 보려면\n/증강 변형:회전" };
  const page = sheet({ title: name[lang], subtitle: subtitle[lang], ...(op ? {} : { hint: hint[lang] }) }, [
    { image, caption: { en: "original", ko: "원본" }[lang], isReference: true },
    ...variants,
  ]);
  const tiles = variants.map(({ op, params, caption }) => ({ op, params, caption }));
  const shown = tiles.map((it) => it.caption).join("; ");
  const counted = tiles.length === 1 ? "one variant" : `${tiles.length} variants`;
  const alt = { en: `The original and ${counted}: ${shown}`, ko: `원본과 변형 ${tiles.length}장: ${shown}` };
  const picture = await putPicture(blobs, page, { name: `augment-${op ?? "all"}-${seed}`, alt: alt[lang] });
  return { picture, tiles, firstFrame, ms: Math.round(performance.now() - start) };
};
