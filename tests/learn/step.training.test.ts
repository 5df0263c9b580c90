import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { nets } from "../../src/nets/index.ts";
import { isNative } from "../../src/tf/native.ts";
import { type Comparison, compareSteps, smallestOfEachFamily } from "../helpers/compareSteps.ts";

// Larger networks of a family differ in numbers only. 80 pixels are the least that GoogLeNet's auxiliary classifiers take.
const compared = [...nets.filter((it) => it.size <= 32), ...smallestOfEachFamily(({ size }) => size > 32)];

const program = join(import.meta.dirname, "../helpers/compareSteps.ts");
const names = smallestOfEachFamily(({ size }) => size <= 32).map((it) => it.name);

/** Compares recorded and eager steps of all `names` in a process of its own, which reads these settings when it loads TensorFlow. */
const compareWith = async (settings: Record<string, string>): Promise<Record<string, Comparison>> => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program, ...names], {
    env: { ...process.env, ...settings },
  });
  return JSON.parse(stdout) as Record<string, Comparison>;
};

describe.skipIf(!isNative())("a recorded step (needs native TensorFlow)", () => {
  it.each(compared.map((it) => [it.name, it] as const))(
    "of %s gives the numbers of the eager one, bit for bit",
    async (_, net) => {
      const { different, nodes, eager } = await compareSteps(net, { size: Math.min(net.size, 80), steps: 2 });
      expect([different, eager]).toEqual([[], undefined]);
      expect(nodes).toBeGreaterThan(100);
    },
    120_000,
  );

  it.each([
    ["with oneDNN's kernels", { TF_ENABLE_ONEDNN_OPTS: "1" }],
    ["without them", { TF_ENABLE_ONEDNN_OPTS: "0" }],
    ["with those that oneDNN takes on a processor with AVX2 alone", { TF_ENABLE_ONEDNN_OPTS: "1", ONEDNN_MAX_CPU_ISA: "AVX2" }],
  ])(
    "of the smallest of each family gives them %s",
    async (_, settings) => {
      const comparisons = await compareWith(settings);
      expect(Object.keys(comparisons)).toEqual(names);
      for (const [name, { different, eager }] of Object.entries(comparisons))
        expect([different, eager], name).toEqual([[], undefined]);
    },
    120_000,
  );
});
