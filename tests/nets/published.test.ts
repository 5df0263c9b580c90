import { describe, expect, it } from "vitest";
import { describe as walk } from "../../src/nets/backends/describe.ts";
import { findNet, nets } from "../../src/nets/index.ts";
import type { Net } from "../../src/nets/net.ts";

const netOf = (name: string) => {
  const net = findNet(name);
  if (!net) throw new Error(`no ${name}`);
  return net;
};

/**
 * Parameters and giga-multiply-adds as torchvision 0.28 publishes them with its weights; SE-ResNet-50 as timm counts it.
 * `size`: where they were counted on larger pictures than the paper's.
 */
const imagenet: readonly { name: string; parameters: number; gigaMacs: number; size?: number }[] = [
  { name: "alexnet", parameters: 61_100_840, gigaMacs: 0.714 },
  { name: "vgg11", parameters: 132_863_336, gigaMacs: 7.609 },
  { name: "vgg11-bn", parameters: 132_868_840, gigaMacs: 7.609 },
  { name: "vgg13", parameters: 133_047_848, gigaMacs: 11.308 },
  { name: "vgg13-bn", parameters: 133_053_736, gigaMacs: 11.308 },
  { name: "vgg16", parameters: 138_357_544, gigaMacs: 15.47 },
  { name: "vgg16-bn", parameters: 138_365_992, gigaMacs: 15.47 },
  { name: "googlenet", parameters: 6_624_904, gigaMacs: 1.498 },
  { name: "resnet18", parameters: 11_689_512, gigaMacs: 1.814 },
  { name: "resnet34", parameters: 21_797_672, gigaMacs: 3.664 },
  { name: "resnet50", parameters: 25_557_032, gigaMacs: 4.089 },
  { name: "densenet121", parameters: 7_978_856, gigaMacs: 2.834 },
  { name: "se-resnet50", parameters: 28_088_024, gigaMacs: 4.11 },
  { name: "efficientnet-b0", parameters: 5_288_548, gigaMacs: 0.386 },
  { name: "efficientnet-b1", parameters: 7_794_184, gigaMacs: 0.687 },
  { name: "efficientnet-b2", parameters: 9_109_994, gigaMacs: 1.088, size: 288 },
  { name: "efficientnet-b3", parameters: 12_233_232, gigaMacs: 1.827 },
  { name: "efficientnet-b4", parameters: 19_341_616, gigaMacs: 4.394 },
  { name: "efficientnet-b5", parameters: 30_389_784, gigaMacs: 10.266 },
  { name: "efficientnet-b6", parameters: 43_040_704, gigaMacs: 19.068 },
  { name: "efficientnet-b7", parameters: 66_347_960, gigaMacs: 37.746 },
];

describe("networks for ImageNet are the published ones", () => {
  it.each(imagenet)("$name: $parameters parameters, $gigaMacs GMACs", ({ name, parameters, gigaMacs, size }) => {
    const net = netOf(name);
    const found = walk(net, { size: size ?? net.size });
    expect(found.parameters).toBe(parameters);
    expect(Math.abs(found.macs / 1e9 / gigaMacs - 1)).toBeLessThan(0.01);
    expect(found.outputs.logits).toEqual([1000]);
  });

  it("GoogLeNet has two auxiliary classifiers while training, with 3x3 and with the paper's 5x5", () => {
    expect(walk(netOf("googlenet"), { training: true }).parameters).toBe(13_004_888);
    expect(walk(netOf("googlenet-5x5")).parameters).toBe(7_005_832);
    expect(walk(netOf("googlenet-5x5"), { training: true }).parameters).toBe(13_385_816);
    expect(walk(netOf("googlenet"), { training: true }).outputs.aux).toEqual([[1000], [1000]]);
    expect(walk(netOf("googlenet")).outputs.aux).toBeUndefined();
  });
});

