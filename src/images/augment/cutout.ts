import { fillGrey } from "../image.ts";
import { augmentation, drawMagnitude, percent } from "./augmentation.ts";

interface Cutout {
  readonly [key: string]: number;
  /** Middle of the hole as a fraction of width and of height. */
  readonly x: number;
  readonly y: number;
  /** Its side as a fraction of the shorter side. */
  readonly size: number;
}

/** A grey square hole (DeVries & Taylor 2017); it may hang over the border, as theirs does. Wrong for tiny objects. */
export const cutout = augmentation<Cutout>({
  about: {
    en: "a grey hole; at strength 1 up to 60% of the shorter side",
    ko: "회색 사각형으로 가려요. 강도 1에서 짧은 변의 60%까지",
  },
  draw: (rng, strength) => ({ x: rng(), y: rng(), size: 0.6 * drawMagnitude(rng, strength) }),
  apply: (image, { x, y, size }) => {
    const { width, height } = image;
    const half = (size * Math.min(width, height)) / 2;
    const left = Math.max(0, Math.round(x * width - half));
    const right = Math.min(width, Math.round(x * width + half));
    const top = Math.max(0, Math.round(y * height - half));
    const bottom = Math.min(height, Math.round(y * height + half));
    const data = Uint8Array.from(image.data);
    for (let row = top; row < bottom; row++)
      data.fill(fillGrey, (row * width + left) * 3, (row * width + Math.max(left, right)) * 3);
    return { width, height, data };
  },
  caption: ({ size }) => ({ en: `cutout ${percent(size)}`, ko: `컷아웃 ${percent(size)}` }),
  effect: ({ size }) => size,
});
