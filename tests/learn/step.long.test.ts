import { describe, expect, it } from "vitest";
import { isNative } from "../../src/tf/native.ts";
import { compareSteps, smallestOfEachFamily } from "../helpers/compareSteps.ts";

const smallest = smallestOfEachFamily(({ size }) => size <= 32).map((it) => [it.name, it] as const);

describe.skipIf(!isNative())("a recorded step (needs native TensorFlow)", () => {
  it.each(smallest)("of %s, the smallest of its family, gives the numbers of the eager one, bit for bit", async (_, net) => {
    const { different, nodes, eager } = await compareSteps(net, { size: 32, steps: 3 });
    expect([different, eager]).toEqual([[], undefined]);
    expect(nodes).toBeGreaterThan(100);
  });
});
