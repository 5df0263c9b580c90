import { augmentation } from "./augmentation.ts";
import { captionShare, drawShare, type Share } from "./parameters.ts";
import { blend, toGrey } from "./pillow.ts";

/** Colours taken out, partly or (at share 1) wholly: the net has to look at shapes. */
export const grayscale = augmentation<Share>({
  about: { en: "colours taken out; at strength 1 wholly", ko: "색을 빼요. 강도 1에서 완전한 흑백이 될 수 있어요" },
  draw: drawShare,
  apply: (image, { share }) => blend(image, toGrey(image), share),
  caption: (it) => captionShare({ en: "grayscale", ko: "흑백" }, it),
  effect: ({ share }) => share,
});
