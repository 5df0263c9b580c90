import { series, theme } from "./theme.ts";

/** What an arm is in its comparison. */
export type Role = "main" | "control" | "other";

/** How a line and its entry in a legend look: a colour, a marker of its own shape, and dashes for a control. */
export interface LineLook {
  colour: string;
  /** Path of the marker within (-1, -1) and (1, 1). */
  marker: string;
  isDashed: boolean;
}

/** A shape for each colour, so that no line is known by its colour alone. */
const markers = [
  "M-1 0A1 1 0 1 0 1 0A1 1 0 1 0 -1 0Z", // disc
  "M0 -1L1 0.85L-1 0.85Z", // triangle
  "M-0.85 -0.85H0.85V0.85H-0.85Z", // square
  "M0 -1.15L1.15 0L0 1.15L-1.15 0Z", // diamond
  "M0 1L1 -0.85L-1 -0.85Z", // triangle on its tip
  "M-0.35 -1H0.35V-0.35H1V0.35H0.35V1H-0.35V0.35H-1V-0.35H-0.35Z", // plus
  "M0 -1L0.95 -0.31L0.59 0.81L-0.59 0.81L-0.95 -0.31Z", // pentagon
  "M-0.85 -0.85H0.85V0.85H-0.85Z", // square: the control's, and dashed
] as const;

const CONTROL = series.length - 1;

/** How many lines can be told apart. */
export const MOST_LOOKS = series.length;

/** A look for each line, in their order: the first main line is blue, the first control black and dashed. */
export const looksOf = (roles: readonly Role[]): LineLook[] => {
  const main = roles.indexOf("main");
  const control = roles.indexOf("control");
  // Blue and black are kept for main and control as long as possible: a line keeps its look when a run's next arms begin.
  const free = [...Array(series.length - 2).keys()].map((i) => i + 1);
  free.push(...(main < 0 ? [0] : []), ...(control < 0 ? [CONTROL] : []));
  return roles.map((role, i) => {
    const at = i === main ? 0 : i === control ? CONTROL : (free.shift() ?? 0);
    return { colour: series[at] as string, marker: markers[at] as string, isDashed: role === "control" };
  });
};

/** A look's marker in the middle of (x, y), `radius` pixels from its middle to its edge. */
export const drawMarker = ({ colour, marker }: LineLook, { x, y }: { x: number; y: number }, radius: number): string =>
  `<path transform="translate(${x} ${y}) scale(${radius})" d="${marker}" fill="${colour}" stroke="${theme.paper}" stroke-width="${3 / radius}"/>`;

/** The width of a swatch in a legend, in pixels. */
export const SWATCH = 76;

/** A piece of a line with its marker, its left end at x and its middle at y. */
export const drawSwatch = (look: LineLook, { x, y }: { x: number; y: number }): string =>
  `<path d="M${x + 3} ${y}H${x + SWATCH - 3}" stroke="${look.colour}" stroke-width="6" ${look.isDashed ? 'stroke-dasharray="14 14"' : 'stroke-linecap="round"'}/>` +
  drawMarker(look, { x: x + SWATCH / 2, y }, 11);
