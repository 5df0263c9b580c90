import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseCifar10, readCifar10 } from "../../src/data/cifar10.ts";
import { parseFashionMnist, parseIdx } from "../../src/data/fashionMnist.ts";
import { readFolder } from "../../src/data/folder.ts";

/** A record of CIFAR-10 whose red plane is 1, 2, 3 …, green one more than red everywhere, blue two more. */
const record = (label: number): Uint8Array =>
  Uint8Array.from({ length: 3073 }, (_, i) => (i === 0 ? label : ((i - 1) % 1024) + Math.floor((i - 1) / 1024)));

describe("CIFAR-10's binary layout", () => {
  it("is planes of colours in the file and pixels of three colours in memory", () => {
    const { count, pixels, labels } = parseCifar10([record(3), record(9)]);
    expect(count).toBe(2);
    expect([...labels]).toEqual([3, 9]);
    expect([...pixels.subarray(0, 6)]).toEqual([0, 1, 2, 1, 2, 3]);
    expect([...pixels.subarray(3072 + 33 * 3, 3072 + 34 * 3)]).toEqual([33, 34, 35]); // second row, second column
  });

  it("refuses a file that was cut off, and labels that do not exist", () => {
    expect(() => parseCifar10([record(3), record(1).subarray(0, 3000)])).toThrow("records of 3073 bytes");
    expect(() => parseCifar10([new Uint8Array()])).toThrow("records of 3073 bytes");
    expect(() => parseCifar10([record(10)])).toThrow("the label 10");
  });

  it("is read from the folder that the published archive unpacks to, and from the archive", async () => {
    const root = await mkdtemp(join(tmpdir(), "peerlab-cifar-"));
    const folder = join(root, "cifar-10-batches-bin");
    await mkdir(folder);
    for (let n = 1; n <= 5; n++) await writeFile(join(folder, `data_batch_${n}.bin`), Buffer.concat([record(n), record(0)]));
    await writeFile(join(folder, "test_batch.bin"), record(7));
    const unpacked = await readCifar10(root);
    expect([...unpacked.train.labels]).toEqual([1, 0, 2, 0, 3, 0, 4, 0, 5, 0]);
    expect([...unpacked.test.labels]).toEqual([7]);
    expect(unpacked.classes[7]).toBe("horse");

    execFileSync("tar", ["-czf", "cifar-10-binary.tar.gz", "cifar-10-batches-bin"], { cwd: root });
    await rm(folder, { recursive: true });
    expect(await readCifar10(root)).toEqual(unpacked);
  });
});

const idx = (shape: readonly number[], data: Uint8Array): Buffer => {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt8(8, 2);
  header.writeUInt8(shape.length, 3);
  shape.forEach((it, axis) => {
    header.writeUInt32BE(it, 4 + 4 * axis);
  });
  return Buffer.concat([header, data]);
};

describe("Fashion-MNIST's IDX files", () => {
  it("are read by their shape, and refused when their length does not fit it", () => {
    expect(parseIdx(idx([2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6)))).toEqual({ shape: [2, 3], data: Buffer.of(1, 2, 3, 4, 5, 6) });
    expect(() => parseIdx(idx([2, 3], new Uint8Array(5)))).toThrow("holds 6 numbers; this one has 5");
    expect(() => parseIdx(Buffer.from("PK\u0003\u0004....."))).toThrow("not an IDX file");
  });

  it("become colour pictures of 32 pixels with two black ones around", () => {
    const grey = Uint8Array.from({ length: 28 * 28 }, (_, i) => (i === 0 ? 200 : 50));
    const { pixels, labels } = parseFashionMnist(idx([1, 28, 28], grey), idx([1], Uint8Array.of(8)));
    const at = (x: number, y: number) => [...pixels.subarray((y * 32 + x) * 3, (y * 32 + x) * 3 + 3)];
    expect(labels[0]).toBe(8);
    expect(at(1, 1)).toEqual([0, 0, 0]);
    expect(at(2, 2)).toEqual([200, 200, 200]);
    expect(at(29, 29)).toEqual([50, 50, 50]);
    expect(at(30, 29)).toEqual([0, 0, 0]);
  });
});

const photos = resolve(import.meta.dirname, "../../../shared/data/imagenette-mini");
it.skipIf(!existsSync(photos))(
  "class folders of photos become squares, classes in alphabetical order (needs imagenette-mini)",
  async () => {
    const { classes, train, test, normalisation } = await readFolder(photos, 32);
    expect(classes).toHaveLength(10);
    expect(classes[0]).toBe("n01440764");
    expect([train.count, test.count]).toEqual([600, 300]);
    expect(train.labels.filter((it) => it === 4)).toHaveLength(60);
    expect(normalisation.mean.every((it) => it > 0.3 && it < 0.6)).toBe(true);
    expect(normalisation.std.every((it) => it > 0.2 && it < 0.35)).toBe(true);
  },
  60_000,
);
