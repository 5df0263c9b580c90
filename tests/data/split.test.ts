import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { allocateImages, type LabelledImages } from "../../src/data/dataset.ts";
import { splitValidation } from "../../src/data/split.ts";
import { shuffled } from "../../src/random.ts";

/** Images of one pixel whose bytes number them, `counts[label]` of each class, in an order without any sense. */
const numbered = (counts: readonly number[]): LabelledImages => {
  const labels = counts.flatMap((count, label) => Array<number>(count).fill(label));
  const images = allocateImages(labels.length, 1);
  shuffled(labels.length, 9).forEach((from, i) => {
    images.labels[i] = labels[from] as number;
    images.pixels.set([i & 255, i >> 8, 0], i * 3);
  });
  return images;
};
const numbersOf = ({ pixels, count }: LabelledImages) =>
  Array.from({ length: count }, (_, i) => (pixels[i * 3] as number) + 256 * (pixels[i * 3 + 1] as number));
const countsOf = ({ labels }: LabelledImages, classes: number) =>
  Array.from({ length: classes }, (_, label) => labels.filter((it) => it === label).length);

describe("validation images", () => {
  it("are a tenth of each class, and share none with those to train on and miss none", () => {
    const images = numbered([200, 100, 300]);
    const { train, validation } = splitValidation(images, 1);
    expect(countsOf(validation, 3)).toEqual([20, 10, 30]);
    expect([...numbersOf(train), ...numbersOf(validation)].sort((a, b) => a - b)).toEqual(numbersOf(images));
    expect(numbersOf(train).filter((it) => numbersOf(validation).includes(it))).toEqual([]);
  });

  it("are the same every time", () => {
    const [one, again] = [splitValidation(numbered([40, 60]), 1), splitValidation(numbered([40, 60]), 1)];
    expect(numbersOf(again.validation)).toEqual(numbersOf(one.validation));
    expect(numbersOf(again.train)).toEqual(numbersOf(one.train));
  });

  it.each([
    ["a tenth in all, where a tenth of each is not a whole number", [25, 25], [3, 2]],
    ["a rare class gives one", [3, 97], [1, 10]],
    ["three of each class give one of each", [3, 3], [1, 1]],
    ["two of each class give one of each", [2, 2], [1, 1]],
    ["a class's only image stays in training", [1, 60], [0, 6]],
    ["one of each class gives none", [1, 1], [0, 0]],
  ])("%s", (_, counts, expected) => {
    const { train, validation } = splitValidation(numbered(counts), 1);
    expect(countsOf(validation, counts.length)).toEqual(expected);
    expect(countsOf(train, counts.length)).toEqual(counts.map((it, i) => it - (expected[i] as number)));
  });

  it("are never more than 5,000, and of CIFAR-10's size the same ones that the shipped models were chosen by", () => {
    const { train, validation } = splitValidation(numbered(Array(10).fill(5_000)), 1);
    expect([train.count, validation.count]).toEqual([45_000, 5_000]);
    // Of the indices, in order, as the version that trained the shipped models drew them.
    expect(createHash("sha256").update(numbersOf(validation).join()).digest("hex")).toBe(
      "a142c4e3a9c5661c09bafd6edc29565a4449ccac065d1fd5de3920f99abfb6d7",
    );
  });
});
