import sharp, { type Metadata } from "sharp";
import { UserError } from "../errors.ts";
import type { Image } from "./image.ts";
import { pictureTypes, sniff } from "./sniff.ts";

// Jobs run side by side in processes of their own; threads inside one would only get in each other's way.
sharp.concurrency(1);
sharp.cache(false);

/** Largest picture that is opened, in millions of pixels: any phone's photo, no bomb. */
export const MAX_MEGAPIXELS = 50;

/** An opened upload. */
export interface Decoded {
  /** Upright sRGB on white, whatever the file was. */
  image: Image;
  /** It moves (GIF, WebP, AVIF), and this is its first frame. */
  firstFrame: boolean;
  /** Its full size in pixels, upright. */
  original: { width: number; height: number };
}

/** The room that a picture is opened for, in pixels. */
export interface Room {
  width: number;
  height: number;
  /** How many times a smaller picture may grow to fill it; once unless stated. */
  enlarge?: number;
  /** Whether the picture fills it, what hangs over being cut off evenly. */
  cover?: true;
}

/** Looks into the header, and refuses what is not a photo or too large before any pixel is read. */
const inspect = async (bytes: Uint8Array): Promise<Metadata> => {
  if (bytes.length === 0) throw new UserError("empty_file", {});
  const type = sniff(bytes);
  if (!type || !pictureTypes.includes(type)) throw new UserError("not_a_photo", { got: nameOf(type) });
  const about = await sharp(bytes, { limitInputPixels: false }).metadata().catch(refuse);
  const megapixels = (about.width * about.height) / 1e6;
  if (megapixels > MAX_MEGAPIXELS)
    throw new UserError("too_many_pixels", { gotMp: Math.round(megapixels), maxMp: MAX_MEGAPIXELS });
  return about;
};

/** "image/svg+xml" as people call it: "SVG". */
const nameOf = (type = ""): string => /[a-z0-9]+(?=\+|$)/.exec(type.split("/")[1] ?? "")?.[0].toUpperCase() ?? "";

const refuse = (cause: unknown): never => {
  throw new UserError("unreadable_image", {}, { cause });
};

/**
 * Opens any upload as raw pixels. They fit into `room`, never distorted; smaller pictures keep their size unless they fill it after
 * growing at most `enlarge` times. With `cover` they fill it instead. What the room is may follow from the whole picture's size, upright.
 * Large JPEGs are read at a fraction of their size at once, so a 12-megapixel photo takes some 50 ms. Throws a UserError for anything but
 * a readable photo.
 */
export const decode = async (bytes: Uint8Array, room: Room | ((original: Decoded["original"]) => Room)): Promise<Decoded> => {
  const about = await inspect(bytes);
  const original = about.autoOrient;
  const within = typeof room === "function" ? room(original) : room;
  const filling = Math.min(within.width / original.width, within.height / original.height);
  const fit = filling <= (within.enlarge ?? 1) ? filling : 1;
  // By hand, because a strip of 10000 x 3 must not end up with a height of zero.
  const inside = { width: Math.max(1, Math.round(original.width * fit)), height: Math.max(1, Math.round(original.height * fit)) };
  const { width, height } = within.cover ? within : inside;
  const { data, info } = await sharp(bytes, { limitInputPixels: MAX_MEGAPIXELS * 1e6, failOn: "truncated" })
    .autoOrient()
    .resize(width, height, { fit: within.cover ? "cover" : "fill" })
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true })
    .catch(refuse);
  const moves = (about.pages ?? 1) > 1 && about.format !== "tiff";
  return { image: { width, height, data: threeChannels(data, info.channels) }, firstFrame: moves, original };
};

const threeChannels = (data: Uint8Array, channels: number): Uint8Array => {
  if (channels === 3) return data;
  const out = new Uint8Array((data.length / channels) * 3);
  for (let i = 0, j = 0; j < out.length; i += channels, j += 3) out.fill(data[i] as number, j, j + 3);
  return out;
};
