import { putPicture } from "../src/blobs/picture.ts";
import { drawOver } from "../src/draw/canvas.ts";
import { samplePictures } from "../src/draw/samplePictures.ts";
import { sheet, tileSize } from "../src/draw/sheet.ts";
import { drawText } from "../src/draw/text.ts";
import { theme } from "../src/draw/theme.ts";
import type { Region } from "../src/files.ts";
import { decode } from "../src/images/decode.ts";
import { encodeJpeg } from "../src/images/encode.ts";
import { cutmix } from "../src/images/mix/cutmix.ts";
import type { Handler } from "../src/jobs/context.ts";

const letters = ["A", "B", "C", "D"] as const;
const BADGE = 60;

/** A letter in a picture's corner, large: a chat shows the whole sheet at a third of its size, and it is what the buttons say. */
const badge = (letter: string, { left, top }: Region): string =>
  `<rect x="${left}" y="${top}" width="${BADGE}" height="${BADGE}" rx="12" fill="${theme.paper}"/>${drawText(
    letter,
    { x: left + BADGE / 2, y: top + BADGE / 2 + 15 },
    { size: 42, weight: 600, anchor: "middle" },
  )}`;

/** Mixes two pictures once for each λ, the box in the middle where nothing of it is cut off, and names the results by letters. */
export const quizPicture: Handler<"quizPicture"> = async ({ lambdas, image, second, isSolved, seed, lang }, { blobs }) => {
  const own = { image: image && (await blobs.get(image.blob)), second: second && (await blobs.get(second.blob)) };
  const [a, b] = [
    own.image ?? (await encodeJpeg(samplePictures.house())),
    own.second ?? (await encodeJpeg(samplePictures.boat())),
  ];
  const first = (await decode(a, { ...tileSize, enlarge: 2 })).image;
  const { width, height } = first;
  const other = (await decode(b, { width, height, cover: true })).image;
  const tiles = lambdas.map((lambda, i) => ({
    image: cutmix.apply(first, other, { lambda, x: 0.5, y: 0.5 }).image,
    caption: `${letters[i] ?? ""}${isSolved ? ` · λ = ${lambda}` : ""}`,
  }));
  const page = sheet({ title: "CutMix", subtitle: `${{ en: "seed", ko: "시드" }[lang]} ${seed}` }, [
    { image: first, caption: { en: "first picture", ko: "원본 1" }[lang], isReference: true },
    { image: other, caption: { en: "second picture", ko: "원본 2" }[lang], isReference: true },
    ...tiles,
  ]);
  const called = page.regions.filter((it) => !it.isReference);
  for (const [i, region] of called.entries()) drawOver(page, badge(letters[i] ?? "", region), region.top, region.top + BADGE);
  const alt = {
    en: "Two pictures, and four that were mixed of them with boxes of different sizes, called A to D",
    ko: "사진 두 장과, 크기가 다른 상자로 섞은 네 장(A~D)",
  }[lang];
  const picture = await putPicture(blobs, page, { name: `quiz-cutmix-${seed}`, alt });
  return { picture, ...(image && { image }), ...(second && { second }) };
};
