import { beforeAll, describe, expect, it } from "vitest";
import { openZip } from "../../src/data/zip/read.ts";
import { UserError } from "../../src/errors.ts";
import { encodeJpeg } from "../../src/images/encode.ts";
import { solidImage } from "../../src/images/image.ts";
import { exportPictures } from "../../workers/exportPictures.ts";
import { importPictures } from "../../workers/importPictures.ts";
import { newJobContext } from "../helpers/jobContext.ts";
import { secretPhotos, tells } from "../helpers/secretPhotos.ts";
import { type RawEntry, rawZip, zipOf } from "../helpers/zips.ts";

let context: Awaited<ReturnType<typeof newJobContext>>;
/** Four pictures that differ. */
let a: Buffer;
let b: Buffer;
let c: Buffer;
let d: Buffer;
beforeAll(async () => {
  context = await newJobContext();
  const photo = async (width: number) => Buffer.from(await encodeJpeg(solidImage(width, 40, [200, 20, 20])));
  [a, b, c, d] = [await photo(50), await photo(51), await photo(52), await photo(53)];
});

const imported = async (bytes: Buffer, most = 100) => {
  const zip = await context.blobs.put(bytes, { name: "pets.zip", type: "application/zip" });
  const { pictures, skipped } = await importPictures({ zip, most }, context);
  const count = (label: string) => pictures.filter((it) => it.label === label).length;
  return {
    pictures,
    skipped,
    labels: Object.fromEntries([...new Set(pictures.map((it) => it.label))].map((it) => [it, count(it)])),
  };
};
const mistakeOf = async (bytes: Buffer, most?: number) => {
  const error = await imported(bytes, most).catch((it: unknown) => it);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).mistake;
};
const raw = (...entries: RawEntry[]) => imported(rawZip(entries));

