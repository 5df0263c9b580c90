import { describe, expect, it } from "vitest";
import { listParameters, describe as walk } from "../../../src/nets/backends/describe.ts";
import { findNet } from "../../../src/nets/index.ts";
import type { Net } from "../../../src/nets/net.ts";
import { countParameters, isDecayed } from "../../../src/nets/parameter.ts";

const tiny = (forward: Net["forward"]): Net => ({
  ...(findNet("resnet8") as Net),
  ...{ name: "tiny", size: 8, classes: 2, forward },
});

describe("walking a network", () => {
  const net = tiny((b, x, classes) => {
    const features = b.within("block", () => {
      const y = b.relu(b.batchNorm(b.conv(x, "conv", { filters: 4, kernel: 3, stride: 2, bias: false }), "norm"));
      return b.dropout(b.globalAveragePool(y), "dropout", 0.5);
    });
    return { logits: b.dense(features, "head", { units: classes }) };
  });

  it("notes every layer with its output, parameters and work, worked out by hand", () => {
    const { layers, parameters, macs, outputs } = walk(net);
    expect(layers.map(({ path, kind, output, macs }) => [path, kind, output, macs])).toEqual([
      ["block/conv", "conv", [4, 4, 4], 4 * 4 * 3 * 3 * 3 * 4],
      ["block/norm", "batchNorm", [4, 4, 4], 0],
      ["block", "relu", [4, 4, 4], 0],
      ["block", "globalAveragePool", [4], 0],
      ["head", "dense", [2], 8],
    ]);
    expect(parameters).toBe(3 * 3 * 3 * 4 + 4 + 4 + 4 * 2 + 2);
    expect(macs).toBe(1728 + 8);
    expect(outputs).toEqual({ logits: [2] });
    expect(walk(net, { training: true }).layers.map(({ path }) => path)).toContain("block/dropout");
  });

  it("lists parameters in the order of their use, with what training must know", () => {
    expect(listParameters(net).map((it) => [it.name, it.shape, it.initialiser, it.trained, isDecayed(it)])).toEqual([
      ["block/conv/kernel", [3, 3, 3, 4], "he", true, true],
      ["block/norm/gamma", [4], "ones", true, false],
      ["block/norm/beta", [4], "zeros", true, false],
      ["block/norm/mean", [4], "zeros", false, false],
      ["block/norm/variance", [4], "ones", false, false],
      ["head/kernel", [4, 2], "glorot", true, true],
      ["head/bias", [2], "zeros", true, false],
    ]);
    expect(countParameters(listParameters(net))).toBe(3 * 3 * 3 * 4 + 4 + 4 + 4 * 2 + 2); // moving averages do not count
  });

  it.each([
    [
      "two layers of one name",
      (b, x) => b.relu(b.conv(b.conv(x, "a", { filters: 3, kernel: 1 }), "a", { filters: 3, kernel: 1 })),
      /called a/,
    ],
    ["shapes that do not add up", (b, x) => b.add(x, b.conv(x, "a", { filters: 4, kernel: 1 })), /\[8,8,3\] and \[8,8,4\]/],
    ["a dense layer on a picture", (b, x) => b.dense(x, "a", { units: 2 }), /a wants \[features\], got \[8,8,3\]/],
    [
      "groups that channels cannot be dealt to",
      (b, x) => b.conv(x, "a", { filters: 4, kernel: 1, groups: 2 }),
      /3 to 4 channels in 2/,
    ],
    [
      "a pool of what is no picture",
      (b, x) => b.maxPool(b.flatten(x), { size: 2 }),
      /Expected \[height, width, channels\], got \[192\]/,
    ],
    ["a grid that does not divide", (b, x) => b.adaptiveAveragePool(x, 3), /3 does not divide/],
  ] satisfies [string, <T>(b: Parameters<typeof net.forward<T>>[0], x: T) => T, RegExp][])("refuses %s", (_, build, message) => {
    expect(() => walk(tiny((b, x) => ({ logits: build(b, x) })))).toThrow(message);
  });
});
