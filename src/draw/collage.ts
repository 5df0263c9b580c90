import { type Block, box, column } from "./blocks.ts";
import { drawText, truncate } from "./text.ts";
import { theme } from "./theme.ts";

/** A picture that fills its tile, as a data URI, and whose it is. */
export interface CollageTile {
  photo: { uri: string };
  caption: string;
}

const GAP = 14;
const RADIUS = 16;
/** A single picture is as wide as the card, and lower than it is wide. */
const SINGLE_HEIGHT = 560;
const captionStyle = { size: 27, weight: 600, fill: theme.paper } as const;
const BAR = 50;

const columnsFor = (count: number): number => (count === 1 ? 1 : count === 2 || count === 4 ? 2 : 3);

/** How large the tiles are when there are so many, in pixels: pictures are to be cut to this. */
export const collageTile = (count: number): { width: number; height: number } => {
  const columns = columnsFor(count);
  const width = Math.floor((column.width - (columns - 1) * GAP) / columns);
  return { width, height: count === 1 ? SINGLE_HEIGHT : width };
};

/** Pictures side by side, three to a row at most, each with a name on it. Undefined where there are none. */
export const collage = (tiles: readonly CollageTile[]): Block | undefined => {
  if (tiles.length === 0) return undefined;
  const { width, height } = collageTile(tiles.length);
  const columns = columnsFor(tiles.length);
  const rows = Math.ceil(tiles.length / columns);
  return box(rows * height + (rows - 1) * GAP, ({ x, y }) =>
    tiles
      .map(({ photo, caption }, i) => {
        const at = { x: x + (i % columns) * (width + GAP), y: y + Math.floor(i / columns) * (height + GAP) };
        const shape = `x="${at.x}" y="${at.y}" width="${width}" height="${height}"`;
        const bar = `<rect x="${at.x}" y="${at.y + height - BAR}" width="${width}" height="${BAR}" fill="#000000" fill-opacity="0.55"/>`;
        const name = truncate(caption, width - 2 * RADIUS, captionStyle);
        return (
          `<clipPath id="tile${i}"><rect ${shape} rx="${RADIUS}"/></clipPath><g clip-path="url(#tile${i})">` +
          `<image ${shape} href="${photo.uri}" preserveAspectRatio="xMidYMid slice"/>${caption ? bar : ""}</g>` +
          (caption ? drawText(name, { x: at.x + RADIUS, y: at.y + height - 16 }, captionStyle) : "")
        );
      })
      .join(""),
  );
};
