import type { PhotoPlace, Region } from "../files.ts";
import { type Image, solidImage } from "../images/image.ts";
import { drawOver, enlarge, paste, roundOff } from "./canvas.ts";
import type { Drawing } from "./drawing.ts";
import { drawText, wrapList, wrapText } from "./text.ts";
import { page, theme } from "./theme.ts";

const WIDTH = page.width;
/** Narrower than on other pictures: three tiles have to be as large as they can. */
const MARGIN = 32;
const GAP = 20;
const COLUMNS = 3;
const titleStyle = { size: 42, weight: 600 } as const;
const captionStyle = { size: 27, weight: 600 } as const;
const noteStyle = { size: 27, weight: 400, fill: theme.good } as const;
const changedStyle = { ...noteStyle, fill: theme.warn } as const;
const faintStyle = { size: 27, weight: 400, fill: theme.faint } as const;
/** Distance between lines: of captions, of the title, and of the hint, which is read as a paragraph. */
const CAPTION_LINE = 34;
const TITLE_LINE = 50;
const HINT_LINE = 40;
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
  /** What a model says of it; another thing than of the reference stands out. */
  note?: Region["note"];
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

/** A drawn sheet, and where each tile's picture lies on it; a footer is the last region. */
export type Sheet = Drawing & { regions: readonly Region[] };

/** Pixels of a picture on the sheet: thumbnails grow by a whole number of times. */
const enlargeToTile = (image: Image): Image =>
  enlarge(image, Math.max(1, Math.floor(Math.min(tileSize.width / image.width, tileSize.height / image.height))));

/**
 * A grid of captioned tiles under a title, three to a row and 1080 pixels wide, so that captions can be read on a phone.
 * Pictures are never distorted: what does not fill its cell stands in the middle of a pale one. `footer` draws below the grid.
 */
export const sheet = (
  heading: Heading,
  tiles: readonly Tile[],
  footer?: { height: number; draw(place: { left: number; top: number; width: number }): string },
): Sheet => {
  const pictures = tiles.map((it) => enlargeToTile(it.image));
  const cell = { width: tileSize.width, height: Math.min(tileSize.height, Math.max(120, ...pictures.map((it) => it.height))) };
  const styleOf = ({ isReference }: Tile) => (isReference ? faintStyle : captionStyle);
  const noteStyleOf = ({ note, isReference }: Tile) => (isReference ? faintStyle : note?.isChanged ? changedStyle : noteStyle);
  const captions = tiles.map((it) => [
    ...wrapList(it.caption, cell.width, styleOf(it)).map((text) => ({ text, style: styleOf(it) })),
    ...(it.note ? wrapText(it.note.text, cell.width, noteStyleOf(it)) : []).map((text) => ({ text, style: noteStyleOf(it) })),
  ]);
  const titles = wrapText(heading.title, WIDTH - 2 * MARGIN, titleStyle);
  const subtitles = wrapText(heading.subtitle, WIDTH - 2 * MARGIN, faintStyle);
  /** Words stand above, between and below the pictures; only those rows are rasterised. */
  const bands: { top: number; bottom: number; elements: string }[] = [];
  const write = (top: number, bottom: number, elements: readonly string[]) =>
    bands.push({ top, bottom, elements: elements.join("") });

  let top = MARGIN + titles.length * TITLE_LINE;
  const title = titles.map((line, i) => drawText(line, { x: MARGIN, y: MARGIN + (i + 1) * TITLE_LINE - 14 }, titleStyle));
  const subtitle = subtitles.map((line, i) => drawText(line, { x: MARGIN, y: top + (i + 1) * CAPTION_LINE - 4 }, faintStyle));
  top += subtitles.length * CAPTION_LINE + GAP;
  write(0, top, [...title, ...subtitle]);

  const places: { left: number; top: number }[] = [];
  for (let first = 0; first < tiles.length; first += COLUMNS) {
    const row = tiles.slice(first, first + COLUMNS);
    const leftOf = (column: number) => MARGIN + column * (cell.width + GAP);
    places.push(...row.map((_, column) => ({ left: leftOf(column), top })));
    const room = COLUMNS - row.length;
    if (heading.hint && room > 0) {
      const lines = wrapText(heading.hint, room * (cell.width + GAP) - GAP, faintStyle);
      const baselineOf = (line: number) => top + faintStyle.size + line * HINT_LINE;
      const hint = lines.map((text, line) => drawText(text, { x: leftOf(row.length), y: baselineOf(line) }, faintStyle));
      write(top, baselineOf(lines.length), hint);
    }
    const below = top + cell.height;
    const words = row.flatMap((_, column) =>
      (captions[first + column] ?? []).map(({ text, style }, line) =>
        drawText(text, { x: leftOf(column), y: below + CAPTION_LINE * (line + 1) }, style),
      ),
    );
    top = below + CAPTION_LINE * Math.max(...row.map((_, column) => captions[first + column]?.length ?? 0)) + 12 + GAP;
    write(below, top, words);
  }
  const regions: Region[] = [];
  if (footer) {
    const place = { left: MARGIN, top, width: WIDTH - 2 * MARGIN };
    write(top, top + footer.height, [footer.draw(place)]);
    regions.push({ ...place, height: footer.height, caption: "", isWide: true });
    top += footer.height;
  }

  const canvas = solidImage(WIDTH, top + MARGIN - GAP, PAPER);
  const pale = solidImage(cell.width, cell.height, PALE);
  const shown = places.map(({ left, top }, i): Region => {
    const { width, height } = pictures[i] as Image;
    const { caption, note, isReference } = tiles[i] as Tile;
    const [besides, above] = [cell.width - width, cell.height - height].map((room) => Math.floor(room / 2)) as [number, number];
    return {
      left: left + besides,
      top: top + above,
      width,
      height,
      caption,
      ...(note && { note }),
      ...(isReference && { isReference }),
    };
  });
  for (const [i, { left, top }] of places.entries()) {
    const at = shown[i] as Region;
    paste(canvas, pale, left, top);
    paste(canvas, pictures[i] as Image, at.left, at.top);
    roundOff(canvas, { left, top, ...cell }, RADIUS, PAPER);
  }
  for (const it of bands) drawOver(canvas, it.elements, it.top, it.bottom);
  const photos = shown.map(({ left, top, width, height }): PhotoPlace => {
    const isWhole = width === cell.width && height === cell.height;
    return { left, top, width, height, ...(isWhole && { radius: RADIUS }) };
  });
  return { ...canvas, regions: [...shown, ...regions], photos };
};
