import { affine, affineParams } from "../augment/affine.ts";
import type { Augmentation, Params } from "../augment/augmentation.ts";
import { autocontrast } from "../augment/autocontrast.ts";
import { brightness } from "../augment/brightness.ts";
import { color } from "../augment/color.ts";
import { contrast } from "../augment/contrast.ts";
import { equalize } from "../augment/equalize.ts";
import { invert } from "../augment/invert.ts";
import { posterize } from "../augment/posterize.ts";
import { rotate } from "../augment/rotate.ts";
import { sharpness } from "../augment/sharpness.ts";
import { solarize } from "../augment/solarize.ts";
import type { Image } from "../image.ts";
import { solarizeAdd } from "./solarizeAdd.ts";

/** An augmentation of which a policy turns one knob. */
interface Operation {
  augmentation: Augmentation;
  params(value: number): Params;
}

/** The operations that policies speak of, under their names in the papers. Shifts are fractions of width and height. */
const operations = {
  Identity: { augmentation: affine, params: () => affineParams({}) },
  ShearX: { augmentation: affine, params: (shearX) => affineParams({ shearX }) },
  ShearY: { augmentation: affine, params: (shearY) => affineParams({ shearY }) },
  TranslateX: { augmentation: affine, params: (right) => affineParams({ right }) },
  TranslateY: { augmentation: affine, params: (down) => affineParams({ down }) },
  Rotate: { augmentation: rotate, params: (degrees) => ({ degrees }) },
  Brightness: { augmentation: brightness, params: (factor) => ({ factor }) },
  Color: { augmentation: color, params: (factor) => ({ factor }) },
  Contrast: { augmentation: contrast, params: (factor) => ({ factor }) },
  Sharpness: { augmentation: sharpness, params: (factor) => ({ factor }) },
  Posterize: { augmentation: posterize, params: (bits) => ({ bits }) },
  Solarize: { augmentation: solarize, params: (threshold) => ({ threshold }) },
  SolarizeAdd: { augmentation: solarizeAdd, params: (add) => ({ add }) },
  AutoContrast: { augmentation: autocontrast, params: (share) => ({ share }) },
  Equalize: { augmentation: equalize, params: (share) => ({ share }) },
  Invert: { augmentation: invert, params: (done) => ({ done }) },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;

/** One operation of a drawn policy, with its resolved parameters. */
export interface Step {
  op: OperationName;
  params: Params;
}

/** A step from an operation's one value: degrees, a factor, bits, a threshold, a fraction. */
export const step = (op: OperationName, value: number): Step => ({ op, params: operations[op].params(value) });

/** The picture after all steps, in their order. */
export const applySteps = (image: Image, steps: readonly Step[]): Image =>
  steps.reduce((it, { op, params }) => operations[op].augmentation.apply(it, params), image);

/** How a step is written under a tile. */
export const captionOf = ({ op, params }: Step) => operations[op].augmentation.caption(params);

/** How far a step is from doing nothing; comparable among steps of the same operation. */
export const effectOf = ({ op, params }: Step): number => operations[op].augmentation.effect(params);
