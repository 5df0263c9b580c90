import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findName, nearestNames } from "../../src/models/names.ts";
import { nets } from "../../src/nets/index.ts";
import { recipes } from "../../src/runs/recipes.ts";

const networks = nets.map(({ name }) => name);
/** As a group may have them, the best first. */
const models = ["resnet50", "efficientnet_b0", ...Object.keys(recipes), "resnet20.shapes", "our-house"];

describe("what people type for a network", () => {
  it.each([
    ["resnet20", "resnet20"],
    ["ResNet-20", "resnet20"],
    ["resnet 20", "resnet20"],
    ["RESNET_110A", "resnet110a"],
    ["se resnet20", "se-resnet20"],
    ["efficientnet b0", "efficientnet-b0"],
    ["EfficientNetB7", "efficientnet-b7"],
    ["vgg16 bn", "vgg16-bn"],
    ["레스넷20", "resnet20"],
    ["레스넷 20", "resnet20"],
    ["구글넷", "googlenet"],
    ["vgg-cifar", "vgg-mini"],
    ["densenet-bc-cifar", "densenet-mini"],
    ["house", "airbench94"],
    ["densenet", "densenet-mini"],
  ])("%s is %s", (typed, name) => expect(findName(typed, networks)).toBe(name));

  it.each([
    ["densnet", ["densenet121", "densenet-bc40", "densenet-mini", "densenet-bc100"]],
    ["resnet21", ["resnet20"]],
    ["레스넷", ["resnet8", "resnet18", "resnet34", "resnet50", "resnet8a"]],
    ["googelnet", ["googlenet", "googlenet-5x5", "googlenet-mini"]],
  ])("%s is none, but near to some", (typed, near) => {
    expect(findName(typed, networks)).toBeUndefined();
    expect(nearestNames(typed, networks).slice(0, near.length)).toEqual(near);
  });

  it.each(["", "  ", "…", "transformer", "고양이"])("%j is none and near to none", (typed) => {
    expect(findName(typed, networks)).toBeUndefined();
    expect(nearestNames(typed, networks)).toEqual([]);
  });
});

describe("what people type for a model", () => {
  it.each([
    ["resnet20.cifar10", "resnet20.cifar10"],
    ["ResNet20 CIFAR10", "resnet20.cifar10"],
    ["resnet20", "resnet20.cifar10"], // the first of two, because the best comes first
    ["ResNet-20", "resnet20.cifar10"],
    ["efficientnet b0", "efficientnet_b0"],
    ["레스넷50", "resnet50"],
    ["house", "airbench94.cifar10"],
    ["AirBench 94", "airbench94.cifar10"],
    ["airbench94 unsmoothed", "airbench94-unsmoothed.cifar10"],
    ["vgg", "vgg-mini.cifar10"],
    ["densenet", "densenet-mini.cifar10"],
    ["efficientnet", "efficientnet-mini.cifar10"],
    ["googlenet-cifar", "googlenet-mini.cifar10"],
    ["alexnet-cifar", "alexnet-mini.cifar10"],
    ["resnet8", "resnet8.cifar10"],
    ["se-resnet20", "se-resnet20.cifar10"],
    ["our house", "our-house"],
  ])("%s is %s", (typed, name) => expect(findName(typed, models)).toBe(name));

  it("is a group's own model where that has a former name", () => expect(findName("house", [...models, "house"])).toBe("house"));

  it("is nothing that is not there: a former name finds nothing where its model is not installed", () =>
    expect(findName("house", ["resnet50"])).toBeUndefined());
});

it("every model that ships is named after its network and its data set, and one for teaching after what it learned without", () => {
  for (const [name, { net, dataset, role }] of Object.entries(recipes))
    expect(name).toBe(`${net}${role === "teacher" ? "-unsmoothed" : ""}.${dataset}`);
});

it("every name in use means itself, and no network is called as a model that ships", () => {
  for (const known of [networks, Object.keys(recipes)]) for (const name of known) expect(findName(name, known)).toBe(name);
  expect(Object.keys(recipes).filter((name) => networks.includes(name))).toEqual([]);
});

it("whatever is typed: the answer is one of the names, and suggestions are at most five of them", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9 .-]{0,20}$/)), (typed) => {
      expect([undefined, ...networks]).toContain(findName(typed, networks));
      const near = nearestNames(typed, networks);
      expect(near.length).toBeLessThanOrEqual(5);
      expect(networks).toEqual(expect.arrayContaining(near));
    }),
  );
});
