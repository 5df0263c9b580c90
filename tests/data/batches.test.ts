import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BatchAugmentation } from "../../src/data/augmentedPicture.ts";
import { type BatchPlan, batches } from "../../src/data/batches.ts";
import { allocateImages, type LabelledImages, normaliseImages, selectImages } from "../../src/data/dataset.ts";
import { stepsPerEpoch } from "../../src/data/order.ts";
import { measureNormalisation } from "../../src/data/photos.ts";
import { prefetchBatches } from "../../src/data/prefetch.ts";
import { fillGrey } from "../../src/images/image.ts";
import { seeded } from "../../src/random.ts";

const SIZE = 8;
const asTheyAre = { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] } as const; // pixels keep their values

/** Pictures of noise that can be told apart. */
const noise = (count: number): LabelledImages => {
  const images = allocateImages(count, SIZE);
  const rng = seeded(3);
  for (let i = 0; i < images.pixels.length; i++) images.pixels[i] = rng() * 256;
  for (let i = 0; i < count; i++) images.labels[i] = i % 10;
  return images;
};

const plan = (augment: BatchAugmentation, more: Partial<BatchPlan> = {}): BatchPlan => ({
  ...{ images: noise(40), size: SIZE, classes: 10, normalisation: asTheyAre, batch: 10, seed: 7, augment },
  ...more,
});

const everything: BatchAugmentation = {
  crop: { pad: 2, edge: "grey" },
  flip: "random",
  cutout: 3,
  policy: "rand-m9-n2-inc1",
  mix: { kind: "cutmix", alpha: 1, probability: 0.5 },
};

const rows = (x: Float32Array): string[] =>
  Array.from({ length: x.length / 192 }, (_, n) => x.slice(n * 192, (n + 1) * 192).join());

