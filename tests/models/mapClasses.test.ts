import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { cifar10 } from "../../src/models/cifar10.ts";
import { labelsOf } from "../../src/models/labels.ts";
import { findClasses, mapClasses } from "../../src/models/mapClasses.ts";
import { shuffled } from "../../src/random.ts";

const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 12 });
const cifar = [...cifar10.classes];

describe("the same name", () => {
  it("is found wherever it stands", () => {
    fc.assert(
      fc.property(names, fc.nat(), (known, seed) => {
        const order = Array.from(shuffled(known.length, seed));
        const classes = order.map((index) => known[index] as string);
        expect(findClasses(known, classes)).toEqual(order);
      }),
    );
  });

  it("comes before a similar one, and no class of the model is taken twice", () => {
    expect(findClasses(["CAT", "cats", "cat"], ["cat"])).toEqual([2]);
    expect(findClasses(["dog", "cat"], ["cats", "cat"])).toEqual([-1, 1]);
    fc.assert(
      fc.property(names, names, (known, classes) => {
        const found = findClasses(known, classes).filter((it) => it >= 0);
        expect(new Set(found).size).toBe(found.length);
        for (const [i, name] of classes.entries())
          if (known.includes(name)) expect(findClasses(known, classes)[i]).toBe(known.indexOf(name));
      }),
    );
  });
});

it("case, spaces, underscores, hyphens and plurals make no difference, nor do CIFAR-10's other words", () => {
  const loosely = ["Airplanes", "AUTOMOBILE", " bird ", "Cats", "deer", "dogs", "frogs", "horses", "ships", "trucks"];
  expect(findClasses(loosely, cifar)).toEqual(cifar.map((_, index) => index));
  expect(findClasses(["aeroplane", "car"], ["airplane", "automobile"])).toEqual([0, 1]);
  expect(findClasses(["sports_car", "berries", "bus"], ["sports car", "berry", "buses"])).toEqual([0, 1, 2]);
  expect(findClasses(["강아지", "고양이"], ["고양이", "강아지"])).toEqual([1, 0]);
});

it("words that merely end alike are not taken for plurals", () => {
  expect(findClasses(["glass", "iris", "bus"], ["glas", "iri", "bu"])).toEqual([-1, -1, -1]);
});

it("what several classes could mean is not guessed", () => {
  expect(findClasses(["Cat", "CAT"], ["cat"])).toEqual([-1]);
});

it("a model that lacks classes is refused with a few of them", () => {
  const refused = (known: string[], classes: string[]) => {
    try {
      mapClasses({ name: "teacher", classes: known }, classes, "cifar10");
    } catch (error) {
      return error instanceof UserError ? error.mistake : undefined;
    }
    return undefined;
  };
  expect(refused(["cat", "dog"], ["cat", "dog", "frog"])).toEqual({
    code: "teacher_classes",
    facts: { teacher: "teacher", data: "cifar10", missing: ["frog"] },
  });
  const missing = ["airplane", "automobile", "bird", "cat", "deer", "…"];
  expect(refused(labelsOf("imagenet", 1000), cifar)).toMatchObject({ facts: { missing } });
  expect(mapClasses({ name: "teacher", classes: cifar.toReversed() }, cifar, "cifar10")).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
});
