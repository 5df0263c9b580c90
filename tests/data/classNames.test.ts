import { expect, it } from "vitest";
import { classNamesOf } from "../../src/data/classNames.ts";
import { drawShapes } from "../../src/data/shapes/index.ts";

it("the classes are known before the pictures are, in the order of the labels", () => {
  expect(classNamesOf({ kind: "published", name: "shapes" })).toEqual(drawShapes({ train: 10, test: 10 }).classes);
  expect(classNamesOf({ kind: "published", name: "cifar10" })[3]).toBe("cat");
  expect(classNamesOf({ kind: "published", name: "fashion-mnist" })).toHaveLength(10);
  const pictures = ["dog", "cat", null, "dog"].map((label, i) => ({ blob: `${i}`.repeat(64), label }));
  expect(classNamesOf({ kind: "pictures", name: "pets", pictures })).toEqual(["cat", "dog"]);
});
