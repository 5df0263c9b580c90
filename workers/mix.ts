import { putPicture } from "../src/blobs/picture.ts";
import { drawWeights, weightsHeight } from "../src/draw/mixWeights.ts";
import { sheet, tileSize } from "../src/draw/sheet.ts";
import { decode } from "../src/images/decode.ts";
import { cutmix } from "../src/images/mix/cutmix.ts";
import { mixup } from "../src/images/mix/mixup.ts";
import type { Handler } from "../src/jobs/context.ts";
import { seeded } from "../src/random.ts";

const titles = { cutmix: "CutMix", mixup: "MixUp" } as const;

/** Opens both pictures, b cut to a's shape, mixes them, and shows all three over the bar of the labels' weights. */
export const mix: Handler<"mix"> = async ({ how, a, b, alpha, seed, lang }, { blobs, signal }) => {
  const start = performance.now();
  const first = await decode(await blobs.get(a.blob), { ...tileSize, enlarge: Number.POSITIVE_INFINITY });
  const { width, height } = first.image;
  const second = await decode(await blobs.get(b.blob), { width, height, cover: true });
  signal.throwIfAborted();
  const mixing = { cutmix, mixup }[how];
  const params = mixing.draw(seeded(seed), alpha);
  const { image, lambda, box } = mixing.apply(first.image, second.image, params);
  const weights = { a: lambda, b: 1 - lambda };
  const corrected = how === "cutmix" ? ` (${{ en: "drawn", ko: "샘플링" }[lang]} ${params.lambda.toFixed(2)})` : "";
  const page = sheet(
    {
      title: titles[how],
      subtitle: `λ ${lambda.toFixed(2)}${corrected} · α ${alpha} · ${{ en: "seed", ko: "시드" }[lang]} ${seed}`,
    },
    [
      { image: first.image, caption: "a" },
      { image: second.image, caption: "b" },
      { image, caption: { en: "mixed", ko: "섞은 결과" }[lang] },
    ],
    { height: weightsHeight, draw: (place) => drawWeights(lambda, place) },
  );
  const share = `${weights.a.toFixed(2)} a, ${weights.b.toFixed(2)} b`;
  const alt = {
    en: `Picture a, picture b, and both mixed by ${titles[how]}: ${share}`,
    ko: `사진 a와 b, 그리고 ${titles[how]} 결과: ${share}`,
  };
  const picture = await putPicture(blobs, page, { name: `${how}-${seed}`, alt: alt[lang] });
  const firstFrame = first.firstFrame || second.firstFrame;
  return {
    picture,
    weights,
    drawn: params.lambda,
    size: { width, height },
    box,
    firstFrame,
    ms: Math.round(performance.now() - start),
  };
};
