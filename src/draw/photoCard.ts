import type { PhotoPlace } from "../files.ts";
import { type Image, solidImage } from "../images/image.ts";
import { resize } from "../images/resize.ts";
import { drawOver, fillRectangle, paste, roundOff } from "./canvas.ts";
import type { Drawing } from "./drawing.ts";

/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The largest size within a box that keeps the picture's shape, in whole pixels. */
export const fitWithin = ({ width, height }: Size, box: Size): Size => {
  const scale = Math.min(box.width / width, box.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
};

interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * A picture of photos and words. Photos are laid in as pixels and only the rows with words are drawn by the SVG renderer, which takes
 * ten times as long over a photo in it (docs/LOG.md).
 */
export interface PhotoCard {
  width: number;
  height: number;
  /** Each stands in the middle of its frame, whole, with rounded corners. */
  photos: readonly { photo: Image; frame: Frame }[];
  /** SVG elements, placed as on the whole card, and the rows within which they all lie. */
  words: readonly { top: number; bottom: number; elements: string }[];
  /** What keeps its colours in the dark besides the photos, such as the scale of a heat map's. */
  kept?: readonly PhotoPlace[];
}

const PAPER = [255, 255, 255] as const;
/** `theme.line`, as bytes. */
const LINE = [228, 231, 238] as const;
const BORDER = 2;
const MOST_ROUND = 20;

/** Lays a photo into its frame, within a thin border, and says where it lies. Writes into `onto`. */
const lay = async (onto: Image, photo: Image, frame: Frame): Promise<PhotoPlace> => {
  const { width, height } = fitWithin(photo, frame);
  const left = Math.round(frame.x + (frame.width - width) / 2);
  const top = Math.round(frame.y + (frame.height - height) / 2);
  const whole = { left: 0, top: 0 };
  const how = { from: { ...whole, width: photo.width, height: photo.height }, width, height, crop: { ...whole, width, height } };
  const radius = Math.floor(Math.min(MOST_ROUND, width / 8, height / 8));
  const isBordered = radius > BORDER;
  const border = { left: left - BORDER, top: top - BORDER, width: width + 2 * BORDER, height: height + 2 * BORDER };
  if (isBordered) fillRectangle(onto, border, LINE);
  const isAsLarge = photo.width === width && photo.height === height;
  paste(onto, isAsLarge ? photo : await resize(photo, { ...how, interpolation: "bicubic" }), left, top);
  roundOff(onto, { left, top, width, height }, radius, isBordered ? LINE : PAPER);
  // Last, since the photo's own corners reach beyond the border's.
  if (isBordered) roundOff(onto, border, radius + BORDER, PAPER);
  return { left, top, width, height, ...(radius > 0 && { radius }) };
};

/** Draws a card, as pixels for an encoder. */
export const renderPhotoCard = async ({ width, height, photos, words, kept = [] }: PhotoCard): Promise<Drawing> => {
  const canvas = solidImage(width, Math.round(height), PAPER);
  const laid: PhotoPlace[] = [];
  for (const { photo, frame } of photos) laid.push(await lay(canvas, photo, frame));
  for (const { top, bottom, elements } of words)
    drawOver(canvas, elements, Math.floor(top), Math.min(canvas.height, Math.ceil(bottom)));
  return { ...canvas, photos: [...laid, ...kept] };
};
