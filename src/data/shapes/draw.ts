import { pick, type Rng, seeded } from "../../random.ts";
import { type Outline, outlines, shapeNames } from "./outlines.ts";
import { drawTexture, type Texture } from "./texture.ts";

type Colour = readonly [number, number, number];

/** Something with an edge that is laid over what is there already. Lengths in pixels. */
interface Patch {
  outline: Outline;
  x: number;
  y: number;
  radius: number;
  /** Radians. */
  turn: number;
  /** Width as a share of the height. */
  squeeze: number;
  colour: Colour;
  texture: Texture;
  /** How strong the texture is, in steps of brightness. */
  grain: number;
  opacity: number;
}

const { abs, ceil, cos, floor, max, min, PI, sin } = Math;

/** Each pixel asks at so many places on each side, for soft edges. */
const SAMPLES = 2;

const between = (rng: Rng, from: number, to: number): number => from + (to - from) * rng();
const drawColour = (rng: Rng): Colour => [between(rng, 25, 230), between(rng, 25, 230), between(rng, 25, 230)];
const differ = (a: Colour, b: Colour): number => abs(a[0] - b[0]) + abs(a[1] - b[1]) + abs(a[2] - b[2]);

/** A colour that can be told from another one, if only just. */
const drawColourBeside = (rng: Rng, other: Colour, least: number): Colour => {
  for (;;) {
    const colour = drawColour(rng);
    if (differ(colour, other) >= least) return colour;
  }
};

/** A colour nearer to black or to white the easier a picture is: `difficulty` 1 leaves it as it is. */
const darkened = (colour: Colour, difficulty: number): Colour => {
  const share = 0.15 + 0.85 * difficulty;
  return [colour[0] * share, colour[1] * share, colour[2] * share];
};
const brightened = ([r, g, b]: Colour, difficulty: number): Colour => {
  const [red, green, blue] = darkened([255 - r, 255 - g, 255 - b], difficulty);
  return [255 - red, 255 - green, 255 - blue];
};

const lay = (canvas: Float32Array, size: number, { outline, x, y, radius, turn, squeeze, ...look }: Patch): void => {
  const [c, s] = [cos(turn) / radius, sin(turn) / radius];
  const reach = radius * 1.3;
  for (let row = max(0, floor(y - reach)); row < min(size, ceil(y + reach)); row++)
    for (let column = max(0, floor(x - reach)); column < min(size, ceil(x + reach)); column++) {
      let inside = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const right = column + ((sample % SAMPLES) + 0.5) / SAMPLES - x;
        const down = row + (floor(sample / SAMPLES) + 0.5) / SAMPLES - y;
        if (outline((c * right + s * down) / squeeze, c * down - s * right)) inside++;
      }
      if (inside === 0) continue;
      const share = (look.opacity * inside) / SAMPLES ** 2;
      const light = look.grain * look.texture(column, row);
      const at = (row * size + column) * 3;
      for (let i = 0; i < 3; i++)
        canvas[at + i] = (canvas[at + i] as number) * (1 - share) + ((look.colour[i] as number) + light) * share;
    }
};

const bar: Outline = (x, y) => abs(x) <= 0.22 && abs(y) <= 1.3;
const speck: Outline = (x, y) => abs(x) + abs(y) <= 0.8;

const anyPatch = (rng: Rng, outline: Outline, at: { x: number; y: number; radius: number }, colour: Colour): Patch => ({
  ...at,
  outline,
  turn: 2 * PI * rng(),
  squeeze: between(rng, 0.75, 1.3),
  colour,
  texture: drawTexture(rng),
  grain: between(rng, 0, 22),
  opacity: between(rng, 0.85, 1),
});

/**
 * Draws one picture [size, size, 3] of the shape with this number: on a textured ground, among clutter that includes shapes too
 * small to be meant, partly covered, unevenly lit, grainy. The seed decides everything but the shape, also how much of all this there
 * is: the easy pictures are learned in seconds, the hard ones leave something to learn for hours.
 */
export const drawShape = (label: number, seed: number, size: number): Uint8Array => {
  const rng = seeded(seed);
  const unit = size / 32;
  const difficulty = rng();
  const canvas = new Float32Array(size * size * 3);
  // Easy pictures are bright on dark, so that a network has something to begin with.
  const ground = darkened(drawColour(rng), difficulty);
  const [texture, grain] = [drawTexture(rng), between(rng, 5, 8 + 22 * difficulty)];
  for (let pixel = 0; pixel < size * size; pixel++) {
    const light = grain * texture((pixel % size) / unit, floor(pixel / size) / unit);
    for (let i = 0; i < 3; i++) canvas[pixel * 3 + i] = (ground[i] as number) + light;
  }
  const anywhere = (radius: number) => ({ x: rng() * size, y: rng() * size, radius: radius * unit });
  for (let i = floor(between(rng, 0, 1 + 4 * difficulty)); i > 0; i--) {
    const outline = pick(rng, [bar, speck, outlines[pick(rng, shapeNames)]]);
    lay(canvas, size, anyPatch(rng, outline, anywhere(between(rng, 1.5, 3.5)), drawColour(rng)));
  }
  const radius = between(rng, 9 - 2.5 * difficulty, 12) * unit;
  const middle = { x: between(rng, 0.4, 0.6) * size, y: between(rng, 0.4, 0.6) * size, radius };
  const name = shapeNames[label] as keyof typeof outlines;
  const shape = anyPatch(rng, outlines[name], middle, brightened(drawColourBeside(rng, ground, 120), difficulty));
  lay(canvas, size, { ...shape, turn: between(rng, -0.8, 0.8) * difficulty });
  if (rng() < 0.9 * difficulty) {
    const [angle, away] = [2 * PI * rng(), radius * between(rng, 0.4, 0.9)];
    const cover = { x: middle.x + away * cos(angle), y: middle.y + away * sin(angle), radius: radius * between(rng, 0.35, 0.65) };
    lay(canvas, size, anyPatch(rng, pick(rng, [bar, speck, outlines.circle]), cover, drawColour(rng)));
  }
  return lit(canvas, size, rng);
};

/** Light from one side, and the noise of a small sensor. */
const lit = (canvas: Float32Array, size: number, rng: Rng): Uint8Array => {
  const [angle, slope, level, noise] = [2 * PI * rng(), between(rng, 0, 0.5), between(rng, 0.7, 1.15), between(rng, 4, 14)];
  const out = new Uint8Array(canvas.length);
  const [right, down] = [(2 * cos(angle)) / size, (2 * sin(angle)) / size];
  for (let pixel = 0; pixel < size * size; pixel++) {
    const light = level + slope * (((pixel % size) - size / 2) * right + (floor(pixel / size) - size / 2) * down);
    for (let i = pixel * 3; i < pixel * 3 + 3; i++) {
      const grain = noise * 2.45 * (rng() + rng() - 1); // nearly a bell curve, at a fraction of its price
      out[i] = max(0, min(255, (canvas[i] as number) * light + grain + 0.5));
    }
  }
  return out;
};
