import { normal, pick, type Rng, sign } from "../../random.ts";
import { type OperationName, type Step, step } from "./operations.ts";
import type { Timm } from "./timm.ts";

/** An operation's value at a level of 1 = M 10, as timm's `_level_to_arg` functions compute it. */
type Value = (level: number, direction: 1 | -1) => number;

const enhance: Value = (level) => 0.1 + 1.8 * level;
const enhanceIncreasing: Value = (level, direction) => Math.max(0.1, 1 + direction * 0.9 * level);
const bits = (level: number): number => Math.min(8, Math.floor(4 * level));
const threshold = (level: number): number => Math.min(256, Math.floor(256 * level));
const always: Value = () => 1;

/** Which way a value grows is the difference between timm's plain and "increasing" operations. */
const valuesOf = (inc: boolean) =>
  ({
    AutoContrast: always,
    Equalize: always,
    Invert: always,
    Rotate: (level, direction) => direction * 30 * level,
    Posterize: (level) => (inc ? Math.max(0, 4 - bits(level)) : bits(level)),
    Solarize: (level) => (inc ? 256 - threshold(level) : threshold(level)),
    SolarizeAdd: (level) => Math.min(128, Math.floor(110 * level)),
    Color: inc ? enhanceIncreasing : enhance,
    Contrast: inc ? enhanceIncreasing : enhance,
    Brightness: inc ? enhanceIncreasing : enhance,
    Sharpness: inc ? enhanceIncreasing : enhance,
    ShearX: (level, direction) => direction * 0.3 * level,
    ShearY: (level, direction) => direction * 0.3 * level,
    TranslateX: (level, direction) => direction * 0.45 * level,
    TranslateY: (level, direction) => direction * 0.45 * level,
  }) as const satisfies Partial<Record<OperationName, Value>>;

/** Every operation at one magnitude (0..mmax), turned one way: what a string's numbers mean. */
export const everyTimmOperation = (m: number, inc: boolean, direction: 1 | -1 = 1): Step[] =>
  Object.entries<Value>(valuesOf(inc)).map(([op, value]) => step(op as OperationName, value(m / 10, direction)));

/** The operations of one picture: `n` drawn with replacement, each done with probability `p` at its own magnitude. */
export const drawTimm = (rng: Rng, { m, n, p, mstd, mmax, inc }: Timm): Step[] => {
  const values = Object.entries<Value>(valuesOf(inc));
  return Array.from({ length: n }, () => {
    const [op, value] = pick(rng, values);
    const done = rng() < p;
    const drawn = mstd > 100 ? m * rng() : m + mstd * normal(rng);
    const level = Math.max(0, Math.min(drawn, mmax)) / 10;
    const direction = sign(rng);
    return done ? [step(op as OperationName, value(level, direction))] : [];
  }).flat();
};
