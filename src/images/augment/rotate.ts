import { sign } from "../../random.ts";
import { affine, affineParams } from "./affine.ts";
import { augmentation, drawMagnitude, formatNumber } from "./augmentation.ts";

interface Rotate {
  readonly [key: string]: number;
  readonly degrees: number;
}

/** Turned about the middle, positive counter-clockwise; the size stays and the corners turn grey. Wrong for 6 and 9. */
export const rotate = augmentation<Rotate>({
  about: { en: "turned either way; at strength 1 up to 60°", ko: "왼쪽이나 오른쪽으로 회전. 강도 1에서 최대 60°" },
  draw: (rng, strength) => ({ degrees: 60 * sign(rng) * drawMagnitude(rng, strength) }),
  apply: (image, { degrees }) => affine.apply(image, affineParams({ degrees })),
  caption: ({ degrees }) => ({ en: `rotate ${formatNumber(degrees)}°`, ko: `회전 ${formatNumber(degrees)}°` }),
  effect: ({ degrees }) => Math.abs(degrees),
});
