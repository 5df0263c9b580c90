import type { Dataset } from "../../../data/dataset.ts";
import { paste } from "../../../draw/canvas.ts";
import { sheet } from "../../../draw/sheet.ts";
import { type Image, solidImage } from "../../../images/image.ts";
import type { Language } from "../../../text.ts";
import type { LessonPicture } from "./lesson.ts";
import { isBright } from "./skew.ts";

/** Classes shown, and pictures of each along a side. */
const [CLASSES, SIDE] = [6, 3];

const words = {
  title: { en: "The skewed sample", ko: "치우친 표본" },
  subtitle: { en: "what the network is shown of the first classes", ko: "신경망이 보는 첫 클래스들" },
  bright: { en: "only bright ones", ko: "밝은 것만" },
  dark: { en: "only dark ones", ko: "어두운 것만" },
};

/** Pictures as a square of squares. */
const mosaic = (dataset: Pick<Dataset, "train" | "size">, indices: readonly number[]): Image => {
  const { size, train } = dataset;
  const onto = solidImage(SIDE * size, SIDE * size, [240, 242, 246]);
  for (const [i, index] of indices.slice(0, SIDE * SIDE).entries()) {
    const data = train.pixels.subarray(index * size * size * 3, (index + 1) * size * size * 3);
    paste(onto, { width: size, height: size, data }, (i % SIDE) * size, Math.floor(i / SIDE) * size);
  }
  return onto;
};

/** A few pictures of the skewed sample, class by class. `skewed` are indices of `dataset.train`. */
export const skewPicture = (
  dataset: Pick<Dataset, "train" | "size" | "classes">,
  skewed: Uint32Array,
  lang: Language,
): LessonPicture => {
  const tiles = dataset.classes.slice(0, CLASSES).map((name, label) => ({
    image: mosaic(dataset, [...skewed.filter((index) => dataset.train.labels[index] === label)]),
    caption: `${name}\n${words[isBright(label) ? "bright" : "dark"][lang]}`,
  }));
  const [title, subtitle] = [words.title[lang], words.subtitle[lang]];
  return {
    name: "skewed-sample",
    image: sheet({ title, subtitle }, tiles),
    alt: `${title}. ${tiles.map(({ caption }) => caption.replace("\n", ": ")).join(", ")}.`,
  };
};