describe("a zip of class folders", () => {
  it("is pictures with their classes, and splits where its folders say so", async () => {
    const zip = await zipOf({
      "pets/cat/1.jpg": a,
      "pets/cat/2.JPG": b,
      "pets/dog/1.jpeg": c,
      "pets/readme.txt": Buffer.from("hi"),
    });
    const { labels, skipped, pictures } = await imported(zip);
    expect([labels, skipped]).toEqual([{ cat: 2, dog: 1 }, { notPictures: 1 }]);
    expect(pictures.map((it) => it.split)).toEqual([undefined, undefined, undefined]);
    expect(await context.blobs.get(pictures[0]?.blob ?? "")).toEqual(a);
    const split = await imported(
      await zipOf({ "train/cat/1.jpg": a, "train/dog/2.jpg": b, "val/cat/3.jpg": c, "val/dog/4.jpg": d }),
    );
    expect(split.pictures.map((it) => [it.label, it.split])).toEqual([
      ["cat", "train"],
      ["dog", "train"],
      ["cat", "test"],
      ["dog", "test"],
    ]);
    expect(context.reports.at(-1)).toEqual({ done: 3, of: 4 });
  });

  it("names its classes in Hangul, from macOS, from Windows in Korea, and as the format has it", async () => {
    // "고양이" and "강아지" in CP949, and "똠", which EUC-KR lacks.
    const windows = (bytes: number[]) => Buffer.concat([Buffer.from(bytes), Buffer.from("/1.jpg")]);
    expect(
      await raw(
        { name: windows([0xb0, 0xed, 0xbe, 0xe7, 0xc0, 0xcc]), bytes: a },
        { name: windows([0xb0, 0xad, 0xbe, 0xc6, 0xc1, 0xf6]), bytes: b },
        { name: windows([0x8c, 0x63]), bytes: c },
        { name: windows([0x63, 0x61, 0x66, 0x82]), bytes: d }, // what is no CP949: "caf" and 0x82, an é of the code page 437
      ),
    ).toMatchObject({ labels: { 고양이: 1, 강아지: 1, 똠: 1, café: 1 }, skipped: {} });
    const macos = (name: string) => Buffer.from(name.normalize("NFD"));
    expect(
      await raw(
        { name: macos("고양이/1.jpg"), bytes: a },
        { name: "__MACOSX/고양이/._1.jpg", bytes: Buffer.from("junk") },
        { name: "고양이/.DS_Store", bytes: Buffer.from("junk") },
        { name: "강아지/1.jpg", bytes: b, flags: 0x800 },
      ),
    ).toMatchObject({ labels: { 고양이: 1, 강아지: 1 }, skipped: {} });
  });

  it("keeps no picture with where it was taken", async () => {
    const secret = await Promise.all(Object.values(secretPhotos).map((it) => it()));
    const files = Object.fromEntries(secret.map((bytes, i) => [`${i % 2 ? "x" : "y"}/${i}.jpg`, bytes]));
    const { pictures } = await imported(await zipOf(files));
    expect(pictures.length).toBeGreaterThan(3);
    for (const { blob } of pictures) expect(tells(await context.blobs.get(blob))).toBe(false);
  });

  it("counts what it leaves out: no pictures, damaged ones, twice the same, two classes for one, none", async () => {
    const { labels, skipped } = await imported(
      await zipOf({
        "cat/1.jpg": a,
        "cat/again.jpg": a,
        "dog/1.jpg": b,
        "dog/a-cat.jpg": a,
        "dog/text.jpg": Buffer.from("not a picture at all"),
        "dog/cut.jpg": c.subarray(0, 200),
        "dog/empty.jpg": Buffer.alloc(0),
        "dog/notes.txt": Buffer.from("hello"),
        "cover.jpg": d,
        ".hidden/1.jpg": d,
      }),
    );
    expect(labels).toEqual({ cat: 1, dog: 1 });
    expect(skipped).toEqual({ duplicates: 1, twoClasses: 1, notPictures: 2, damaged: 2, noClass: 1 });
  });

  it("has one class where folders differ in capitals, and pictures without an ending where none has one", async () => {
    expect((await imported(await zipOf({ "Cat/1": a, "cat/2": b, "dog/3": c }))).labels).toEqual({ Cat: 2, dog: 1 });
  });

  it("writes nothing under the paths of a zip, and leaves out links and what leads outside", async () => {
    const { labels, skipped } = await raw(
      { name: "../../cat/1.jpg", bytes: a },
      { name: "/etc/cat/1.jpg", bytes: a },
      { name: "..\\cat\\1.jpg", bytes: a },
      { name: "C:\\cat\\1.jpg", bytes: a },
      { name: "cat/link.jpg", bytes: Buffer.from("/etc/passwd"), mode: 0o120777 },
      { name: `${"deep/".repeat(20)}1.jpg`, bytes: a },
      { name: "cat\\2.jpg", bytes: b },
      { name: "dog/1.jpg", bytes: c },
    );
    expect([labels, skipped]).toEqual([{ cat: 1, dog: 1 }, { unsafePaths: 6 }]);
  });
});

