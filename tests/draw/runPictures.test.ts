import { describe, expect, it } from "vitest";
import { drawAccuracyBars } from "../../src/draw/accuracyBars.ts";
import { drawCalibrationChart } from "../../src/draw/calibrationChart.ts";
import { drawConfusionCard } from "../../src/draw/confusionCard.ts";
import type { Curve } from "../../src/draw/curves.ts";
import { drawPolicyHeatMap } from "../../src/draw/policyHeatMap.ts";
import { drawPolicyList } from "../../src/draw/policyList.ts";
import { drawProgressCard } from "../../src/draw/progressCard.ts";
import { drawRunCard, type RunArm } from "../../src/draw/runCard.ts";
import { drawRunComparison } from "../../src/draw/runComparison.ts";
import { drawRunList } from "../../src/draw/runList.ts";
import { drawSelfTrainingCard } from "../../src/draw/selfTrainingCard.ts";
import { drawSoftLabelsCard } from "../../src/draw/softLabelsCard.ts";
import { solidImage } from "../../src/images/image.ts";
import { type Language, languages } from "../../src/text.ts";
import { wrongInTheDark } from "../helpers/darkened.ts";
import { badlyPlaced, textBoxes } from "../helpers/textBoxes.ts";

/** What a picture is made of: how long its names are, how many arms and seeds, and how far each curve has come. */
interface Shape {
  name: string;
  arms: number;
  seeds: number;
  points: number;
  /** Every accuracy; where undefined they differ. */
  accuracy?: number;
  classes: number;
}

const longEnglish = `efficientnet-mini.cifar10 <with> a "frozen" backbone & ${"a long name ".repeat(8)}`;
const longKorean = "아주긴이름을가진네트워크그리고 설명이 이어지는 경우".repeat(4);
const unbroken = "m".repeat(70);

const shapes: readonly Shape[] = [
  { name: "alone", arms: 2, seeds: 1, points: 8, classes: 10 },
  { name: "alone", arms: 4, seeds: 5, points: 12, classes: 3 },
  { name: longEnglish, arms: 8, seeds: 5, points: 30, classes: 20 },
  { name: longKorean, arms: 3, seeds: 3, points: 5, classes: 12 },
  { name: unbroken, arms: 12, seeds: 2, points: 3, classes: 100 },
  { name: "one point", arms: 1, seeds: 1, points: 1, accuracy: 1, classes: 1 },
  { name: "all wrong", arms: 2, seeds: 2, points: 4, accuracy: 0, classes: 2 },
  { name: "nothing yet", arms: 2, seeds: 1, points: 0, classes: 0 },
];

const rangeOf = (count: number) => Array.from({ length: count }, (_, i) => i);

const armsOf = ({ name, arms, seeds, points, accuracy }: Shape): (RunArm & { losses: Curve })[] =>
  rangeOf(arms).map((i) => {
    const end = accuracy ?? 0.4 + 0.05 * i;
    const curve = (seed: number): Curve =>
      rangeOf(points).map((k) => [(k + 1) * 1234, accuracy ?? (end * (k + 1)) / points + seed / 100]);
    return {
      name: `${name}${i === 0 ? "" : ` ${i}`}`,
      role: i === 0 ? "main" : i === 1 ? "control" : "other",
      accuracies: points === 0 ? [] : rangeOf(seeds).map((seed) => accuracy ?? end + seed / 100),
      curves: rangeOf(seeds).map(curve),
      losses: curve(0).map(([step, value]) => [step, 12 - 10 * value]),
    };
  });

const confusionOf = (classes: number) =>
  rangeOf(classes).map((i) => rangeOf(classes).map((k) => (i === k ? 900 : (i * 7 + k) % 13)));

