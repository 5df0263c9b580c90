import { describe, expect, it } from "vitest";
import { isNative } from "../../src/tf/native.ts";
import { compareSteps, smallestOfEachFamily } from "../helpers/compareSteps.ts";

const names = smallestOfEachFamily(({ size }) => size <= 32).map((it) => it.name);

describe.skipIf(!isNative())("a recorded step (needs native TensorFlow)", () => {
  it.each(names)("of %s, the smallest of its family, gives the numbers of the eager one, bit for bit", (name) => {
    const { different, nodes, eager } = compareSteps(name, 32, 3);
    expect([different, eager]).toEqual([[], undefined]);
    expect(nodes).toBeGreaterThan(100);
  });
});