describe("a zip that is too much or no zip", () => {
  it("is stopped by the bytes that come out of it, whatever its headers say", async () => {
    // 40 MB of zeros behind a picture's first bytes, ten times, each claiming to be small: 400 kB in all.
    const bomb = Buffer.concat([a, Buffer.alloc(15_000_000)]);
    const entries = Array.from({ length: 10 }, (_, i) => ({
      ...{ name: `${i % 2 ? "x" : "y"}/${i}.jpg`, bytes: bomb, deflated: true as const, claimedSize: 100 },
    }));
    const zip = rawZip(entries);
    expect(zip.length).toBeLessThan(400_000);
    expect(await mistakeOf(zip)).toEqual({ code: "zip_unpacked", facts: { maxMb: 11 } });
  });

  it("gives up on a file above the limit of one, by its header or by its bytes", async () => {
    const files = async (claimedSize?: number) => {
      const large = { name: "x/1.jpg", bytes: Buffer.concat([a, Buffer.alloc(2000)]), deflated: true as const };
      const zip = rawZip([claimedSize === undefined ? large : { ...large, claimedSize }]);
      return openZip(zip, { entries: 10, fileBytes: 1000, totalBytes: 1e6 });
    };
    for (const claimed of [undefined, 10]) await expect((await files(claimed))[0]?.read(() => true)).rejects.toThrow(Error);
    expect(await (await files())[0]?.read(() => false).catch(() => "too large")).toBe("too large");
  });

  it("is refused with a sentence", async () => {
    const good = await zipOf({ "cat/1.jpg": a, "dog/1.jpg": b });
    expect(await mistakeOf(Buffer.from("no zip"))).toMatchObject({ code: "not_a_zip" });
    expect(await mistakeOf(good.subarray(0, good.length - 30))).toMatchObject({ code: "not_a_zip" });
    expect(await mistakeOf(rawZip([]))).toEqual({ code: "zip_no_pictures", facts: { skipped: 0 } });
    expect(await mistakeOf(await zipOf({ "cat/1.txt": Buffer.from("hi") }))).toMatchObject({ code: "zip_no_pictures" });
    expect(await mistakeOf(await zipOf({ "1.jpg": a, "2.jpg": b }))).toEqual({ code: "zip_no_pictures", facts: { skipped: 2 } });
    expect(await mistakeOf(rawZip([{ name: "cat/1.jpg", bytes: a, flags: 1 }]))).toMatchObject({ code: "zip_encrypted" });
    expect(await mistakeOf(good, 1)).toEqual({ code: "too_many_pictures", facts: { got: 2, most: 1 } });
    const many = Array.from({ length: 257 }, (_, i) => ({ name: `class ${i}/1.jpg`, bytes: a }));
    expect(await mistakeOf(rawZip(many), 1000)).toEqual({ code: "too_many_classes", facts: { got: 257, most: 256 } });
    const entries = Array.from({ length: 20_001 }, (_, i) => ({ name: `x/${i}`, bytes: Buffer.alloc(0) }));
    expect(await mistakeOf(rawZip(entries))).toMatchObject({ code: "zip_entries", facts: { got: 20_001 } });
  });

  it("is read as far as it is whole: a torn file in it is one left out", async () => {
    const zip = rawZip([
      { name: "cat/1.jpg", bytes: a },
      { name: "dog/1.jpg", bytes: b, deflated: true },
    ]);
    const at = zip.indexOf("dog/1.jpg") + "dog/1.jpg".length;
    zip.fill(0xff, at, at + 20);
    expect(await imported(zip)).toMatchObject({ labels: { cat: 1 }, skipped: { damaged: 1 } });
  });
});

describe("an export", () => {
  it("is a zip of the same pictures, the same bytes each time, and is imported as it was", async () => {
    const put = async (bytes: Buffer) => (await context.blobs.put(bytes, { name: "", type: "" })).blob;
    const pictures = [
      { blob: await put(a), path: "고양이/1" },
      { blob: await put(b), path: "강아지/2" },
    ];
    const once = await exportPictures({ name: "pets", classes: 2, pictures }, context);
    const again = await exportPictures({ name: "pets", classes: 2, pictures }, context);
    expect(once).toMatchObject({ file: { name: "pets.zip", type: "application/zip" }, pictures: 2, classes: 2 });
    expect(again.file.blob).toBe(once.file.blob);
    const bytes = await context.blobs.get(once.file.blob);
    const back = await imported(bytes);
    expect(back.pictures).toEqual([
      { blob: pictures[0]?.blob, label: "고양이" },
      { blob: pictures[1]?.blob, label: "강아지" },
    ]);
  });

  it("of pictures that are gone leaves nothing half done", async () => {
    const gone = { blob: "0".repeat(64), path: "cat/1" };
    await expect(exportPictures({ name: "pets", classes: 1, pictures: [gone] }, context)).rejects.toThrow(/missing/);
  });
});
