import { augmentation, drawMagnitude, percent } from "./augmentation.ts";
import { warp } from "./warp.ts";

interface Crop {
  readonly [key: string]: number;
  /** Sides of the cut as a fraction of the picture's. */
  readonly width: number;
  readonly height: number;
  /** Where it lies in the room that is left: 0 at the left or top, 1 at the right or bottom. */
  readonly x: number;
  readonly y: number;
}

/**
 * A part of the picture, enlarged to the whole size: the "Inception crop" (Szegedy et al. 2015), torchvision's RandomResizedCrop.
 * Its shape is drawn about the picture's own, from 3:4 to 4:3 of it.
 */
export const crop = augmentation<Crop>({
  about: { en: "a part, enlarged; at strength 1 down to 8% of the area", ko: "일부를 잘라 확대해요. 강도 1에서 넓이의 8%까지" },
  draw: (rng, strength) => {
    const area = 1 - 0.92 * drawMagnitude(rng, strength);
    const shape = (4 / 3) ** (strength * (2 * rng() - 1));
    return { width: Math.min(1, Math.sqrt(area * shape)), height: Math.min(1, Math.sqrt(area / shape)), x: rng(), y: rng() };
  },
  apply: (image, { width, height, x, y }) => {
    const left = x * (1 - width) * image.width + width / 2 - 0.5;
    const top = y * (1 - height) * image.height + height / 2 - 0.5;
    return warp(image, [width, 0, left, 0, height, top, 0, 0, 1], "clamp");
  },
  caption: ({ width, height }) => ({ en: `crop to ${percent(width * height)}`, ko: `크롭 ${percent(width * height)}` }),
  effect: ({ width, height }) => 1 - width * height,
});
