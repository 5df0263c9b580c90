import { affine } from "./affine.ts";
import type { Augmentation } from "./augmentation.ts";
import { autocontrast } from "./autocontrast.ts";
import { blur } from "./blur.ts";
import { brightness } from "./brightness.ts";
import { color } from "./color.ts";
import { contrast } from "./contrast.ts";
import { crop } from "./crop.ts";
import { cutout } from "./cutout.ts";
import { equalize } from "./equalize.ts";
import { flip } from "./flip.ts";
import { grayscale } from "./grayscale.ts";
import { invert } from "./invert.ts";
import type { AugmentationName } from "./names.ts";
import { noise } from "./noise.ts";
import { perspective } from "./perspective.ts";
import { posterize } from "./posterize.ts";
import { rotate } from "./rotate.ts";
import { sharpness } from "./sharpness.ts";
import { solarize } from "./solarize.ts";

/** Every augmentation. Adding one: its file, its line here, its label in `names.ts`. */
export const augmentations: Readonly<Record<AugmentationName, Augmentation>> = {
  brightness,
  contrast,
  color,
  sharpness,
  rotate,
  flip,
  crop,
  affine,
  perspective,
  posterize,
  solarize,
  equalize,
  autocontrast,
  invert,
  blur,
  noise,
  cutout,
  grayscale,
};
