import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Image } from "../../../src/images/image.ts";
import {
  drawRandAugment,
  drawTrivialAugment,
  everyOperation,
  randAugmentReach,
  trivialAugmentReach,
} from "../../../src/images/policy/bins.ts";
import { drawTimm, everyTimmOperation } from "../../../src/images/policy/drawTimm.ts";
import { applySteps, captionOf, effectOf, type Step } from "../../../src/images/policy/operations.ts";
import { parseTimm } from "../../../src/images/policy/timm.ts";
import { seeded } from "../../../src/random.ts";

const picture: Image = { width: 32, height: 20, data: Uint8Array.from({ length: 32 * 20 * 3 }, (_, i) => (i * 37) % 256) };
const captions = (steps: readonly Step[]) => Object.fromEntries(steps.map((it) => [it.op, captionOf(it).en]));
const bins = fc.integer({ min: 0, max: 30 });
const directions = fc.constantFrom<1 | -1>(1, -1);

describe("RandAugment with torchvision's bins", () => {
  it("resolves M as torchvision does: the table for a picture of any size", () => {
    expect(captions(everyOperation(9, randAugmentReach))).toEqual({
      Identity: "unchanged",
      ShearX: "shear x 0.09",
      ShearY: "shear y 0.09",
      TranslateX: "move x 14%",
      TranslateY: "move y 14%",
      Rotate: "rotate 9°",
      Brightness: "brightness ×1.27",
      Color: "color ×1.27",
      Contrast: "contrast ×1.27",
      Sharpness: "sharpness ×1.27",
      Posterize: "posterize to 7 bits",
      Solarize: "solarize ≥ 179",
      AutoContrast: "autocontrast",
      Equalize: "equalize",
    });
    const most = captions(everyOperation(30, randAugmentReach, -1));
    expect([most["Rotate"], most["Brightness"], most["Posterize"], most["Solarize"]]).toEqual([
      "rotate −30°",
      "brightness ×0.10",
      "posterize to 4 bits",
      "solarize ≥ 0",
    ]);
    expect([5, 15, 30].map((m) => captions(everyOperation(m, randAugmentReach))["Posterize"]?.at(13))).toEqual(["7", "6", "4"]);
  });

  it("is the identity at M = 0, every operation of it", () => {
    for (const step of everyOperation(0, randAugmentReach)) {
      expect(effectOf(step)).toBe(0);
      expect(applySteps(picture, [step]).data).toEqual(picture.data);
    }
    const white = { ...picture, data: picture.data.map(() => 255) };
    expect(applySteps(white, everyOperation(0, randAugmentReach)).data).toEqual(white.data);
  });

  it("never gets weaker as M rises", () => {
    fc.assert(
      fc.property(bins, bins, directions, (a, b, direction) => {
        const [weak, strong] = [
          everyOperation(Math.min(a, b), randAugmentReach, direction),
          everyOperation(Math.max(a, b), randAugmentReach, direction),
        ];
        for (const [i, step] of weak.entries())
          expect(effectOf(strong[i] as Step)).toBeGreaterThanOrEqual(effectOf(step) - 1e-12);
      }),
    );
  });

  it("draws N operations, repeats itself from its seed, and turns both ways", () => {
    expect(drawRandAugment(seeded(4), { n: 3, m: 9 })).toHaveLength(3);
    expect(drawRandAugment(seeded(4), { n: 3, m: 9 })).toEqual(drawRandAugment(seeded(4), { n: 3, m: 9 }));
    const rotations = Array.from({ length: 400 }, (_, seed) => drawRandAugment(seeded(seed), { n: 1, m: 10 }))
      .flat()
      .filter((it) => it.op === "Rotate")
      .map((it) => it.params["degrees"]);
    expect(new Set(rotations)).toEqual(new Set([10, -10]));
  });
});

describe("TrivialAugmentWide", () => {
  it("reaches as far as torchvision's", () => {
    const most = captions(everyOperation(30, trivialAugmentReach));
    expect([most["Rotate"], most["ShearX"], most["Brightness"], most["Posterize"]]).toEqual([
      "rotate 135°",
      "shear x 0.99",
      "brightness ×1.99",
      "posterize to 2 bits",
    ]);
  });

  it("draws one operation, each of the fourteen in its turn", () => {
    const drawn = Array.from({ length: 500 }, (_, seed) => drawTrivialAugment(seeded(seed)));
    expect(drawn.every((it) => it.length === 1)).toBe(true);
    expect(new Set(drawn.flat().map((it) => it.op)).size).toBe(14);
  });
});

describe("timm's policies", () => {
  it("resolve M out of 10: at 9 with inc, rotate 27° where torchvision says 9°, and 1 bit", () => {
    const at9 = captions(everyTimmOperation(9, true));
    expect([at9["Rotate"], at9["Posterize"], at9["Solarize"], at9["Brightness"], at9["ShearX"], at9["SolarizeAdd"]]).toEqual([
      "rotate 27°",
      "posterize to 1 bit",
      "solarize ≥ 26",
      "brightness ×1.81",
      "shear x 0.27",
      "solarize add 99",
    ]);
    const plain = captions(everyTimmOperation(9, false));
    expect([plain["Posterize"], plain["Solarize"], plain["Brightness"]]).toEqual([
      "posterize to 3 bits",
      "solarize ≥ 230",
      "brightness ×1.72",
    ]);
  });

  it("never get weaker as M rises when inc is on", () => {
    const levels = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(
      fc.property(levels, levels, directions, (a, b, direction) => {
        const [weak, strong] = [
          everyTimmOperation(Math.min(a, b), true, direction),
          everyTimmOperation(Math.max(a, b), true, direction),
        ];
        for (const [i, step] of weak.entries())
          expect(effectOf(strong[i] as Step)).toBeGreaterThanOrEqual(effectOf(step) - 1e-12);
      }),
    );
  });

  it("do each operation with probability p", () => {
    const count = (p: number) =>
      Array.from({ length: 1000 }, (_, seed) => drawTimm(seeded(seed), { ...parseTimm("rand-m9-n2"), p })).flat().length / 2000;
    expect([count(0), count(1)]).toEqual([0, 1]);
    expect(Math.abs(count(0.5) - 0.5)).toBeLessThan(0.04);
  });

  it("spread the magnitude by mstd and cut it off at mmax", () => {
    const degrees = (text: string) =>
      Array.from({ length: 2000 }, (_, seed) => drawTimm(seeded(seed), parseTimm(text)))
        .flat()
        .filter((it) => it.op === "Rotate")
        .map((it) => Math.abs(it.params["degrees"] as number));
    expect(new Set(degrees("rand-m9-p1").map((it) => it.toFixed(6)))).toEqual(new Set(["27.000000"]));
    const spread = degrees("rand-m9-mstd0.5-inc1-p1");
    expect(new Set(spread).size).toBeGreaterThan(20);
    expect(Math.max(...spread)).toBeLessThanOrEqual(30);
    expect(Math.max(...degrees("rand-m20-mmax20-p1"))).toBeCloseTo(60);
    expect(Math.max(...degrees("rand-m20-p1"))).toBeCloseTo(30);
  });

  it("leave a usable picture whatever is drawn", () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, inc) => {
        const steps = drawTimm(seeded(seed), { m: 30, n: 4, p: 1, mstd: 5, mmax: 30, inc });
        expect(applySteps(picture, steps).data).toHaveLength(picture.data.length);
        for (const step of steps) expect(captionOf(step).en).not.toMatch(/NaN/);
      }),
    );
  });
});
