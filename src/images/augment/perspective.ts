import { augmentation, drawMagnitude, percent } from "./augmentation.ts";
import { type Matrix, warp } from "./warp.ts";

/** How far each corner moves inwards, as a fraction of width (x) and height (y); clockwise from the top left. */
interface Perspective {
  readonly [key: string]: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly x3: number;
  readonly y3: number;
}
type Corners = readonly [x0: number, y0: number, x1: number, y1: number, x2: number, y2: number, x3: number, y3: number];

/** From the unit square to four corners (Heckbert 1989, "Fundamentals of Texture Mapping and Image Warping", 2.2.3). */
const squareTo = ([x0, y0, x1, y1, x2, y2, x3, y3]: Corners): Matrix => {
  const [dx1, dx2, sumX] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, sumY] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (sumX * dy2 - dx2 * sumY) / determinant;
  const h = (dx1 * sumY - sumX * dy1) / determinant;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
};

/** The inverse up to a factor, which a projective mapping does not notice as long as it is positive. */
const adjugate = ([a, b, c, d, e, f, g, h, i]: Matrix): Matrix => [
  e * i - f * h,
  c * h - b * i,
  b * f - c * e,
  f * g - d * i,
  a * i - c * g,
  c * d - a * f,
  d * h - e * g,
  b * g - a * h,
  a * e - b * d,
];

const largest = (it: Perspective): number => Math.max(...Object.values(it));

/** Seen at an angle: each corner moves inwards on its own, as torchvision's RandomPerspective. Grey where nothing was. */
export const perspective = augmentation<Perspective>({
  about: {
    en: "seen at an angle; at strength 1 corners move up to 35%",
    ko: "비스듬히 본 모습. 강도 1에서 꼭짓점이 최대 35% 이동",
  },
  draw: (rng, strength) => {
    const inwards = () => 0.35 * drawMagnitude(rng, strength);
    const [x0, y0, x1, y1] = [inwards(), inwards(), inwards(), inwards()];
    return { x0, y0, x1, y1, x2: inwards(), y2: inwards(), x3: inwards(), y3: inwards() };
  },
  apply: (image, { x0, y0, x1, y1, x2, y2, x3, y3 }) => {
    const [right, bottom] = [image.width - 1, image.height - 1];
    if (right === 0 || bottom === 0) return image;
    const seen = [
      x0 * right,
      y0 * bottom,
      (1 - x1) * right,
      y1 * bottom,
      (1 - x2) * right,
      (1 - y2) * bottom,
      x3 * right,
      (1 - y3) * bottom,
    ];
    const [a, b, c, d, e, f, g, h, i] = adjugate(squareTo(seen as unknown as Corners));
    return warp(image, [right * a, right * b, right * c, bottom * d, bottom * e, bottom * f, g, h, i]);
  },
  caption: (it) => ({ en: `perspective ${percent(largest(it))}`, ko: `원근 변환 ${percent(largest(it))}` }),
  effect: largest,
});
