import { describe, expect, it } from "vitest";
import { shrink } from "../../src/draw/canvas.ts";
import { mixColours } from "../../src/draw/colours.ts";
import { meanCurve } from "../../src/draw/curves.ts";
import { highestLossSheet } from "../../src/draw/highestLossSheet.ts";
import { looksOf, type Role } from "../../src/draw/lineLooks.ts";
import { niceScale } from "../../src/draw/niceScale.ts";
import { PROGRESS_BYTES, progressCard } from "../../src/draw/progressCard.ts";
import { drawRunCard, type RunResult, runCard } from "../../src/draw/runCard.ts";
import { softLabelsCard } from "../../src/draw/softLabelsCard.ts";
import { finiteSpread, plusMinus, points, spreadText } from "../../src/draw/spread.ts";
import { svgDocument } from "../../src/draw/svg.ts";
import { drawText } from "../../src/draw/text.ts";
import { timeSpan } from "../../src/draw/timeSpan.ts";
import { encodeJpeg } from "../../src/images/encode.ts";
import { type Image, solidImage } from "../../src/images/image.ts";
import { textBoxes } from "../helpers/textBoxes.ts";

describe("numbers on cards", () => {
  it("the spread of seeds is the sample's standard deviation, and what is not finite does not count", () => {
    expect(finiteSpread([0.8, 0.82, 0.84])).toEqual({ mean: expect.closeTo(0.82, 12), std: expect.closeTo(0.02, 12), n: 3 });
    expect(finiteSpread([0.8, Number.NaN])).toEqual({ mean: 0.8, std: 0, n: 1 });
    expect(finiteSpread([])).toBeUndefined();
    expect([spreadText([0.8, 0.82, 0.84]), spreadText([1]), spreadText([])]).toEqual(["82.0 % ± 2.0", "100.0 %", "–"]);
    expect(plusMinus(0.0049)).toBe("± 0.5");
  });

  it("a difference has its sign, and none where it rounds to nothing", () => {
    expect([0.021, -0.02, 0.0004, -0.0004].map(points)).toEqual(["+2.1", "−2.0", "0.0", "0.0"]);
  });

  it("a time is told in two units at most", () => {
    expect([0, 59.4, 60, 161, 3600, 5400].map((it) => timeSpan(it, "en"))).toEqual([
      "0 s",
      "59 s",
      "1 min",
      "2 min 41 s",
      "1 h",
      "1 h 30 min",
    ]);
    expect(timeSpan(161, "ko")).toBe("2분 41초");
  });

  it("the mean of curves has only the steps that every seed has reached; seeds without a point do not count", () => {
    const first = [
      [10, 0.2],
      [20, 0.4],
      [30, 0.6],
    ] as const;
    expect(
      meanCurve([
        first,
        [
          [10, 0.4],
          [20, 0.5],
        ],
        [],
      ]),
    ).toEqual([
      [10, expect.closeTo(0.3, 12)],
      [20, 0.45],
    ]);
    expect(meanCurve([[], []])).toEqual([]);
  });

  it("axes end at multiples of their interval and hold every value; shares stay within 0 and 1", () => {
    for (const values of [[0.481, 0.843], [1], [0], [0, 1], [0.9991, 0.9995], [0.5]]) {
      const { min, max, interval } = niceScale(values, { inPercent: true, steps: 5 });
      expect(min).toBeGreaterThanOrEqual(0);
      expect(max).toBeLessThanOrEqual(1 + 1e-9);
      expect(min).toBeLessThanOrEqual(Math.min(...values));
      expect(max).toBeGreaterThanOrEqual(Math.max(...values) - 1e-9);
      for (const end of [min, max]) expect(Math.abs(end / interval - Math.round(end / interval))).toBeLessThan(1e-6);
    }
    expect(niceScale([0.481, 0.843], { inPercent: true, steps: 5 })).toEqual({ min: 0.4, max: 0.9, interval: 0.1 });
    const losses = niceScale([2.31, 0.9], { inPercent: false, steps: 4 });
    expect(losses).toEqual({ min: 0.5, max: 2.5, interval: 0.5 });
  });

  it("a colour between two others", () => {
    expect([0, 0.5, 1, 7].map((it) => mixColours("#000000", "#ff8001", it))).toEqual([
      "#000000",
      "#804001",
      "#ff8001",
      "#ff8001",
    ]);
  });

  it("a picture made smaller is the mean of its pixels", () => {
    const image = { width: 4, height: 2, data: Uint8Array.from([0, 10, 20, 40, 200, 100, 0, 0].flatMap((it) => [it, it, 255])) };
    // Left: (0 + 10 + 200 + 100) / 4 = 77.5; right: (20 + 40 + 0 + 0) / 4.
    expect([...shrink(image, { width: 2, height: 1 }).data]).toEqual([78, 78, 255, 15, 15, 255]);
  });
});

