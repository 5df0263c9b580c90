import type { Image } from "../images/image.ts";
import { normalise } from "../images/normalise.ts";
import { resize } from "../images/resize.ts";
import type { Preprocessing } from "../models/card.ts";

/** A rectangle as fractions of a picture's width and height. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A 10000 x 3 strip would become a resized picture of 600 MB, all but its middle thrown away: so the middle is cut out first. */
const LONGEST_ASPECT = 8;

const middleOf = ({ width, height }: Image) => {
  const size = { width: Math.min(width, height * LONGEST_ASPECT), height: Math.min(height, width * LONGEST_ASPECT) };
  return { left: Math.floor((width - size.width) / 2), top: Math.floor((height - size.height) / 2), ...size };
};

/**
 * Makes a picture into a model's input: resize, centre crop, channel order, scale, mean and std, as its card says. Sizes round as
 * torchvision's do. `seen` is the part of the picture that the model gets to see.
 */
export const preprocess = async (
  image: Image,
  how: Preprocessing,
  layout: "NCHW" | "NHWC",
): Promise<{ input: Float32Array; seen: Area }> => {
  const middle = middleOf(image);
  const grow = how.resize / Math.min(middle.width, middle.height);
  const width = how.squash || middle.width <= middle.height ? how.resize : Math.trunc(middle.width * grow);
  const height = how.squash || middle.height <= middle.width ? how.resize : Math.trunc(middle.height * grow);
  const left = Math.round((width - how.crop) / 2);
  const top = Math.round((height - how.crop) / 2);
  const crop = { left, top, width: how.crop, height: how.crop };
  const { data: pixels } = await resize(image, { from: middle, width, height, interpolation: how.interpolation, crop });
  const seen = {
    left: (middle.left + (left / width) * middle.width) / image.width,
    top: (middle.top + (top / height) * middle.height) / image.height,
    width: ((how.crop / width) * middle.width) / image.width,
    height: ((how.crop / height) * middle.height) / image.height,
  };
  return { input: normalise(pixels, how, layout), seen };
};
