import { describe, expect, it } from "vitest";
import { cifar10 } from "../../src/models/cifar10.ts";
import { commonName, kindsOf } from "../../src/models/kinds.ts";
import { labelsOf } from "../../src/models/labels.ts";

const imagenet = labelsOf("imagenet", 1000);
const words = new Set(cifar10.classes);
const called = (name: string) => imagenet.filter((it) => commonName(it, words) === name);

describe("what ImageNet's classes are kinds of", () => {
  it("is known of every one", () => {
    // What is nobody's kind below "artifact" or "organism" has no group, and needs none.
    expect(imagenet.filter((it) => kindsOf(it).length === 0).length).toBeLessThan(40);
  });

  it.each([
    ["cocker spaniel", "dog"],
    ["Egyptian cat", "cat"],
    ["sorrel", "horse"],
    ["airliner", "airplane"],
    ["sports car", "automobile"],
    ["fire engine", "truck"],
    ["container ship", "ship"],
    ["Cardigan", "dog"],
    ["cardigan", "cardigan"],
    ["tree frog", "frog"],
    ["toucan", "bird"],
    ["bagel", "bagel"],
    ["school bus", "school bus"],
    ["crane (machine)", "crane (machine)"],
    ["a class of somebody's own", "a class of somebody's own"],
  ])("%s is %s where a model of CIFAR-10 is asked too", (label, name) => expect(commonName(label, words)).toBe(name));

  it("finds each of CIFAR-10's classes as often as ILSVRC's own list has it, and no deer", () => {
    // 118 breeds, and no wild dogs; 59 birds; five cats of the house and eight large ones, which WordNet calls cats too.
    expect(called("dog")).toHaveLength(118);
    expect(called("bird")).toHaveLength(59);
    expect(called("cat")).toHaveLength(13);
    expect(called("frog")).toHaveLength(3);
    expect(called("horse")).toEqual(["sorrel"]);
    expect(called("deer")).toEqual([]);
  });
});
