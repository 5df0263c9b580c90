import { sign } from "../../random.ts";
import type { Text } from "../../text.ts";
import { augmentation, drawMagnitude, formatNumber, joinCaptions, percent } from "./augmentation.ts";
import { warp } from "./warp.ts";

/** Counter-clockwise degrees; shifts as a fraction of width and of height; zoom as a factor; shears as the tangent of their angle. */
interface Affine {
  readonly [key: string]: number;
  readonly degrees: number;
  readonly right: number;
  readonly down: number;
  readonly zoom: number;
  readonly shearX: number;
  readonly shearY: number;
}

/** All parameters from those that matter; the others do nothing. */
export const affineParams = (it: Partial<Affine>): Affine => ({
  degrees: 0,
  right: 0,
  down: 0,
  zoom: 1,
  shearX: 0,
  shearY: 0,
  ...it,
});

/** Turned, sheared, zoomed and shifted in one step about the middle. Grey where nothing was. */
export const affine = augmentation<Affine>({
  about: {
    en: "turned, moved, zoomed and sheared at once; at strength 1 up to ±30°, ±30%, ×1.5 and 0.3",
    ko: "회전, 이동, 확대·축소, 기울이기를 한꺼번에. 강도 1에서 최대 ±30°, ±30%, ×1.5, 0.3",
  },
  draw: (rng, strength) => ({
    degrees: 30 * sign(rng) * drawMagnitude(rng, strength),
    right: 0.3 * sign(rng) * drawMagnitude(rng, strength),
    down: 0.3 * sign(rng) * drawMagnitude(rng, strength),
    zoom: 1.5 ** (sign(rng) * drawMagnitude(rng, strength)),
    shearX: 0.3 * sign(rng) * drawMagnitude(rng, strength),
    shearY: 0,
  }),
  apply: (image, { degrees, right, down, zoom, shearX, shearY }) => {
    const angle = (degrees * Math.PI) / 180;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    // Forward, with y pointing down: rotation · shear · zoom, then the shift. Sampling needs its inverse.
    const forward = [
      zoom * (cos + sin * shearY),
      zoom * (cos * shearX + sin),
      zoom * (cos * shearY - sin),
      zoom * (cos - sin * shearX),
    ] as const;
    const determinant = forward[0] * forward[3] - forward[1] * forward[2];
    const a = forward[3] / determinant;
    const b = -forward[1] / determinant;
    const d = -forward[2] / determinant;
    const e = forward[0] / determinant;
    const middleX = (image.width - 1) / 2;
    const middleY = (image.height - 1) / 2;
    const x = middleX + right * image.width;
    const y = middleY + down * image.height;
    return warp(image, [a, b, middleX - a * x - b * y, d, e, middleY - d * x - e * y, 0, 0, 1]);
  },
  caption: ({ degrees, right, down, zoom, shearX, shearY }) => {
    const parts: (Text | false)[] = [
      degrees !== 0 && { en: `rotate ${formatNumber(degrees)}°`, ko: `회전 ${formatNumber(degrees)}°` },
      right !== 0 &&
        down !== 0 && { en: `move ${percent(right)} ${percent(down)}`, ko: `이동 ${percent(right)} ${percent(down)}` },
      right !== 0 && down === 0 && { en: `move x ${percent(right)}`, ko: `가로 이동 ${percent(right)}` },
      down !== 0 && right === 0 && { en: `move y ${percent(down)}`, ko: `세로 이동 ${percent(down)}` },
      zoom !== 1 && { en: `zoom ×${formatNumber(zoom, 2)}`, ko: `배율 ×${formatNumber(zoom, 2)}` },
      shearX !== 0 && { en: `shear x ${formatNumber(shearX, 2)}`, ko: `가로 기울임 ${formatNumber(shearX, 2)}` },
      shearY !== 0 && { en: `shear y ${formatNumber(shearY, 2)}`, ko: `세로 기울임 ${formatNumber(shearY, 2)}` },
    ];
    return joinCaptions(parts.filter((it) => it !== false));
  },
  effect: (it) =>
    Math.abs(it.degrees) / 30 +
    Math.abs(it.right) +
    Math.abs(it.down) +
    Math.abs(Math.log(it.zoom)) +
    Math.abs(it.shearX) +
    Math.abs(it.shearY),
});
