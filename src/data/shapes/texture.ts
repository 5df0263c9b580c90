import { pick, type Rng } from "../../random.ts";

/** How light or dark a place is, about -1 … 1; x and y in pixels. */
export type Texture = (x: number, y: number) => number;

const { floor, PI, sin, cos } = Math;

/** Random values on a grid, smoothly joined (Perlin's fade curve), which repeat after 8 cells. */
const cloud = (rng: Rng): Texture => {
  const values = Array.from({ length: 64 }, () => 2 * rng() - 1);
  const cell = 3 + 9 * rng();
  const at = (column: number, row: number) => values[(row & 7) * 8 + (column & 7)] as number;
  const fade = (t: number) => t * t * (3 - 2 * t);
  return (x, y) => {
    const [u, v] = [x / cell, y / cell];
    const [column, row] = [floor(u), floor(v)];
    const [right, down] = [fade(u - column), fade(v - row)];
    const above = at(column, row) * (1 - right) + at(column + 1, row) * right;
    const below = at(column, row + 1) * (1 - right) + at(column + 1, row + 1) * right;
    return above * (1 - down) + below * down;
  };
};

const waves = (rng: Rng): Texture => {
  const [angle, length, phase] = [2 * PI * rng(), 3 + 8 * rng(), 2 * PI * rng()];
  const [right, down] = [(2 * PI * cos(angle)) / length, (2 * PI * sin(angle)) / length];
  return (x, y) => sin(x * right + y * down + phase);
};

const checks = (rng: Rng): Texture => {
  const [angle, side, shift] = [PI * rng(), 2.5 + 4 * rng(), 8 * rng()];
  const [c, s] = [cos(angle), sin(angle)];
  return (x, y) => ((floor((c * x + s * y + shift) / side) + floor((c * y - s * x + shift) / side)) & 1 ? 0.8 : -0.8);
};

/** One of the textures, with everything about it drawn. */
export const drawTexture = (rng: Rng): Texture => pick(rng, [cloud, cloud, waves, checks])(rng);