describe("how lines are told apart", () => {
  it.each([1, 2, 5, 8])("%i lines differ in colour and in marker, and only the control is dashed", (count) => {
    const roles: Role[] = Array.from({ length: count }, (_, i) => (i === 0 ? "main" : i === 1 ? "control" : "other"));
    const looks = looksOf(roles);
    expect(new Set(looks.map((it) => it.colour)).size).toBe(count);
    expect(new Set(looks.map((it) => it.isDashed + it.marker)).size).toBe(count);
    expect(looks.map((it) => it.isDashed)).toEqual(roles.map((it) => it === "control"));
  });

  it("a line keeps its look when further arms begin", () => {
    const [first] = looksOf(["other"]);
    expect(looksOf(["other", "control", "main"])[0]).toEqual(first);
    expect(new Set(looksOf(Array<Role>(8).fill("other")).map((it) => it.colour)).size).toBe(8);
  });
});

it("the check of where text stands knows how charts place theirs, and text that stands upright", () => {
  const chart =
    '<text dominant-baseline="central" text-anchor="end" style="font-size:20px;" transform="translate(140 220)" fill="#000">m</text>';
  const upright = `<g transform="translate(200 300) rotate(-90)">${drawText("mmm", { x: 10, y: 0 }, { size: 20 })}</g>`;
  const [a, b] = textBoxes(svgDocument(400, 400, chart + upright)).boxes;
  expect(a).toMatchObject({ size: 20, right: 140, bottom: expect.closeTo(220 + 0.57 * 20, 5) });
  expect(b).toMatchObject({ bottom: 290, right: expect.closeTo(200 + 0.21 * 20, 5) });
  expect((b?.bottom ?? 0) - (b?.top ?? 0)).toBeCloseTo(3 * ((a?.right ?? 0) - (a?.left ?? 0)), 5);
});

const result: RunResult = {
  title: "Distillation on cifar10",
  subtitle: "airbench94 teaches resnet8",
  arms: [
    {
      name: "with teacher",
      role: "main",
      accuracies: [0.84, 0.85],
      curves: [
        [
          [100, 0.5],
          [200, 0.8],
        ],
        [
          [100, 0.52],
          [200, 0.82],
        ],
      ],
    },
    {
      name: "alone",
      role: "control",
      accuracies: [0.82, 0.83],
      curves: [
        [
          [100, 0.4],
          [200, 0.7],
        ],
        [
          [100, 0.42],
          [200, 0.72],
        ],
      ],
    },
  ],
  gain: { mean: 0.02, std: 0.001 },
  facts: [{ label: "seeds", value: "2" }],
};
const textOf = (it: RunResult, lang: "en" | "ko" = "en") => textBoxes(drawRunCard(it, lang)).boxes.map((box) => box.text);
const count = ({ data }: Image, [r, g, b]: readonly [number, number, number]) => {
  let found = 0;
  for (let i = 0; i < data.length; i += 3) if (data[i] === r && data[i + 1] === g && data[i + 2] === b) found++;
  return found;
};

