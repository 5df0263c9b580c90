import { safe } from "../draw/svg.ts";
import { theme } from "../draw/theme.ts";
import { drawOver, enlarge, paste } from "./canvas.ts";
import { type Image, plain } from "./image.ts";
import { wrap } from "./wrap.ts";

const WIDTH = 1080;
const MARGIN = 32;
const GAP = 20;
const COLUMNS = 3;
const CAPTION = 27;
const LINE = 34;
const TITLE = 42;

/** Room for one tile's picture. Open pictures to fit into this: more pixels would not be seen on a phone.
 * A phone's own 9:16 fills it. */
export const tileSize = { width: Math.floor((WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS), height: 578 };

/** A picture and what stands below it; a line break in the caption starts a new line. */
export interface Tile {
  image: Image;
  caption: string;
  /** Not a variant but what the others are compared with: its caption is grey. */
  plain?: true;
}

/** What stands on a sheet besides its tiles. */
export interface Heading {
  title: string;
  /** The second line, in grey: strength, seed, scale. */
  subtitle: string;
  /** A hint for the room that the last row leaves. */
  hint?: string;
}

const text = (x: number, y: number, size: number, fill: string, weight: 400 | 600, words: string) =>
  `<text x="${x}" y="${y}" font-family="${theme.font}" font-size="${size}" font-weight="${weight}" fill="${fill}">${safe(words)}</text>`;

/** Paper-coloured corners over a tile, which round it off. */
const corners = (x: number, y: number, width: number, height: number, r = 12) => {
  const [right, bottom] = [x + width, y + height];
  return `<path fill="${theme.paper}" d="M${x} ${y}h${r}a${r} ${r} 0 0 0 ${-r} ${r}zM${right} ${y}v${r}a${r} ${r} 0 0 0 ${-r} ${-r}zM${right} ${bottom}h${-r}a${r} ${r} 0 0 0 ${r} ${-r}zM${x} ${bottom}v${-r}a${r} ${r} 0 0 0 ${r} ${r}z"/>`;
};

/** Pixels of a picture on the sheet: thumbnails grow by a whole number of times. */
const shown = (image: Image): Image =>
  enlarge(image, Math.max(1, Math.floor(Math.min(tileSize.width / image.width, tileSize.height / image.height))));

/**
 * A grid of captioned tiles under a title, three to a row and 1080 pixels wide, so that captions can be read on a phone.
 * Pictures are never distorted: what does not fill its cell stands in the middle of a pale one. `footer` draws below the grid.
 */
export const sheet = (
  heading: Heading,
  tiles: readonly Tile[],
  footer?: { height: number; draw(place: { left: number; top: number; width: number }): string },
): Image => {
  const pictures = tiles.map((it) => shown(it.image));
  const cell = { width: tileSize.width, height: Math.min(tileSize.height, Math.max(120, ...pictures.map((it) => it.height))) };
  const captions = tiles.map((it) => wrap(it.caption, cell.width / CAPTION));
  const titles = wrap(heading.title, (WIDTH - 2 * MARGIN) / TITLE);
  const subtitles = wrap(heading.subtitle, (WIDTH - 2 * MARGIN) / CAPTION);
  const svg: string[] = [];
  let top = MARGIN;
  for (const line of titles) {
    top += TITLE + 8;
    svg.push(text(MARGIN, top - 14, TITLE, theme.ink, 600, line));
  }
  for (const line of subtitles) {
    top += LINE;
    svg.push(text(MARGIN, top - 4, CAPTION, theme.faint, 400, line));
  }
  top += GAP;
  const places: { left: number; top: number }[] = [];
  for (let first = 0; first < tiles.length; first += COLUMNS) {
    const row = tiles.slice(first, first + COLUMNS);
    for (const [column, tile] of row.entries()) {
      const left = MARGIN + column * (cell.width + GAP);
      places.push({ left, top });
      svg.push(corners(left, top, cell.width, cell.height));
      for (const [line, words] of (captions[first + column] ?? []).entries())
        svg.push(
          text(
            left,
            top + cell.height + LINE * (line + 1),
            CAPTION,
            tile.plain ? theme.faint : theme.ink,
            tile.plain ? 400 : 600,
            words,
          ),
        );
    }
    const room = COLUMNS - row.length;
    if (heading.hint && room > 0) {
      const left = MARGIN + row.length * (cell.width + GAP);
      const lines = wrap(heading.hint, (room * (cell.width + GAP) - GAP) / CAPTION);
      for (const [line, words] of lines.entries())
        svg.push(text(left, top + CAPTION + line * (LINE + 6), CAPTION, theme.faint, 400, words));
    }
    top += cell.height + LINE * Math.max(...captions.slice(first, first + COLUMNS).map((it) => it.length)) + 12 + GAP;
  }
  if (footer) {
    svg.push(footer.draw({ left: MARGIN, top, width: WIDTH - 2 * MARGIN }));
    top += footer.height;
  }
  const page = plain(WIDTH, top + MARGIN - GAP, [255, 255, 255]);
  const pale = plain(cell.width, cell.height, [240, 242, 246]);
  for (const [i, { left, top }] of places.entries()) {
    const picture = pictures[i] as Image;
    paste(page, pale, left, top);
    paste(
      page,
      picture,
      left + Math.floor((cell.width - picture.width) / 2),
      top + Math.floor((cell.height - picture.height) / 2),
    );
  }
  drawOver(page, `<svg xmlns="http://www.w3.org/2000/svg" width="${page.width}" height="${page.height}">${svg.join("")}</svg>`);
  return page;
};