describe("networks for CIFAR-10 are the papers' own", () => {
  it.each([
    [8, 75_290, 78_042],
    [14, 172_506, 175_258],
    [20, 269_722, 272_474],
    [32, 464_154, 466_906],
    [44, 658_586, 661_338],
    [56, 853_018, 855_770],
    [110, 1_727_962, 1_730_714],
  ])("ResNet-%i: %i parameters with shortcuts A, %i with B", (depth, a, b) => {
    expect(walk(netOf(`resnet${depth}a`)).parameters).toBe(a);
    expect(walk(netOf(`resnet${depth}`)).parameters).toBe(b);
  });

  it.each([20, 32, 44, 56])("plain-%i differs from ResNet-%i in its shortcuts alone, which cost nothing", (depth) => {
    const [plain, residual] = [walk(netOf(`plain${depth}`)), walk(netOf(`resnet${depth}a`))];
    expect(plain.parameters).toBe(residual.parameters);
    expect(plain.macs).toBe(residual.macs);
    const learned = (it: typeof plain) => it.layers.flatMap(({ parameters }) => parameters.map(({ name }) => name));
    expect(learned(plain)).toEqual(learned(residual));
    expect(plain.layers.some(({ kind }) => kind === "add")).toBe(false);
  });

  it.each([
    ["8", "11px"],
    ["32", "11px"],
    ["20", "16px"],
    ["56", "16px"],
  ])("plain-%s and ResNet-%s on smaller pictures have the layers and parameters of those on 32 pixels", (depth, side) => {
    const [plain, residual] = [walk(netOf(`plain${depth}-${side}`)), walk(netOf(`resnet${depth}a-${side}`))];
    expect(residual.parameters).toBe(walk(netOf(`resnet${depth}a`)).parameters);
    expect([plain.parameters, plain.macs]).toEqual([residual.parameters, residual.macs]);
    const first = residual.layers.find(({ kind }) => kind === "conv");
    expect(first?.output).toEqual([Number.parseInt(side, 10), Number.parseInt(side, 10), 16]);
  });

  it.each([
    "googlenet-mini",
    "googlenet-mini-no-reduction",
    "densenet-mini",
    "resnet20",
    "se-resnet8",
  ])("%s on 16 pixels has the parameters of that on 32, at about a quarter of the cost", (name) => {
    const [small, whole] = [walk(netOf(`${name}-16px`)), walk(netOf(name))];
    expect(small.parameters).toBe(whole.parameters);
    expect(small.macs / whole.macs).toBeCloseTo(0.25, 1);
    expect(netOf(`${name}-16px`).variant?.en).toContain("16 pixels");
  });

  it("GoogLeNet's twins lack the 1x1 reductions, or the auxiliary classifiers, and nothing else", () => {
    const [mini, unreduced, alone] = ["googlenet-mini", "googlenet-mini-no-reduction", "googlenet-mini-no-aux"].map(netOf);
    const paths = (net = mini) => new Set(walk(net as Net).layers.map(({ path }) => path));
    const missing = [...paths()].filter((path) => !paths(unreduced).has(path));
    expect(missing.every((path) => path.includes("/reduce"))).toBe(true);
    expect(missing.length).toBeGreaterThan(0);
    expect(walk(alone as Net).parameters).toBe(walk(mini as Net).parameters);
    expect(walk(alone as Net, { training: true }).outputs.aux).toEqual([]);
    expect(walk(mini as Net, { training: true }).outputs.aux).toHaveLength(2);
  });

  it("DenseNet-BC of 40 and 100 layers", () => {
    expect(walk(netOf("densenet-bc40")).parameters).toBe(176_122);
    expect(walk(netOf("densenet-bc100")).parameters).toBe(769_162);
  });

  it("SE adds to each block 2c²/r + c + c/r parameters", () => {
    const added = [16, 32, 64].reduce((sum, c) => sum + 3 * ((2 * c * c) / 8 + c + c / 8), 0);
    expect(walk(netOf("se-resnet20")).parameters).toBe(272_474 + added);
  });

  it("airbench94 has the reference's 1,972,792 without its gammas, which are fixed at 1", () => {
    expect(walk(netOf("airbench94")).parameters).toBe(1_972_792 - 2 * (64 + 256 + 256));
  });
});

it.each(nets.filter(({ size }) => size <= 32))("$name is small enough to ship", (net) => {
  expect(walk(net).parameters).toBeLessThanOrEqual(2_200_000);
});

describe.each(nets)("$name", (net) => {
  it("walks with and without training, for any number of classes", () => {
    const [trained, used] = [true, false].map((training) => walk(net, { classes: 7, training }));
    expect(trained?.outputs.logits).toEqual([7]);
    expect(used?.outputs.logits).toEqual([7]);
    const names = trained?.layers.flatMap(({ parameters }) => parameters.map(({ name }) => name)) ?? [];
    expect(new Set(names).size).toBe(names.length);
    for (const { parameters } of used?.layers ?? []) for (const { name } of parameters) expect(names).toContain(name);
  });

  it("introduces itself in both languages", () => {
    expect(net.paper.link).toMatch(/^https:\/\//);
    for (const text of [net.idea, net.lesson]) {
      expect(text.ko).toMatch(/[가-힣].*요(\([^)]*\))?\.$/);
      expect(text.en).toMatch(/\.$/);
    }
  });
});

it("no two networks share a name", () => {
  expect(new Set(nets.map(({ name }) => name)).size).toBe(nets.length);
  expect(findNet("lenet")).toBeUndefined();
});
