import type { Text } from "../text.ts";

/** How long a run may take, chosen with one word. */
export interface Preset {
  /** What the whole run takes at most, on two cores with AVX2 (docs/LOG.md says what was measured). Each further seed takes as long again. */
  seconds: number;
  /** The share of that time which goes into arms: see budget.ts. The rest is for opening data and models, and for drawing. */
  computing: number;
  /** What is measured of each arm: points of its curve, pictures for each of them, and how many of its own pictures at the end. */
  measuring: { points: number; pictures: number; own: number };
  /** The network that learns where none is named. */
  net: string;
  about: Text;
  /** What it is called in Korean. */
  ko: string;
}

/** Every preset. The work of a run follows from it and from nothing else, so that the same spec does the same on every machine. */
export const presets = {
  // With a quarter of the work a step, the network that averages its pictures down learns more in half a minute: see docs/LOG.md.
  taste: {
    seconds: 30,
    computing: 0.68,
    measuring: { points: 6, pictures: 500, own: 1_000 },
    net: "resnet8-16px",
    about: { en: "a first taste, half a minute at most", ko: "30초 이내" },
    ko: "맛보기",
  },
  lesson: {
    seconds: 180,
    computing: 0.8,
    measuring: { points: 10, pictures: 1_000, own: 2_000 },
    net: "resnet8",
    about: { en: "enough to see it work, 3 minutes at most", ko: "효과가 보이는 정도, 3분 이내" },
    ko: "수업",
  },
  proper: {
    seconds: 2700,
    computing: 0.8,
    measuring: { points: 10, pictures: 1_000, own: 2_000 },
    net: "resnet8",
    about: { en: "a proper run, 45 minutes at most", ko: "제대로 된 학습, 45분 이내" },
    ko: "정식",
  },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets) as PresetName[];

/** Multiply-accumulates that two cores with AVX2 do in a second, of training. */
const MACS_PER_SECOND = 35e9;

/** The work that a run may do in all its arms of one seed together, in multiply-accumulates. */
export const workOf = (preset: PresetName): number => presets[preset].seconds * presets[preset].computing * MACS_PER_SECOND;
