import { beforeAll, describe, expect, it } from "vitest";
import { hashOf } from "../../src/blobs/blobs.ts";
import type { LabelledPicture } from "../../src/data/dataSource.ts";
import { readPictures, readUnlabelled } from "../../src/data/pictures.ts";
import { drawSplit } from "../../src/data/splitPictures.ts";
import { UserError } from "../../src/errors.ts";
import { encodeJpeg } from "../../src/images/encode.ts";
import { solidImage } from "../../src/images/image.ts";

const files = new Map<string, Uint8Array>();
const read = async (blob: string): Promise<Uint8Array> => files.get(blob) ?? Promise.reject(new Error(`no ${blob}`));

/** Pictures of one colour, each a little wider than the one before. */
const photos = async (label: string, colour: readonly [number, number, number], count: number): Promise<LabelledPicture[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const bytes = await encodeJpeg(solidImage(60 + i, 40, colour));
      files.set(hashOf(bytes), bytes);
      return { blob: hashOf(bytes), label };
    }),
  );

let red: LabelledPicture[];
let blue: LabelledPicture[];
beforeAll(async () => {
  red = await photos("red", [200, 20, 20], 10);
  blue = await photos("blue", [20, 20, 200], 3);
});

describe("the group's labelled pictures", () => {
  it("are a data set: classes in alphabetical order, a fifth of each to test with, at least one", async () => {
    const { classes, train, test, size } = await readPictures([...red, ...blue], read, 16);
    expect([classes, size]).toEqual([["blue", "red"], 16]);
    expect([...train.labels]).toEqual([0, 0, ...Array(8).fill(1)]);
    expect([...test.labels]).toEqual([0, 1, 1]);
    const first = [...test.pixels.subarray(0, 3)].map((it) => Math.round(it / 20) * 20);
    expect(first).toEqual([20, 20, 200]);
  });

  it("are split alike in whatever order they come", async () => {
    const [one, other] = [
      await readPictures([...red, ...blue], read, 8),
      await readPictures([...blue, ...red].reverse(), read, 8),
    ];
    expect(other.test.pixels).toEqual(one.test.pixels);
    expect(other.train.labels).toEqual(one.train.labels);
  });

  it("stay on their side of the split, but for a few, when a class grows", async () => {
    const more = [...red, ...(await photos("red", [180, 30, 30], 30))];
    const testOf = async (them: readonly LabelledPicture[]) => {
      const asked: string[] = [];
      const seen = async (blob: string) => {
        asked.push(blob);
        return read(blob);
      };
      const { train, test } = await readPictures([...them, ...blue], seen, 8);
      return new Set(asked.slice(train.count, train.count + test.count));
    };
    const [before, after] = [await testOf(red), await testOf(more)];
    const learnedBefore = red.map((it) => it.blob).filter((it) => !before.has(it));
    expect(learnedBefore.filter((it) => after.has(it)).length).toBeLessThanOrEqual(3); // of eight
  });

  it.each([
    ["nothing", () => [], /nothing is labelled yet/],
    ["one class", () => red, /only one class, red \(10\)/],
    ["a class of one picture", () => [...red, ...blue.slice(0, 1)], /only one picture of blue/],
  ])("are refused with what is missing: %s", async (_, labelled, said) => {
    const mistake = await readPictures(labelled(), read, 8).catch((it: unknown) => it);
    expect(mistake).toBeInstanceOf(UserError);
    expect((mistake as UserError).mistake.code).toBe("too_few_labels");
    expect((mistake as UserError).message).toMatch(said);
  });

  it("are in the split that they were put in, and those not put anywhere in that of their hash", async () => {
    const put = [
      ...red.map((it, i) => ({ ...it, split: i < 7 ? ("test" as const) : ("train" as const) })),
      ...blue.map((it, i) => (i === 0 ? { ...it, split: "test" as const } : it)),
    ];
    const { train, test } = await readPictures(put, read, 8);
    expect([[...train.labels], [...test.labels]]).toEqual([
      [0, 0, 1, 1, 1],
      [0, 1, 1, 1, 1, 1, 1, 1],
    ]);
    const oneSided = readPictures([...red, ...blue.map((it) => ({ ...it, split: "train" as const }))], read, 8);
    await expect(oneSided).rejects.toThrow(/blue has no picture in the test split/);
  });

  it("are not counted where nobody labelled them, and read apart from the others", async () => {
    const files = [...red.slice(0, 3).map((it) => ({ ...it, label: null })), ...red.slice(3), ...blue];
    const broken = { blob: "0".repeat(64), label: null };
    const readOrBroken = async (blob: string) => (blob === broken.blob ? new Uint8Array([1, 2, 3]) : read(blob));
    expect((await readPictures(files, read, 8)).train.count).toBe(6 + 2);
    const { count, labels, pixels } = await readUnlabelled([broken, ...files], readOrBroken, 8);
    expect([count, labels.length, pixels.length]).toEqual([3, 3, 3 * 8 * 8 * 3]);
    expect(Math.abs((pixels[0] as number) - 200)).toBeLessThan(8);
  });
});

describe("a drawn split", () => {
  const pictures = ["a", "b"].flatMap((label, c) =>
    Array.from({ length: 10 * (c + 1) }, (_, i) => ({ blob: label + String(i).padStart(2, "0"), label })),
  );
  const testsOf = (drawn: ReturnType<typeof drawSplit>) => drawn.filter((it) => it.split === "test").map((it) => it.blob);

  it("takes the same share of each class, the same for the same seed in whatever order, and others for another", () => {
    const drawn = testsOf(drawSplit(pictures, { share: 0.2, seed: 1 }));
    expect([drawn.filter((it) => it.startsWith("a")).length, drawn.filter((it) => it.startsWith("b")).length]).toEqual([2, 4]);
    expect(testsOf(drawSplit(pictures.toReversed(), { share: 0.2, seed: 1 }))).toEqual(drawn);
    expect(testsOf(drawSplit(pictures, { share: 0.2, seed: 2 }))).not.toEqual(drawn);
  });

  it("leaves something to train on and something to test with, and a class's only picture to train on", () => {
    const few = [...pictures.slice(0, 2), { blob: "z", label: "c" }];
    for (const share of [0.01, 0.99]) expect(testsOf(drawSplit(few, { share, seed: 3 })).length).toBe(1);
    expect(drawSplit(few, { share: 0.99, seed: 3 })).toContainEqual({ blob: "z", split: "train" });
  });
});
