import { describe, expect, it } from "vitest";
import { allocateImages, type Dataset, type LabelledImages } from "../../src/data/dataset.ts";
import { splitIndices } from "../../src/data/split.ts";
import type { DenseLayer } from "../../src/onnx/newHead.ts";
import { forPlainFeatures, measureStandardisation, standardise } from "../../src/runs/standardise.ts";
import { transferData } from "../../src/runs/transferData.ts";

/** Pictures of one pixel that all differ, of two classes in turn. */
const images = (count: number, first: number): LabelledImages => {
  const made = allocateImages(count, 1);
  for (let n = 0; n < count; n++) {
    made.labels[n] = n % 2;
    made.pixels.set([first + n, n % 2, 0], 3 * n);
  }
  return made;
};
const datasetOf = (train: number, test: number): Dataset => ({
  ...{ name: "pixels", size: 1, classes: ["a", "b"], normalisation: { mean: [0, 0, 0], std: [1, 1, 1] } },
  ...{ train: images(train, 0), test: images(test, 0) },
});
const choose = (dataset: Dataset, labels: number[], { looked = 1e9, measured = 1e9, seeds = 1 } = {}) =>
  transferData(
    {
      ...{ dataset, ...splitIndices(dataset.train) },
      spec: {
        ...{ kind: "transfer", data: "pixels", preset: "taste", seed: 1, seeds },
        ...{ model: "m", mode: "head", labels, lr: 1, backboneLr: 1 },
      },
    },
    { looked, measured },
  );
/** What tells a picture from all others: its first byte. */
const picturesAt = ({ train }: Dataset, indices: Uint32Array) => [...indices].map((it) => train.pixels[3 * it] as number);

describe("the pictures of a transfer run", () => {
  const dataset = datasetOf(200, 40);

  it("are as many of each class, those of few labels among those of many, and others with another seed", () => {
    const chosen = choose(dataset, [30, 3, 10], { seeds: 2 });
    expect(chosen.counts).toEqual([3, 10, 30]);
    const sets = chosen.counts.map((count) => picturesAt(chosen.dataset, chosen.labelled(count, 1)));
    for (const [i, set] of sets.entries()) {
      const count = chosen.counts[i] as number;
      expect(set.filter((it) => it % 2 === 0)).toHaveLength(count);
      expect(set).toHaveLength(2 * count);
      expect(sets[i + 1] ?? set).toEqual(expect.arrayContaining(set));
    }
    expect(picturesAt(chosen.dataset, chosen.labelled(30, 2)).sort()).not.toEqual(sets[2]?.sort());
  });

  it("have the labels they had, and nobody learns from those for validation", () => {
    const chosen = choose(dataset, [50]);
    const { train } = chosen.dataset;
    for (let i = 0; i < train.count; i++) expect(train.labels[i]).toBe(train.pixels[3 * i + 1]);
    const learned = picturesAt(chosen.dataset, chosen.labelled(50, 1));
    const validation = picturesAt(chosen.dataset, chosen.validation);
    expect(validation).toEqual(Array.from(splitIndices(dataset.train).validation));
    expect(learned.filter((it) => validation.includes(it))).toEqual([]);
  });

  it("of up to twenty labels a class are all learned from", () => {
    const few = choose(datasetOf(16, 4), []);
    expect(few.counts).toEqual([8]);
    expect(few.validation).toHaveLength(0);
    expect([...few.labelled(8, 1)].sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i));
  });

  it("are no more labels than there are, and no count twice", () => {
    expect(choose(datasetOf(16, 4), [5, 10, 100, 10_000]).counts).toEqual([5, 8]);
    expect(choose(datasetOf(2, 2), [10]).counts).toEqual([1]);
  });

  it("are fewer where a model could not look at all of them, and the test pictures of each class alike", () => {
    const { counts, dataset: small, validation } = choose(dataset, [], { looked: 40 });
    expect(counts).toEqual([10]);
    expect(validation).toHaveLength(4);
    expect(small.train.count).toBe(24);
    expect(small.test.count).toBe(16);
    expect([...small.test.labels].filter((it) => it === 1)).toHaveLength(8);
  });
});

describe("standardised features", () => {
  // Two features of three pictures: variances 200 and 2, of which a tenth of their mean is 10.1 for both.
  const values = [-10, 0, 4, 1, 6, 2, 20, 1].map((it) => it);
  const features = () => Float32Array.from(values);

  it("lose their mean and are divided by their deviation, with a floor for those that hardly vary", () => {
    const { mean, scale } = measureStandardisation(features(), 2);
    expect([...mean]).toEqual([5, 1]);
    const variances = [(15 ** 2 + 1 + 1 + 15 ** 2) / 4, 0.5];
    const floor = (0.1 * ((variances[0] as number) + (variances[1] as number))) / 2;
    for (const i of [0, 1]) expect(scale[i]).toBeCloseTo(Math.sqrt((variances[i] as number) + floor), 5);
    const single = measureStandardisation(Float32Array.of(3, 4), 2);
    expect([...standardise(Float32Array.of(3, 4), single)]).toEqual([0, 0]);
  });

  it("give a layer the logits that its counterpart gives of plain ones", () => {
    const measured = measureStandardisation(features(), 2);
    const layer = { width: 2, kernel: Float32Array.of(1, -2, 0.5, 3, 4, -1), bias: Float32Array.of(0.1, 0.2, -0.3) };
    const plain = forPlainFeatures(layer, measured);
    const logits = (row: Float32Array, { kernel, bias }: DenseLayer) =>
      [0, 1, 2].map(
        (k) => (bias[k] as number) + [0, 1].reduce((sum, f) => sum + (row[f] as number) * (kernel[3 * f + k] as number), 0),
      );
    const standard = standardise(features(), measured);
    for (const n of [0, 1, 2, 3]) {
      const expected = logits(standard.subarray(2 * n, 2 * n + 2), layer);
      const got = logits(features().subarray(2 * n, 2 * n + 2), plain);
      for (const k of [0, 1, 2]) expect(got[k]).toBeCloseTo(expected[k] as number, 4);
    }
  });
});
