import type { PhotoPlace } from "../files.ts";
import { type Image, solidImage } from "../images/image.ts";
import { drawOver, paste, roundOff } from "./canvas.ts";
import type { Drawing } from "./drawing.ts";
import { drawText, textWidth, wrapText } from "./text.ts";
import { page, theme } from "./theme.ts";

const WIDTH = page.width;
/** So that six pictures fill the width exactly. */
const MARGIN = 42;
const COLUMNS = 6;
const GAP = 12;
const RADIUS = 10;
const PAPER = [255, 255, 255] as const;
/** Where a class has fewer pictures than there is room for. */
const PALE = [240, 242, 246] as const;

const titleStyle = { size: 46, weight: 600 } as const;
const subtitleStyle = { size: 29, weight: 400, fill: theme.faint } as const;
const labelStyle = { size: 34, weight: 600 } as const;
const countStyle = { size: 29, weight: 400, fill: theme.faint } as const;
const TITLE_LINE = 56;
const SUBTITLE_LINE = 40;
const LABEL_LINE = 46;

/** The side of each picture in pixels. Open them as squares of this size. */
export const THUMBNAIL = Math.floor((WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS);

/** A class with some of its pictures, at most six. */
export interface ClassRow {
  label: string;
  /** How many pictures it has, in words. */
  count: string;
  pictures: readonly Image[];
}

/** The classes of a data set below each other: name and count, and below them a row of pictures. 1080 pixels wide. */
export const classRows = (heading: { title: string; subtitle: string }, classes: readonly ClassRow[]): Drawing => {
  const room = WIDTH - 2 * MARGIN;
  const bands: { top: number; bottom: number; elements: string }[] = [];
  const titles = wrapText(heading.title, room, titleStyle);
  const subtitles = wrapText(heading.subtitle, room, subtitleStyle);
  const below = MARGIN + titles.length * TITLE_LINE;
  let top = below + subtitles.length * SUBTITLE_LINE + GAP;
  bands.push({
    top: 0,
    bottom: top,
    elements: [
      ...titles.map((line, i) => drawText(line, { x: MARGIN, y: MARGIN + (i + 1) * TITLE_LINE - 14 }, titleStyle)),
      ...subtitles.map((line, i) => drawText(line, { x: MARGIN, y: below + (i + 1) * SUBTITLE_LINE - 8 }, subtitleStyle)),
    ].join(""),
  });

  const rows = classes.map(({ label, count, pictures }) => {
    const lines = wrapText(label, room - textWidth(count, countStyle) - 2 * GAP, labelStyle);
    const baseline = (line: number) => top + GAP + (line + 1) * LABEL_LINE - 10;
    const bottom = top + GAP + lines.length * LABEL_LINE;
    const elements = [
      ...lines.map((line, i) => drawText(line, { x: MARGIN, y: baseline(i) }, labelStyle)),
      drawText(count, { x: WIDTH - MARGIN, y: baseline(0) }, { ...countStyle, anchor: "end" }),
    ];
    bands.push({ top, bottom, elements: elements.join("") });
    top = bottom + 4 + THUMBNAIL + GAP;
    return { top: bottom + 4, pictures };
  });

  const canvas = solidImage(WIDTH, top + MARGIN - GAP, PAPER);
  const pale = solidImage(THUMBNAIL, THUMBNAIL, PALE);
  const photos: PhotoPlace[] = [];
  for (const row of rows) {
    for (let column = 0; column < COLUMNS; column++) {
      const place = { left: MARGIN + column * (THUMBNAIL + GAP), top: row.top };
      paste(canvas, row.pictures[column] ?? pale, place.left, place.top);
      const whole = { ...place, width: THUMBNAIL, height: THUMBNAIL };
      roundOff(canvas, whole, RADIUS, PAPER);
      if (row.pictures[column]) photos.push({ ...whole, radius: RADIUS });
    }
  }
  for (const it of bands) drawOver(canvas, it.elements, it.top, it.bottom);
  return { ...canvas, photos };
};
