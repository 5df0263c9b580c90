import { drawText, textWidth } from "./text.ts";
import { theme } from "./theme.ts";

/** Colours of wires: what flows through layers, what goes around them, and what is missing. */
export const wireColours = { layers: "#8b95a9", bypass: theme.accent, missing: "#c3cad8" } as const;

const STROKE = 4;
const ARROW = { length: 9, halfWidth: 8 };
/** Length of the wire with an arrowhead between two parts. */
export const WIRE_LENGTH = 32;
/** Radius of a wire's corners. */
const CORNER = 13;
/** Height of the zone in which wires leave for the sides: one corner out of the trunk, one into the branch. */
export const SPLIT_HEIGHT = 2 * CORNER;
/** Radius of the corner with which a wire comes back from the side, rounder because it is alone there. */
const RETURN_CORNER = 22;

/** A line along SVG path data. `dashes` is a stroke-dasharray. */
export const drawWire = (path: string, colour: string, dashes?: string): string =>
  `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${STROKE}" stroke-linecap="round" stroke-linejoin="round"${dashes ? ` stroke-dasharray="${dashes}"` : ""}/>`;

/** A wire straight down at x, from one y to another; its round cap ends exactly there. */
export const wireDown = (x: number, from: number, to: number, colour: string = wireColours.layers): string =>
  drawWire(`M${x} ${from}V${to - STROKE / 2}`, colour);

/** A wire straight down that ends in an arrowhead. */
export const arrowDown = (x: number, from: number, to: number): string => {
  const [tip, { length, halfWidth }] = [to - STROKE / 2, ARROW];
  const head = `M${x - halfWidth} ${tip - length}L${x} ${tip}L${x + halfWidth} ${tip - length}`;
  return wireDown(x, from, to) + drawWire(head, wireColours.layers);
};

/** From a trunk at x = `trunk` over to a branch at x = `branch`, and SPLIT_HEIGHT down. */
export const wireToBranch = (trunk: number, branch: number, y: number, colour: string = wireColours.layers, dashes?: string) => {
  if (trunk === branch) return wireDown(trunk, y, y + SPLIT_HEIGHT, colour);
  const side = Math.sign(branch - trunk) * CORNER;
  const middle = y + CORNER;
  return drawWire(
    `M${trunk} ${y}Q${trunk} ${middle} ${trunk + side} ${middle}H${branch - side}Q${branch} ${middle} ${branch} ${y + SPLIT_HEIGHT}`,
    colour,
    dashes,
  );
};

/** From a branch at x, y down and round a corner to the height `meeting`, then sideways to x = `end`. */
export const wireBack = (x: number, y: number, meeting: number, end: number, colour: string = wireColours.layers): string => {
  const side = Math.sign(end - x) * RETURN_CORNER;
  return drawWire(`M${x} ${y}V${meeting - RETURN_CORNER}Q${x} ${meeting} ${x + side} ${meeting}H${end}`, colour);
};

/** An arrowhead that points left, its tip at x, y. */
export const arrowheadLeft = (x: number, y: number, colour: string): string =>
  drawWire(`M${x + ARROW.length} ${y - ARROW.halfWidth}L${x} ${y}L${x + ARROW.length} ${y + ARROW.halfWidth}`, colour);

/** The cross that ends a wire which is not there, its middle at x, y. */
export const drawCross = (x: number, y: number): string => drawWire(`M${x - 11} ${y - 11}l22 22m0 -22l-22 22`, theme.warn);

/** Half the height of the sign at which branches meet. */
export const JOIN_RADIUS = 24;

/** How branches meet: their values are added, multiplied, or laid side by side under a word ("concatenate"). */
export type Join = "add" | "multiply" | { word: string };

const signs = { add: "M-10 0H10M0 -10V10", multiply: "M-8 -8L8 8M8 -8L-8 8" } as const;
const wordStyle = { size: 25, weight: 600, fill: theme.accent } as const;

/** Half the width of a join's sign in pixels. */
export const joinHalfWidth = (join: Join): number =>
  typeof join === "string" ? JOIN_RADIUS : textWidth(join.word, wordStyle) / 2 + JOIN_RADIUS;

/** The sign at which branches meet, its middle at x, y. */
export const drawJoin = (join: Join, x: number, y: number): string => {
  const half = joinHalfWidth(join);
  const pill = `<rect x="${x - half}" y="${y - JOIN_RADIUS}" width="${2 * half}" height="${2 * JOIN_RADIUS}" rx="${JOIN_RADIUS}" fill="${theme.paper}" stroke="${theme.accent}" stroke-width="${STROKE}"/>`;
  return typeof join === "string"
    ? `${pill}<g transform="translate(${x} ${y})">${drawWire(signs[join], theme.accent)}</g>`
    : pill + drawText(join.word, { x, y }, { ...wordStyle, anchor: "middle", centred: true });
};
