import { beforeAll, describe, expect, it } from "vitest";
import { hashOf } from "../../src/blobs/blobs.ts";
import { type LabelledUpload, readUploads } from "../../src/data/uploads.ts";
import { UserError } from "../../src/errors.ts";
import { encodeJpeg } from "../../src/images/encode.ts";
import { solidImage } from "../../src/images/image.ts";

const files = new Map<string, Uint8Array>();
const read = async (blob: string): Promise<Uint8Array> => files.get(blob) ?? Promise.reject(new Error(`no ${blob}`));

/** Pictures of one colour, each a little wider than the one before. */
const photos = async (label: string, colour: readonly [number, number, number], count: number): Promise<LabelledUpload[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const bytes = await encodeJpeg(solidImage(60 + i, 40, colour));
      files.set(hashOf(bytes), bytes);
      return { blob: hashOf(bytes), label };
    }),
  );

let red: LabelledUpload[];
let blue: LabelledUpload[];
beforeAll(async () => {
  red = await photos("red", [200, 20, 20], 10);
  blue = await photos("blue", [20, 20, 200], 3);
});

describe("the group's labelled pictures", () => {
  it("are a data set: classes in alphabetical order, a fifth of each to test with, at least one", async () => {
    const { classes, train, test, size } = await readUploads([...red, ...blue], read, 16);
    expect([classes, size]).toEqual([["blue", "red"], 16]);
    expect([...train.labels]).toEqual([0, 0, ...Array(8).fill(1)]);
    expect([...test.labels]).toEqual([0, 1, 1]);
    const first = [...test.pixels.subarray(0, 3)].map((it) => Math.round(it / 20) * 20);
    expect(first).toEqual([20, 20, 200]);
  });

  it("are split alike in whatever order they come", async () => {
    const [one, other] = [await readUploads([...red, ...blue], read, 8), await readUploads([...blue, ...red].reverse(), read, 8)];
    expect(other.test.pixels).toEqual(one.test.pixels);
    expect(other.train.labels).toEqual(one.train.labels);
  });

  it("stay on their side of the split, but for a few, when a class grows", async () => {
    const more = [...red, ...(await photos("red", [180, 30, 30], 30))];
    const testOf = async (them: readonly LabelledUpload[]) => {
      const asked: string[] = [];
      const seen = async (blob: string) => {
        asked.push(blob);
        return read(blob);
      };
      const { train, test } = await readUploads([...them, ...blue], seen, 8);
      return new Set(asked.slice(train.count, train.count + test.count));
    };
    const [before, after] = [await testOf(red), await testOf(more)];
    const learnedBefore = red.map((it) => it.blob).filter((it) => !before.has(it));
    expect(learnedBefore.filter((it) => after.has(it)).length).toBeLessThanOrEqual(2);
  });

  it.each([
    ["nothing", () => []],
    ["one class", () => red],
    ["a class of one picture", () => [...red, ...blue.slice(0, 1)]],
  ])("are refused with what is missing: %s", async (_, labelled) => {
    const mistake = await readUploads(labelled(), read, 8).catch((it: unknown) => it);
    expect(mistake).toBeInstanceOf(UserError);
    expect((mistake as UserError).mistake.code).toBe("too_few_labels");
  });
});