describe("the card of a run", () => {
  it("states both accuracies with their spread, the gain with its sign, and the axis in percent", () => {
    expect(textOf(result)).toEqual(
      expect.arrayContaining(["84.5 %", "82.5 %", "± 0.7", "+2.0", "± 0.1 points", "80 %", "seeds"]),
    );
    expect(textOf({ ...result, gain: null }).join(" ")).not.toContain("gain");
  });

  it.each([
    ["clearly better", { mean: 0.02, std: 0.001 }, "more than the spread of", [0x2b, 0x8a, 0x3e]],
    ["clearly worse", { mean: -0.02, std: 0.001 }, "worse, by more than", [0xe8, 0x59, 0x0c]],
  ] as const)("says of a run that is %s so, in its colour", (_, gain, words, colour) => {
    expect(textOf({ ...result, gain }).join(" ")).toContain(words);
    expect(count(runCard({ ...result, gain }, "en"), colour)).toBeGreaterThan(300);
  });

  it("claims nothing that lies within the spread of the seeds, nor anything of a single seed", () => {
    const within = { ...result, gain: { mean: 0.02, std: 0.02 } };
    expect(textOf(within).join(" ")).toContain("within the spread of the seeds");
    expect(textOf(within, "ko").join(" ")).toContain("편차 이내");
    const arms = result.arms.map((it) => ({ ...it, accuracies: it.accuracies.slice(0, 1) }));
    const single = { ...result, arms, gain: { mean: 0.02, std: 0 } };
    expect(textOf(single).join(" ")).toContain("one seed");
    for (const it of [within, single]) {
      const card = runCard(it, "en");
      expect(count(card, [0x2b, 0x8a, 0x3e]) + count(card, [0xe8, 0x59, 0x0c])).toBe(0);
    }
  });

  it("is the same bytes every time, 1080 wide, with the main arm in blue and its control in black", () => {
    const [a, b] = [runCard(result, "en"), runCard(result, "en")];
    expect(a.width).toBe(1080);
    expect(Buffer.compare(a.data, b.data)).toBe(0);
    expect(count(a, [0, 0x72, 0xb2])).toBeGreaterThan(1000);
    expect(count(a, [0, 0, 0])).toBeGreaterThan(500);
  });
});

it("the progress of a run is a small picture: 720 wide, 40 kB at most, the same bytes every time", async () => {
  const curve = (end: number) => Array.from({ length: 40 }, (_, i) => [i * 10, (end * i) / 40 + 0.02 * Math.sin(i * i)] as const);
  const arms = ["main", "control", "other", "other", "other", "other"].map((role, i) => ({
    name: `arm ${i}`,
    role: role as Role,
    curves: [1, 2, 3].map((seed) => curve(0.5 + i / 20 + seed / 100)),
    losses: curve(0.9 - i / 10),
  }));
  const progress = { title: "Distillation", arms, arm: 6, ofArms: 6, seed: 3, ofSeeds: 3, done: 0.95, secondsLeft: 20 };
  const [a, b] = [progressCard(progress, "ko"), progressCard(progress, "ko")];
  expect(a.width).toBe(720);
  expect(Buffer.compare(a.data, b.data)).toBe(0);
  expect((await encodeJpeg(a, PROGRESS_BYTES)).length).toBeLessThan(PROGRESS_BYTES);
});

it("the card of soft labels shows the picture itself, each pixel enlarged by a whole number", () => {
  const red = [200, 30, 30] as const;
  const soft = { title: "t", classes: ["a", "b"], label: 0, logits: [2, 0], temperature: 2 };
  expect(count(softLabelsCard({ ...soft, image: solidImage(32, 32, red) }, "en"), red)).toBe((32 * 12) ** 2);
  expect(count(softLabelsCard({ ...soft, image: solidImage(1200, 800, red) }, "en"), red)).toBe(600 * 400);
});

it("the sheet of the highest losses enlarges thumbnails by a whole number, and has room for long names", () => {
  const red = [200, 30, 30] as const;
  const picture = { image: solidImage(32, 32, red), actual: "cat", predicted: "dog", probability: 0.99, loss: 4.6 };
  const short = highestLossSheet({ subtitle: "resnet8", pictures: [picture, picture, picture] }, "ko");
  const share = count(short, red) / (3 * 320 ** 2); // rounded corners aside
  expect(share).toBeGreaterThan(0.99);
  expect(share).toBeLessThanOrEqual(1);
  const long = highestLossSheet(
    { subtitle: "resnet8", pictures: [{ ...picture, actual: "a name of many words ".repeat(4) }] },
    "ko",
  );
  expect(long.height).toBeGreaterThan(short.height);
  expect(highestLossSheet({ subtitle: "resnet8", pictures: [] }, "en").width).toBe(1080);
});
