import { pick, type Rng, sign } from "../../random.ts";
import { type OperationName, type Step, step } from "./operations.ts";

/** torchvision divides every range into 31 bins: M = 0 is nothing, M = 30 the most. */
export const MOST = 30;

/** How far a policy goes at M = 30. */
interface Reach {
  /** Tangent. */
  shear: number;
  /** Fraction of width or height. */
  translate: number;
  degrees: number;
  /** Distance of an enhancement's factor from 1. */
  enhance: number;
  /** Bits that posterize drops. */
  bits: number;
}

/** torchvision's RandAugment: a.1 of Cubuk et al. 2019 as its reference implementation reads it, 150 px of 331. */
export const randAugmentReach: Reach = { shear: 0.3, translate: 150 / 331, degrees: 30, enhance: 0.9, bits: 4 };

/** torchvision's TrivialAugmentWide (Müller & Hutter 2021); its 32 px are meant on a crop of 224. */
export const trivialAugmentReach: Reach = { shear: 0.99, translate: 32 / 224, degrees: 135, enhance: 0.99, bits: 6 };

type Value = (share: number, direction: 1 | -1, reach: Reach) => number;
const enhance: Value = (share, direction, reach) => 1 + direction * share * reach.enhance;
const switched: Value = (share) => (share > 0 ? 1 : 0);

/**
 * The fourteen operations of both policies, each with its value at a share of the reach. Unlike torchvision's, bin 0 is the identity
 * for all: solarize ends at 256 (255 turns white black), and what has no degrees (autocontrast, equalize) is left out at 0.
 */
const values: Readonly<Partial<Record<OperationName, Value>>> = {
  Identity: () => 0,
  ShearX: (share, direction, { shear }) => direction * share * shear,
  ShearY: (share, direction, { shear }) => direction * share * shear,
  TranslateX: (share, direction, { translate }) => direction * share * translate,
  TranslateY: (share, direction, { translate }) => direction * share * translate,
  Rotate: (share, direction, { degrees }) => direction * share * degrees,
  Brightness: enhance,
  Color: enhance,
  Contrast: enhance,
  Sharpness: enhance,
  Posterize: (share, _, { bits }) => 8 - Math.round(share * bits),
  Solarize: (share) => 256 * (1 - share),
  AutoContrast: switched,
  Equalize: switched,
};
const names = Object.keys(values) as OperationName[];

const at = (op: OperationName, bin: number, direction: 1 | -1, reach: Reach): Step =>
  step(op, (values[op] as Value)(bin / MOST, direction, reach));

/** Every operation at one bin, turned one way: what the numbers of a policy mean. */
export const everyOperation = (bin: number, reach: Reach, direction: 1 | -1 = 1): Step[] =>
  names.map((op) => at(op, bin, direction, reach));

/** RandAugment: `n` operations, drawn evenly and with replacement, all at bin `m` of 0..30. */
export const drawRandAugment = (rng: Rng, { n, m }: { n: number; m: number }): Step[] =>
  Array.from({ length: n }, () => at(pick(rng, names), m, sign(rng), randAugmentReach));

/** TrivialAugmentWide: one operation at a bin drawn evenly from 0..30; nothing to tune. */
export const drawTrivialAugment = (rng: Rng): Step[] => {
  const op = pick(rng, names);
  const direction = sign(rng);
  return [at(op, Math.floor(rng() * (MOST + 1)), direction, trivialAugmentReach)];
};