describe("a batch", () => {
  it("depends on the seed and its step, not on which steps were asked for before", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 1000 }),
        (a, b, seed) => {
          const one = batches(plan(everything, { seed }));
          one(a);
          expect(one(b)).toEqual(batches(plan(everything, { seed }))(b));
        },
      ),
      { numRuns: 30 },
    );
    expect(batches(plan({}))(0)).not.toEqual(batches(plan({}, { seed: 8 }))(0));
  });

  it("shows every picture once an epoch, each time in another order", () => {
    const next = batches(plan({}));
    const all = rows(normaliseImages(noise(40), asTheyAre)).sort();
    const epoch = (from: number) => [0, 1, 2, 3].flatMap((it) => rows(next(from + it).x));
    expect(stepsPerEpoch({ count: 43, batch: 10 })).toBe(4);
    expect(epoch(0).sort()).toEqual(all);
    expect(epoch(4).sort()).toEqual(all);
    expect(epoch(0)).not.toEqual(epoch(4));
  });

  it("is the same when a worker thread prepares it", async () => {
    const source = prefetchBatches(plan(everything));
    const here = batches(plan(everything));
    for (const step of [5, 6, 7, 30]) expect(await source.next(step)).toEqual(here(step));
    await source.close();
  });

  it("says which picture each row is and whether it is mirrored, so that what is known of it is found whatever the order", () => {
    const values = Float32Array.from({ length: 40 * 2 }, (_, i) => i);
    const pictures = Uint32Array.from([39, 3, 20, 11, 5, 8, 30, 2, 19, 7, 1]);
    for (const seed of [1, 2, 3]) {
      const planned = plan({ flip: "random" }, { seed, pictures, batch: 5, lookups: { known: { values, width: 1 } } });
      for (let step = 0; step < 6; step++) {
        const { x, index, flipped, known } = batches(planned)(step);
        for (let n = 0; n < 5; n++) {
          const [picture, mirrored] = [index[n] as number, flipped[n] as number];
          expect(pictures).toContain(picture);
          expect(known?.[n]).toBe(2 * picture + mirrored);
          const shown = rows(x)[n];
          const plain = plan({}, { pictures: Uint32Array.of(picture), batch: 1 });
          if (mirrored === 0) expect(shown).toBe(rows(batches(plain)(0).x)[0]);
          else expect(shown).not.toBe(rows(batches(plain)(0).x)[0]);
        }
      }
    }
  });

  it("takes targets in the place of labels, and leaves a hidden one zero", () => {
    const targets = new Float32Array(40 * 10);
    targets.set([0.25, 0.75], 10);
    const pictures = Uint32Array.of(1, 2);
    const { y, index } = batches(plan({}, { targets, pictures, batch: 2 }))(0);
    const rowOf = (picture: number) => Array.from(y.subarray(index.indexOf(picture) * 10).subarray(0, 3));
    expect(rowOf(1)).toEqual([0.25, 0.75, 0]);
    expect(rowOf(2)).toEqual([0, 0, 0]);
  });

  it("shows the same pictures a second time, otherwise augmented", () => {
    const { x, strong } = batches(plan({ flip: "random" }, { strong: { policy: "rand-m9-n2-inc1", cutout: 3 } }))(0);
    const second = rows(strong as Float32Array);
    expect(second).toHaveLength(10);
    expect(second.filter((it, n) => it === rows(x)[n])).toHaveLength(0);
  });

  it("has labels that sum to one, mixed by the share of the picture", () => {
    const { y } = batches(plan(everything))(2);
    for (let n = 0; n < 10; n++) expect(y.slice(n * 10, n * 10 + 10).reduce((sum, it) => sum + it)).toBeCloseTo(1, 6);
    expect([...y].some((it) => it > 0 && it < 1)).toBe(true);
    expect([...batches(plan({}))(2).y].every((it) => it === 0 || it === 1)).toBe(true);
  });

  it("flips every picture every other epoch when flips alternate", () => {
    const next = batches(plan({ flip: "alternating" }, { batch: 40 }));
    const mirror = (row: string) => {
      const values = row.split(",");
      return Array.from({ length: 192 }, (_, i) => {
        const [place, channel] = [Math.floor(i / 3), i % 3];
        return values[(Math.floor(place / SIZE) * SIZE + (SIZE - 1 - (place % SIZE))) * 3 + channel];
      }).join();
    };
    const [first, second, third] = [0, 1, 2].map((it) => rows(next(it).x).sort());
    expect(first?.map(mirror).sort()).toEqual(second);
    expect(third).toEqual(first);
    const plain = new Set(rows(normaliseImages(noise(40), asTheyAre)));
    const flipped = first?.filter((it) => !plain.has(it)).length ?? 0;
    expect(flipped).toBeGreaterThan(8);
    expect(flipped).toBeLessThan(32);
  });

  it("moves a picture by whole pixels and fills with grey, or mirrors at its edge", () => {
    const one = selectImages(noise(1), SIZE, [0]);
    const at = (x: Float32Array, column: number, row: number) => x[(row * SIZE + column) * 3] as number;
    const whole = normaliseImages(one, asTheyAre);
    const shifts = (edge: "grey" | "reflect", right: number, down: number) => (column: number, row: number) => {
      const [x, y] = [column + right, row + down];
      const inside = (it: number) => it >= 0 && it < SIZE;
      const fold = (it: number) => (it < 0 ? -it : it >= SIZE ? 2 * SIZE - 2 - it : it);
      if (edge === "grey") return inside(x) && inside(y) ? at(whole, x, y) : fillGrey;
      return at(whole, fold(x), fold(y));
    };
    for (const edge of ["grey", "reflect"] as const) {
      const { x } = batches(plan({ crop: { pad: 2, edge } }, { images: one, batch: 1 }))(3);
      const matches = [-2, -1, 0, 1, 2].flatMap((right) =>
        [-2, -1, 0, 1, 2].filter((down) =>
          Array.from({ length: SIZE * SIZE }, (_, i) => [i % SIZE, Math.floor(i / SIZE)] as const).every(
            ([column, row]) => at(x, column, row) === shifts(edge, right, down)(column, row),
          ),
        ),
      );
      expect(matches).toHaveLength(1);
    }
  });
});

it("a cutout in a batch is a grey square of the right side, wherever it falls", () => {
  const side = 4;
  const holes = [0, 1, 2, 3].flatMap((step) => {
    const { x } = batches(plan({ cutout: side }, { normalisation: asTheyAre }))(step);
    return rows(x).map((row) => row.split(",").filter((it) => Number(it) === fillGrey).length / 3);
  });
  // Noise has grey values of its own, about one in 256.
  expect(Math.max(...holes)).toBeGreaterThanOrEqual(side * side);
  expect(Math.max(...holes)).toBeLessThan(side * side + 2);
  expect(Math.min(...holes)).toBeGreaterThanOrEqual(0);
});

it("normalised with their own mean and deviation, pictures have mean 0 and deviation 1", () => {
  const pictures = noise(40);
  const values = normaliseImages(pictures, measureNormalisation(pictures));
  for (const channel of [0, 1, 2]) {
    const own = values.filter((_, i) => i % 3 === channel);
    const mean = own.reduce((sum, it) => sum + it, 0) / own.length;
    expect(mean).toBeCloseTo(0, 5);
    expect(own.reduce((sum, it) => sum + (it - mean) ** 2, 0) / own.length).toBeCloseTo(1, 4);
  }
});
