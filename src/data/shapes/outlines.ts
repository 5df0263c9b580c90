import { shapes } from "../../models/shapes.ts";

/** Whether a point lies inside a shape that fills about the circle of radius 1 around the origin; y grows downwards. */
export type Outline = (x: number, y: number) => boolean;

const { abs, atan2, cos, hypot, PI, sin } = Math;

/**
 * The same outline, asked only where the distance from the middle does not decide: a point nearer than `inside` lies in it, one farther than
 * 1 does not. Pictures ask millions of times, and an angle costs more than all the rest.
 */
const betweenRadii =
  (inside: number, outline: Outline): Outline =>
  (x, y) => {
    const squared = x * x + y * y;
    return squared < (0.999 * inside) ** 2 || (squared < 1.001 && outline(x, y));
  };

/** A regular polygon, one corner up. */
const polygon = (corners: number): Outline => {
  const sector = (2 * PI) / corners;
  const toEdge = cos(sector / 2);
  return betweenRadii(toEdge, (x, y) => {
    const angle = atan2(x, -y) + 4 * PI; // from the top, clockwise
    return hypot(x, y) * cos((angle % sector) - sector / 2) <= toEdge;
  });
};

const star = (points: number, inner: number): Outline => {
  const sector = (2 * PI) / points;
  const half = sector / 2;
  return betweenRadii(inner, (x, y) => {
    const angle = abs(((atan2(x, -y) + 4 * PI + half) % sector) - half); // 0 at a point, half a sector in a notch
    // The straight edge from the point (radius 1, angle 0) to the notch (radius `inner`, angle `half`).
    const edge = (inner * sin(half)) / (sin(angle) * (1 - inner * cos(half)) + cos(angle) * inner * sin(half));
    return hypot(x, y) <= edge;
  });
};

/** How each class of the data set `shapes` looks. */
export const outlines = {
  circle: (x, y) => x * x + y * y <= 0.85,
  ring: (x, y) => x * x + y * y <= 1 && x * x + y * y >= 0.3,
  crescent: (x, y) => x * x + y * y <= 1 && (x - 0.5) ** 2 + y * y >= 0.64,
  triangle: polygon(3),
  square: (x, y) => abs(x) <= 0.78 && abs(y) <= 0.78,
  pentagon: polygon(5),
  star: star(5, 0.42),
  cross: (x, y) => (abs(x) <= 0.3 && abs(y) <= 0.95) || (abs(y) <= 0.3 && abs(x) <= 0.95),
  heart: (x, y) => {
    const [u, v] = [1.2 * x, 1.15 * -y + 0.1];
    return (u * u + v * v - 0.8) ** 3 - 1.3 * u * u * v * v * v <= 0;
  },
  arrow: (x, y) => (y <= 0 ? abs(x) <= 0.9 * (1 + y) : y <= 0.95 && abs(x) <= 0.28),
} as const satisfies Record<(typeof shapes.classes)[number], Outline>;

export const shapeNames = shapes.classes;
