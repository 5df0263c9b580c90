import { type Image, solidImage } from "../images/image.ts";
import { drawOver, enlarge, paste, roundOff } from "./canvas.ts";
import { escapeXml } from "./svg.ts";
import { theme } from "./theme.ts";
import { wrap } from "./wrap.ts";

const WIDTH = 1080;
const MARGIN = 32;
const GAP = 20;
const COLUMNS = 3;
const CAPTION = 27;
const LINE = 34;
const TITLE = 42;
const RADIUS = 12;
const PAPER = [255, 255, 255] as const;
/** What a picture that does not fill its cell stands on. */
const PALE = [240, 242, 246] as const;

/** Room for one tile's picture. Open pictures to fit into this: more pixels would not be seen on a phone.
 * A phone's own 9:16 fills it. */
export const tileSize = { width: Math.floor((WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS), height: 578 };

/** A picture and what stands below it; a line break in the caption starts a new line. */
export interface Tile {
  image: Image;
  caption: string;
  /** Not a variant but what the others are compared with: its caption is grey. */
  isReference?: true;
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
  `<text x="${x}" y="${y}" font-family="${theme.font}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escapeXml(words)}</text>`;

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
  /** Words stand above, between and below the pictures; only those rows are rasterised. */
  const bands: { top: number; bottom: number; elements: string }[] = [];
  const write = (top: number, bottom: number, elements: readonly string[]) =>
    bands.push({ top, bottom, elements: elements.join("") });

  let top = MARGIN + titles.length * (TITLE + 8);
  const title = titles.map((line, i) => text(MARGIN, MARGIN + (i + 1) * (TITLE + 8) - 14, TITLE, theme.ink, 600, line));
  const subtitle = subtitles.map((line, i) => text(MARGIN, top + (i + 1) * LINE - 4, CAPTION, theme.faint, 400, line));
  top += subtitles.length * LINE + GAP;
  write(0, top, [...title, ...subtitle]);

  const places: { left: number; top: number }[] = [];
  for (let first = 0; first < tiles.length; first += COLUMNS) {
    const row = tiles.slice(first, first + COLUMNS);
    const leftOf = (column: number) => MARGIN + column * (cell.width + GAP);
    places.push(...row.map((_, column) => ({ left: leftOf(column), top })));
    const room = COLUMNS - row.length;
    if (heading.hint && room > 0) {
      const lines = wrap(heading.hint, (room * (cell.width + GAP) - GAP) / CAPTION);
      const at = (line: number) => top + CAPTION + line * (LINE + 6);
      const hint = lines.map((it, line) => text(leftOf(row.length), at(line), CAPTION, theme.faint, 400, it));
      write(top, at(lines.length), hint);
    }
    const below = top + cell.height;
    const words = row.flatMap(({ isReference: faint }, column) =>
      (captions[first + column] ?? []).map((it, line) =>
        text(leftOf(column), below + LINE * (line + 1), CAPTION, faint ? theme.faint : theme.ink, faint ? 400 : 600, it),
      ),
    );
    top = below + LINE * Math.max(...row.map((_, column) => captions[first + column]?.length ?? 0)) + 12 + GAP;
    write(below, top, words);
  }
  if (footer) {
    write(top, top + footer.height, [footer.draw({ left: MARGIN, top, width: WIDTH - 2 * MARGIN })]);
    top += footer.height;
  }

  const page = solidImage(WIDTH, top + MARGIN - GAP, PAPER);
  const pale = solidImage(cell.width, cell.height, PALE);
  for (const [i, { left, top }] of places.entries()) {
    const picture = pictures[i] as Image;
    paste(page, pale, left, top);
    paste(
      page,
      picture,
      left + Math.floor((cell.width - picture.width) / 2),
      top + Math.floor((cell.height - picture.height) / 2),
    );
    roundOff(page, { left, top, ...cell }, RADIUS, PAPER);
  }
  for (const it of bands) drawOver(page, it.elements, it.top, it.bottom);
  return page;
};
