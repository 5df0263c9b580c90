import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { explainTimm, formatTimm, parseTimm } from "../../../src/images/policy/timm.ts";

const policies = fc.record({
  m: fc.integer({ min: 0, max: 30 }),
  n: fc.integer({ min: 1, max: 8 }),
  p: fc.integer({ min: 0, max: 100 }).map((it) => it / 100),
  mstd: fc.constantFrom(0, 0.5, 1, 101),
  mmax: fc.integer({ min: 1, max: 30 }),
  inc: fc.boolean(),
});

describe("timm's policy strings", () => {
  it("reads what its users write", () => {
    expect(parseTimm("rand-m9-n2-mstd0.5-inc1")).toEqual({ m: 9, n: 2, mstd: 0.5, inc: true, p: 0.5, mmax: 10 });
    expect(parseTimm(" RAND-m7-mstd0.5 ")).toEqual({ m: 7, n: 2, mstd: 0.5, inc: false, p: 0.5, mmax: 10 });
    expect(parseTimm("rand")).toEqual({ m: 10, n: 2, mstd: 0, inc: false, p: 0.5, mmax: 10 });
  });

  it("takes inc0 for off, which timm's own parser takes for on", () => {
    expect(parseTimm("rand-m9-inc0").inc).toBe(false);
    expect(parseTimm("rand-m9-inc1").inc).toBe(true);
  });

  it("reads back what it writes, in any order of the parts", () => {
    fc.assert(
      fc.property(policies, fc.infiniteStream(fc.nat()), (policy, order) => {
        const [kind, ...parts] = formatTimm(policy).split("-");
        const keys = parts.map((part) => ({ part, key: order.next().value as number })).sort((a, b) => a.key - b.key);
        expect(parseTimm([kind, ...keys.map((it) => it.part)].join("-"))).toEqual(policy);
      }),
    );
  });

  it("refuses everything else with a sentence, never with a crash", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((it) => `rand-${it}`),
          fc.string().map((it) => `rand-m9-${it}`),
        ),
        (text) => {
          try {
            expect(parseTimm(text).n).toBeGreaterThanOrEqual(1);
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
        },
      ),
      { numRuns: 1000 },
    );
    for (const bad of [
      "",
      "randm9",
      "rand-",
      "rand-x3",
      "rand-m",
      "rand-m9-m9",
      "rand-n0",
      "rand-n2.5",
      "rand-m31",
      "rand-p2",
      "rand-tweights",
      "rand-w0",
      "v0-mstd0.5",
      "rand-m-9",
    ])
      expect(() => parseTimm(bad), bad).toThrow(UserError);
  });

  it("says which scale is meant", () => {
    expect(explainTimm(parseTimm("rand-m9-n2-mstd0.5-inc1")).en).toBe(
      "timm's scale: M 9 ± 0.5 of 10 · N 2 with chance 0.5 each · inc: grows with M",
    );
    expect(explainTimm(parseTimm("rand-m9")).ko).toContain("10이 최대");
    expect(explainTimm(parseTimm("rand-m9")).en).toContain("weaken as M rises");
  });
});
