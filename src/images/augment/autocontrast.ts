import type { Image } from "../image.ts";
import { augmentation } from "./augmentation.ts";
import { captionShare, drawShare, type Share } from "./parameters.ts";
import { applyTables, blendValue, lookupTable } from "./pillow.ts";

/** Pillow's ImageOps.autocontrast without cut-off for one channel: darkest to 0, brightest to 255, cut off instead of rounded. */
const stretchChannel = ({ data }: Image, channel: number): ((it: number) => number) => {
  let low = 255;
  let high = 0;
  for (let i = channel; i < data.length; i += 3) {
    const it = data[i] as number;
    if (it < low) low = it;
    if (it > high) high = it;
  }
  if (high <= low) return (it) => it;
  const scale = 255 / (high - low);
  const offset = -low * scale;
  return (it) => Math.max(0, Math.min(255, Math.trunc(it * scale + offset)));
};

/** Each channel stretched to its full range; a share of it is mixed in, because it has no degrees of its own. */
export const autocontrast = augmentation<Share>({
  about: { en: "stretched to full contrast; strength is how much of it", ko: "대비를 최대로 펴요. 강도는 섞는 비율이에요" },
  draw: drawShare,
  apply: (image, { share }) => {
    const [red, green, blue] = [0, 1, 2].map((channel) => {
      const wide = stretchChannel(image, channel);
      return lookupTable((it) => blendValue(it, wide(it), share));
    });
    return applyTables(image, red as Uint8Array, green, blue);
  },
  caption: (it) => captionShare({ en: "autocontrast", ko: "오토 콘트라스트" }, it),
  effect: ({ share }) => share,
});
