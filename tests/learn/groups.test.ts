import { describe, expect, it } from "vitest";
import { type FitOptions, type Recipe, fit as startRun } from "../../src/learn/fit.ts";
import { groupOf, type ParameterGroup } from "../../src/learn/groups.ts";
import { listParameters } from "../../src/nets/backends/describe.ts";
import { isNative } from "../../src/tf/native.ts";
import { compareSteps } from "../helpers/compareSteps.ts";
import { randomWeights } from "../helpers/randomWeights.ts";
import { tinyNet } from "../helpers/tinyNet.ts";
import { noise } from "../helpers/training.ts";

const net = tinyNet();
const parameters = listParameters(net, { classes: 10 });
const weights = Object.fromEntries([...randomWeights(parameters)].map(([name, { data }]) => [name, data]));

/** The weights after `steps` steps from the same beginning. */
const train = async (
  groups: readonly ParameterGroup[],
  { steps = 1, ...recipe }: Partial<Recipe> = {},
  more: Partial<FitOptions> = {},
) => {
  const run = startRun({
    ...{ net, classes: 10, weights, source: noise(16, 8), task: { kind: "supervised" } },
    recipe: {
      ...{ steps, seed: 1, groups, optimiser: { kind: "adamw", weightDecay: 0.1 } },
      schedule: { kind: "constant", learningRate: 0.01 },
      ...recipe,
    },
    ...more,
  });
  for (;;) {
    const { done, value } = await run.next();
    if (done) return value;
  }
};

/** How far an array moved, in all. */
const distance = (after: Readonly<Record<string, Float32Array>>, name: string): number =>
  Math.hypot(...(after[name] as Float32Array).map((it, i) => it - (weights[name]?.[i] as number)));

const moved = (after: Readonly<Record<string, Float32Array>>): string[] =>
  parameters.map((it) => it.name).filter((name) => distance(after, name) > 0);

const named = (prefix: string) => parameters.map((it) => it.name).filter((it) => it.startsWith(prefix));

describe("groups of parameters", () => {
  it("hold what lies on their path, the first that fits", () => {
    const groups: ParameterGroup[] = [{ prefix: "stage1", frozen: true }, { prefix: "stage2/" }, { prefix: "head/kernel" }];
    const prefixOf = (name: string) => groupOf(groups, name)?.prefix;
    expect(prefixOf("stage1/conv/kernel")).toBe("stage1");
    expect(prefixOf("stage10/conv/kernel")).toBeUndefined();
    expect(prefixOf("stage2/conv/kernel")).toBe("stage2/");
    expect(prefixOf("head/kernel")).toBe("head/kernel");
    expect(prefixOf("head/bias")).toBeUndefined();
    expect(groupOf([...groups, { prefix: "" }], "head/bias")?.prefix).toBe("");
    expect(groupOf(undefined, "head/bias")).toBeUndefined();
  });

  it.each([
    undefined,
    { kind: "ema", emaDecay: 0.5 },
    { kind: "lookahead", every: 2 },
  ] as const)("that are frozen do not move, statistics of batch norms included (average: %o)", async (average) => {
    const more = { steps: 5, ...(average ? { average } : {}) };
    expect(moved(await train([], more))).toEqual(parameters.map((it) => it.name)); // without groups everything does
    expect(moved(await train([{ prefix: "stage1", frozen: true }], more))).toEqual([...named("stage2"), ...named("head")]);
    // Everything but the head, and a frozen stage behind one that learns.
    expect(moved(await train([{ prefix: "head" }, { prefix: "", frozen: true }], more))).toEqual(named("head"));
    expect(moved(await train([{ prefix: "stage2", frozen: true }], more))).toEqual([...named("stage1"), ...named("head")]);
  });

  it("that are frozen are normalised by their statistics, as in use, not by the batch", async () => {
    // With the whole body frozen a picture's features depend on nothing else in its batch: the step on a batch is the mean of those on its rows.
    const rows = noise(2, 8);
    const { x, y } = (await rows.next(0)) as Record<"x" | "y", Float32Array>;
    const step = async (from: number, count: number) =>
      await train(
        [{ prefix: "head" }, { prefix: "", frozen: true }],
        { optimiser: { kind: "sgd", momentum: 0 } },
        {
          net: tinyNet({ dropout: 0 }),
          source: {
            ...{ ...rows, batch: count },
            next: () => ({ x: x.slice(from * 192, (from + count) * 192), y: y.slice(from * 10, (from + count) * 10) }),
          },
        },
      );
    const [both, first, second] = [await step(0, 2), await step(0, 1), await step(1, 1)];
    const kernel = "head/kernel";
    const mean = first[kernel]?.map((it, i) => (it + (second[kernel]?.[i] as number)) / 2) as Float32Array;
    expect(Math.max(...mean.map((it, i) => Math.abs(it - (both[kernel]?.[i] as number))))).toBeLessThan(1e-6);
  });

  it("learn as much slower as they should, under AdamW too", async () => {
    const [whole, slower] = [await train([]), await train([{ prefix: "stage1", learningRateFactor: 0.1 }])];
    for (const name of named("stage1").filter((it) => !/mean|variance/.test(it)))
      expect(distance(slower, name) / distance(whole, name), name).toBeCloseTo(0.1, 2);
    for (const name of [...named("stage2"), ...named("head")]) expect(distance(slower, name), name).toBe(distance(whole, name));
  });

  it("multiply the learning rate of norms", async () => {
    const factors = { normLearningRateFactor: 3 };
    const [whole, both] = [await train([]), await train([{ prefix: "stage1", learningRateFactor: 0.1 }], factors)];
    expect(distance(both, "stage1/norm/beta") / distance(whole, "stage1/norm/beta")).toBeCloseTo(0.3, 2);
    expect(distance(both, "stage2/norm/beta") / distance(whole, "stage2/norm/beta")).toBeCloseTo(3, 2);
  });

  it.skipIf(!isNative()).each([
    ["a frozen beginning", [{ prefix: "stage1", frozen: true }]],
    ["a frozen middle", [{ prefix: "stage2", frozen: true }]],
    ["all but the head frozen", [{ prefix: "head" }, { prefix: "", frozen: true }]],
    ["slower layers", [{ prefix: "stage1", learningRateFactor: 0.1 }]],
  ] as const)("with %s give recorded the numbers of an eager step, bit for bit (needs native TensorFlow)", async (_, groups) => {
    const { different, eager } = await compareSteps(net, { steps: 3, groups });
    expect([different, eager]).toEqual([[], undefined]);
  });
});
