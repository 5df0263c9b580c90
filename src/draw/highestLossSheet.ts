import type { Image } from "../images/image.ts";
import { percent } from "../numbers.ts";
import type { Language } from "../text.ts";
import { type Sheet, sheet } from "./sheet.ts";

/** A picture that a model is wrong about, or right with little confidence. */
export interface LossyPicture {
  image: Image;
  /** The names of its class and of the predicted one. */
  actual: string;
  predicted: string;
  /** Of the predicted class, 0 to 1. */
  probability: number;
  /** Cross-entropy in nats. */
  loss: number;
}

const words = {
  title: { en: "The highest losses", ko: "손실이 가장 큰 사진" },
  loss: { en: "loss", ko: "손실" },
  how: { en: "actual → predicted and its probability", ko: "실제 → 예측과 그 확률" },
  none: { en: "no pictures", ko: "사진이 없어요" },
} as const;

/** The pictures that a model is most wrong about, in the order given, each with "actual → predicted" and its loss. Small ones are enlarged by whole numbers. */
export const highestLossSheet = (
  { title, subtitle, pictures }: { title?: string; subtitle: string; pictures: readonly LossyPicture[] },
  lang: Language,
): Sheet =>
  sheet(
    { title: title ?? words.title[lang], subtitle: `${subtitle}\n${words[pictures.length > 0 ? "how" : "none"][lang]}` },
    pictures.map(({ image, actual, predicted, probability, loss }) => ({
      image,
      caption: `${actual} →\n${predicted} ${percent(probability)}\n${words.loss[lang]} ${loss.toFixed(2)}`,
    })),
  );