/** Every picture of the learning runs for a shape of data. */
const picturesOf = (shape: Shape, lang: Language): Record<string, string> => {
  const { name, points, seeds, accuracy, classes } = shape;
  const arms = armsOf(shape);
  const names = rangeOf(classes).map((i) => (i % 3 === 0 ? `${name} ${i}` : `class ${i}`));
  const titles = { title: name, subtitle: name };
  const gain = arms.length > 1 ? { mean: -0.004, std: 0.0123 } : null;
  const table = { columns: ["", "accuracy", name, "MACs"], rows: arms.map((it) => [it.name, "81.2 % ± 0.3", name, "12.6 M"]) };
  const facts = [
    { label: "seeds", value: String(seeds) },
    { label: name, value: "1,234,567" },
    { label: "engine", value: name },
  ];
  const progress = { title: name, arms, arm: 1, ofArms: shape.arms, seed: 1, ofSeeds: seeds, done: accuracy ?? 0.4 };
  const bins = rangeOf(10).map((i) => ({ count: points * i, confidence: (i + 0.5) / 10, accuracy: accuracy ?? i / 10 }));
  const grid = rangeOf(shape.arms).map((i) =>
    rangeOf(8).map((k) => (points === 0 ? null : (accuracy ?? 0.9 + 0.01 * ((i + k) % 5)))),
  );
  const comparedRun = { name: "#12", arms };
  const round = {
    kept: points * 1000,
    total: points * 1500,
    precision: points === 0 ? null : (accuracy ?? 0.9),
    histogram: rangeOf(classes).map((i) => i * points),
    accuracy: accuracy ?? 0.7,
  };
  return {
    "run card": drawRunCard({ ...titles, arms, gain, facts, table, note: name }, lang),
    progress: drawProgressCard({ ...progress, secondsLeft: 5000, imagesPerSecond: 12_345, loss: 1.234 }, lang),
    "progress of a run that begins": drawProgressCard(progress, lang),
    confusion: drawConfusionCard({ ...titles, classes: names, confusion: confusionOf(classes) }, lang),
    calibration: drawCalibrationChart({ ...titles, bins, ece: accuracy ?? 0.07 }, lang),
    "soft labels": drawSoftLabelsCard(
      {
        ...titles,
        image: solidImage(32, 32, [9, 9, 9]),
        classes: names,
        label: 0,
        logits: rangeOf(classes).map((i) => 30 * Math.sin(i)),
        temperature: 1000,
      },
      lang,
    ).svg,
    "policy grid": drawPolicyHeatMap(
      {
        ...titles,
        ns: rangeOf(shape.arms),
        ms: [1, 3, 5, 7, 9, 11, 13, 15],
        accuracies: grid,
        margin: 0.02,
        baseline: accuracy ?? 0.91,
      },
      lang,
    ),
    "policy list": drawPolicyList(
      {
        ...titles,
        policies: rangeOf(points).map((i) => ({ policy: name, accuracy: accuracy ?? i / 30 })),
        baseline: accuracy ?? 0.3,
        margin: 0.02,
      },
      lang,
    ),
    "run list": drawRunList(
      rangeOf(3).map(() => ({
        ...titles,
        curves: arms.map((it) => ({ name: it.name, points: it.curves[0] ?? [] })),
      })),
      lang,
    ),
    "run comparison": drawRunComparison(
      {
        ...titles,
        runs: [comparedRun, comparedRun],
        differences: rangeOf(points).map(() => ({ setting: name, values: [name, "4"] })),
      },
      lang,
    ),
    "self-training": drawSelfTrainingCard(
      { ...titles, classes: names, rounds: rangeOf(points).map((i) => ({ ...round, round: i + 1 })), control: accuracy ?? 0.6 },
      lang,
    ),
    "accuracy bars": drawAccuracyBars(
      {
        ...titles,
        measure: name.slice(0, 30),
        rows: arms.map((it, i) => ({
          name: it.name,
          values: it.accuracies,
          extra: name,
          ...(i === 1 ? { isControl: true as const } : {}),
        })),
        note: name,
      },
      lang,
    ),
  };
};

/** Below this a phone's reader has to zoom; only numbers in the cells of full grids are smaller. */
const LEAST_SIZE = 26;

/** Numbers on a colour in the middle between paper and ink, which neither of them is far from. */
const onColours = ["confusion", "policy grid"];

it.each(
  Object.entries(picturesOf({ name: "alone", arms: 4, seeds: 3, points: 8, classes: 10 }, "ko")),
)("%s: dark and readable where the page is dark", (name, svg) =>
  expect(wrongInTheDark(svg, onColours.includes(name) ? 3.5 : 4.5)).toEqual([]));

describe.each(languages)("pictures of runs in %s", (lang) => {
  describe.each(
    shapes.map((it) => [`${it.arms} arms, ${it.seeds} seeds, ${it.points} points, "${it.name.slice(0, 12)}"`, it] as const),
  )("%s", (_, shape) => {
    it.each(Object.entries(picturesOf(shape, lang)))("%s: text stands within the margins, and on no other text", (_, svg) => {
      expect(badlyPlaced(svg, 48)).toEqual([]);
      const { boxes, width } = textBoxes(svg);
      expect(width).toBe(1080);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      expect(boxes.filter((it) => it.size < LEAST_SIZE && !/^[\d.>% –]+$/.test(it.text)).map((it) => it.text)).toEqual([]);
    });
  });
});
