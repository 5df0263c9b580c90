import type { Image } from "../image.ts";
import { augmentation } from "./augmentation.ts";
import { captionShare, drawShare, type Share } from "./parameters.ts";
import { applyTables, blendValue, lookupTable } from "./pillow.ts";

/** Pillow's ImageOps.equalize for one channel: each value moves to its rank among all pixels. */
const equalizeChannel = ({ data }: Image, channel: number): ((it: number) => number) => {
  const counts = new Uint32Array(256);
  for (let i = channel; i < data.length; i += 3) (counts[data[i] as number] as number)++;
  const last = counts.findLast((it) => it > 0) ?? 0;
  const step = Math.floor((data.length / 3 - last) / 255);
  if (step === 0) return (it) => it;
  const ranks = new Float64Array(256);
  let below = Math.floor(step / 2);
  for (let it = 0; it < 256; it++) {
    ranks[it] = Math.min(255, Math.floor(below / step));
    below += counts[it] as number;
  }
  return (it) => ranks[it] as number;
};

/** Histogram equalisation of each channel; a share of it is mixed in, because it has no degrees of its own. */
export const equalize = augmentation<Share>({
  about: { en: "shades spread evenly; strength is how much of it", ko: "명암을 고르게 펴요. 강도는 섞는 비율이에요" },
  draw: drawShare,
  apply: (image, { share }) => {
    const [red, green, blue] = [0, 1, 2].map((channel) => {
      const flat = equalizeChannel(image, channel);
      return lookupTable((it) => blendValue(it, flat(it), share));
    });
    return applyTables(image, red as Uint8Array, green, blue);
  },
  caption: (it) => captionShare({ en: "equalize", ko: "평활화" }, it),
  effect: ({ share }) => share,
});
