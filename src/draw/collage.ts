import type { PhotoPlace } from "../files.ts";
import type { Image } from "../images/image.ts";
import { type Block, box, column } from "./blocks.ts";
import { drawOver, paste, roundOff } from "./canvas.ts";
import { drawText, truncate } from "./text.ts";
import { theme } from "./theme.ts";

/** A picture of its tile's size, and whose it is. */
export interface CollageTile {
  image: Image;
  caption: string;
}

const GAP = 14;
const RADIUS = 16;
/** A single picture is as wide as the card, and lower than it is wide. */
const SINGLE_HEIGHT = 560;
const captionStyle = { size: 27, weight: 600, fill: theme.paper } as const;
const BAR = 50;
const PAPER = [255, 255, 255] as const;

const columnsFor = (count: number): number => (count === 1 ? 1 : count === 2 || count === 4 ? 2 : 3);

/** How large the tiles are when there are so many, in pixels: pictures are to be cut to this. */
export const collageTile = (count: number): { width: number; height: number } => {
  const columns = columnsFor(count);
  const width = Math.floor((column.width - (columns - 1) * GAP) / columns);
  return { width, height: count === 1 ? SINGLE_HEIGHT : width };
};

/** Where the tiles stand when the first begins at `y`. */
const placesOf = (count: number, y: number) => {
  const { width, height } = collageTile(count);
  const columns = columnsFor(count);
  return Array.from({ length: count }, (_, i) => ({
    ...{ width, height, left: column.x + (i % columns) * (width + GAP) },
    top: Math.round(y) + Math.floor(i / columns) * (height + GAP),
  }));
};

/** Room for pictures side by side, three to a row at most. Undefined where there are none. */
export const collageRoom = (count: number): Block | undefined => {
  if (count === 0) return undefined;
  const rows = Math.ceil(count / columnsFor(count));
  const { height } = collageTile(count);
  return box(rows * height + (rows - 1) * GAP, () => "");
};

/**
 * Lays the pictures into their room, whose top is at `y`, each with a name on it, and says where they lie. As pixels: see `PhotoCard`.
 * Writes into `onto`.
 */
export const layCollage = (onto: Image, tiles: readonly CollageTile[], y: number): PhotoPlace[] => {
  const places = placesOf(tiles.length, y);
  for (const [i, { left, top, width, height }] of places.entries()) {
    const { image, caption } = tiles[i] as CollageTile;
    paste(onto, image, left, top);
    if (caption) {
      const bar = { x: left, y: top + height - BAR, width, height: BAR };
      const shape = `x="${bar.x}" y="${bar.y}" width="${bar.width}" height="${bar.height}"`;
      const name = truncate(caption, width - 2 * RADIUS, captionStyle);
      const words = drawText(name, { x: left + RADIUS, y: top + height - 16 }, captionStyle);
      drawOver(onto, `<rect ${shape} fill="#000000" fill-opacity="0.55"/>${words}`, bar.y, bar.y + bar.height);
    }
    roundOff(onto, { left, top, width, height }, RADIUS, PAPER);
  }
  return places.map((it) => ({ ...it, radius: RADIUS }));
};
