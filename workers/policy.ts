import { putPicture } from "../src/blobs/picture.ts";
import { sheet, tileSize } from "../src/draw/sheet.ts";
import { decode } from "../src/images/decode.ts";
import { drawRandAugment, drawTrivialAugment, MOST } from "../src/images/policy/bins.ts";
import { drawTimm } from "../src/images/policy/drawTimm.ts";
import { applySteps, captionOf, type Step } from "../src/images/policy/operations.ts";
import { explainTimm, formatTimm } from "../src/images/policy/timm.ts";
import type { Handler } from "../src/jobs/context.ts";
import type { Policy } from "../src/jobs/contracts/policy.ts";
import { type Rng, seeded, subSeed } from "../src/random.ts";
import type { Text } from "../src/text.ts";

const draw = (rng: Rng, policy: Policy): Step[] => {
  if (policy.kind === "timm") return drawTimm(rng, policy);
  return policy.kind === "randaugment" ? drawRandAugment(rng, policy) : drawTrivialAugment(rng);
};

const titleOf = (policy: Policy): { title: string; scale: Text } => {
  if (policy.kind === "timm") return { title: formatTimm(policy), scale: explainTimm(policy) };
  if (policy.kind === "trivialaugment")
    return { title: "TrivialAugmentWide", scale: { en: "one operation, any strength", ko: "변형 하나, 세기는 무작위" } };
  const { n, m } = policy;
  return {
    title: "RandAugment",
    scale: { en: `N ${n} · M ${m} of ${MOST} (torchvision's bins)`, ko: `N ${n} · M ${m} (torchvision 기준, 최대 ${MOST})` },
  };
};

/** Draws operations for each tile, applies them in order, and lists them under it with their values. */
export const policy: Handler<"policy"> = async ({ image: upload, policy, n, seed, lang }, { blobs, signal }) => {
  const start = performance.now();
  const { image, firstFrame } = await decode(await blobs.get(upload.blob), { ...tileSize, enlarge: 2 });
  signal.throwIfAborted();
  const drawn = Array.from({ length: n }, (_, tile) => draw(seeded(subSeed(seed, tile)), policy));
  const tiles = drawn.map((steps) => ({ ops: steps.map((it) => ({ ...it, caption: captionOf(it)[lang] })) }));
  const captions = tiles.map(({ ops }) => ops.map((it) => it.caption).join("\n") || { en: "unchanged", ko: "그대로" }[lang]);
  const { title, scale } = titleOf(policy);
  const page = sheet({ title, subtitle: `${scale[lang]} · ${{ en: "seed", ko: "시드" }[lang]} ${seed}` }, [
    { image, caption: { en: "original", ko: "원본" }[lang], isReference: true },
    ...drawn.map((steps, tile) => ({ image: applySteps(image, steps), caption: captions[tile] as string })),
  ]);
  const shown = captions.map((it) => it.replaceAll("\n", ", ")).join("; ");
  const counted = n === 1 ? "one variant" : `${n} variants`;
  const alt = { en: `The original and ${counted}: ${shown}`, ko: `원본과 변형 ${n}장: ${shown}` };
  const picture = await putPicture(blobs, page, {
    name: `${policy.kind === "timm" ? "randaugment" : policy.kind}-${seed}`,
    alt: alt[lang],
  });
  return { picture, tiles, firstFrame, ms: Math.round(performance.now() - start) };
};
