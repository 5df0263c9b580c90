import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextSeed, normal, pick, seeded, sign, subSeed } from "../src/random.ts";

const many = <T>(count: number, next: () => T): T[] => Array.from({ length: count }, next);

describe("seeded", () => {
  it("gives the same numbers for the same seed, on every machine and in every version", () => {
    expect(many(3, seeded(1234)).map((it) => it.toFixed(6))).toEqual(["0.784468", "0.626647", "0.894313"]);
  });

  it("is even over [0, 1)", () => {
    const numbers = many(20000, seeded(7));
    expect(numbers.every((it) => it >= 0 && it < 1)).toBe(true);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = numbers.filter((it) => Math.floor(it * 10) === tenth).length / numbers.length;
      expect(Math.abs(share - 0.1)).toBeLessThan(0.01);
    }
  });

  it("has first numbers that do not follow from neighbouring seeds", () => {
    const firsts = many(2000, () => 0).map((_, seed) => seeded(subSeed(1, seed))());
    expect(Math.abs(firsts.reduce((a, b) => a + b) / firsts.length - 0.5)).toBeLessThan(0.03);
    expect(firsts.filter((_, seed) => sign(seeded(subSeed(seed, 0))) > 0).length).toBeGreaterThan(900);
    expect(firsts.filter((_, seed) => sign(seeded(subSeed(seed, 0))) > 0).length).toBeLessThan(1100);
  });

  it("makes normal numbers", () => {
    const rng = seeded(9);
    const numbers = many(20000, () => normal(rng));
    expect(Math.abs(numbers.reduce((a, b) => a + b) / numbers.length)).toBeLessThan(0.03);
    expect(Math.abs(numbers.filter((it) => Math.abs(it) < 1).length / numbers.length - 0.6827)).toBeLessThan(0.02);
  });

  it("picks each of a list", () => {
    const rng = seeded(2);
    expect(new Set(many(100, () => pick(rng, ["a", "b", "c"])))).toEqual(new Set(["a", "b", "c"]));
  });
});

describe("seeds from seeds", () => {
  it("differ for every part, and the next one fits the database", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        expect(new Set(many(50, () => 0).map((_, index) => subSeed(seed, index))).size).toBe(50);
        const next = nextSeed(seed);
        expect(Number.isInteger(next) && next >= 0 && next < 2 ** 31).toBe(true);
        expect(nextSeed(seed)).toBe(next);
      }),
    );
  });
});
