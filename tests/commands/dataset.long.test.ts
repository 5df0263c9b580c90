import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openZip } from "../../src/data/zip/read.ts";
import type { FileRef } from "../../src/files.ts";
import type { Reply } from "../../src/reply.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { colourModel, colours, plainly } from "../helpers/onnxModels.ts";
import { landscape } from "../helpers/pictures.ts";
import { zipOf } from "../helpers/zips.ts";

const jun = { id: "jun", name: "Jun" };
let lab: TestBot;
/** Photos that differ in their widths. */
let photos: Buffer[];
let pets: FileRef;
beforeAll(async () => {
  lab = await openTestBot();
  photos = await Promise.all(Array.from({ length: 8 }, (_, i) => landscape(200 + i, 160)));
  pets = await zipFile({
    "pets/고양이/1.jpg": 0,
    "pets/고양이/2.jpg": 1,
    "pets/고양이/3.jpg": 2,
    "pets/dog/1.jpg": 3,
    "pets/dog/2.jpg": 4,
    "pets/dog/3.jpg": 5,
    "pets/dog/again.jpg": 3,
  });
});
afterAll(() => lab.erase());

const photo = (place: number) => photos[place] as Buffer;
const zipFile = async (places: Readonly<Record<string, number>>, user = mina): Promise<FileRef> => {
  const files = Object.entries(places).map(([path, place]) => [path, photo(place)] as const);
  return lab.bot.upload(user, await zipOf(Object.fromEntries(files)), "pets.zip");
};
const press = (reply: Reply | undefined, label: RegExp, user = mina) => {
  const button = reply?.buttons?.find((it) => label.test(it.label));
  if (!button) throw new Error(`No button like ${label} among ${JSON.stringify(reply?.buttons)}`);
  return lab.ask({ command: button.command, args: button.args }, [], { user });
};
const listed = async (user = mina) =>
  ((await lab.ask("/dataset", [], { user })).reply?.data as { datasets: { dataset: string }[] }).datasets;

/** One story in the order it is told. */
describe("a group that makes data sets", () => {
  it("makes one, whose name nobody else can take and no other data set has", async () => {
    expect((await lab.ask("/dataset create Pets")).reply?.data).toEqual({ dataset: "pets" });
    const taken = await lab.ask("/dataset create pets", [], { user: jun });
    expect(taken.reply?.data).toEqual({ error: "dataset_taken", name: "pets", by: "Mina" });
    for (const name of ["uploads", "shapes", "cifar10", "fashion-mnist", "반려동물", "-pets", "x".repeat(33)])
      expect((await lab.ask(`/dataset create ${name}`)).reply?.data).toMatchObject({ error: "bad_dataset_name" });
    expect(await listed()).toEqual([
      { dataset: "uploads", classes: 0, pictures: 0, by: null },
      { dataset: "pets", classes: 0, pictures: 0, by: "Mina" },
    ]);
    expect((await lab.ask("/dataset pets")).reply?.data).toEqual({ error: "empty_dataset", name: "pets" });
  });

  it("fills it from a zip of class folders, and takes that back as a whole", async () => {
    const { reply } = await lab.ask("/dataset import name:pets", [pets]);
    expect(reply?.data).toEqual({
      ...{ dataset: "pets", added: 6, kept: 0, skipped: { duplicates: 1 } },
      classes: [
        { label: "dog", count: 3 },
        { label: "고양이", count: 3 },
      ],
    });
    expect(reply?.text).toContain("6 pictures added to **pets**.\nLeft out: 1 picture that was there twice.");
    expect((await press(reply, /Undo/)).reply?.data).toEqual({ removed: 6, dataset: "pets", classes: [] });
    expect((await lab.ask("/dataset import name:pets", [pets])).reply?.data).toMatchObject({ added: 6 });
  });

  it("makes a data set by importing, and does not overwrite what others said in silence", async () => {
    const zip = await zipFile({ "Dog/1.jpg": 0, "dog/2.jpg": 6, "cat/1.jpg": 7 }, jun);
    const { reply } = await lab.ask("/dataset import name:pets", [zip], { user: jun });
    expect(reply?.data).toMatchObject({ added: 2, kept: 1 });
    expect(reply?.text).toContain("1 picture had another class already, given by Mina, and keeps it.");
    const changed = await press(reply, /Change/, jun);
    expect(changed.reply?.data).toMatchObject({
      ...{ added: 3, kept: 0 },
      classes: [
        { label: "cat", count: 1 },
        { label: "dog", count: 5 },
        { label: "고양이", count: 2 },
      ],
    });
    for (const it of [changed.reply, reply]) await press(it, /Undo/, jun);
    const made = await lab.ask("/dataset import name:birds", [zip], { user: jun });
    expect(made.reply?.data).toMatchObject({ dataset: "birds", added: 3 });
    expect(await listed()).toEqual([
      { dataset: "uploads", classes: 0, pictures: 0, by: null },
      { dataset: "birds", classes: 2, pictures: 3, by: "Jun" },
      { dataset: "pets", classes: 2, pictures: 6, by: "Mina" },
    ]);
  });

  it("is told what is wrong with a zip, in its language", async () => {
    const text = await lab.bot.upload(mina, Buffer.from("no zip"), "pets.zip");
    const { status, reply } = await lab.ask("/데이터셋 가져오기 이름:pets", [text], { lang: "ko" });
    expect([status, reply?.text]).toEqual(["mistake", expect.stringContaining("zip 파일이 아니거나")]);
    const flat = await lab.bot.upload(mina, await zipOf({ "1.jpg": photo(0), "2.jpg": photo(1) }), "flat.zip");
    expect((await lab.ask("/dataset import name:pets", [flat])).reply?.data).toEqual({ error: "zip_no_pictures", skipped: 2 });
    expect((await lab.ask("/dataset import name:shapes", [pets])).reply?.data).toMatchObject({ error: "bad_dataset_name" });
  });

  it("sees its classes with their pictures", async () => {
    const { reply } = await lab.ask("/dataset show pets", [], { lang: "ko" });
    expect(reply?.data).toEqual({
      ...{ dataset: "pets", by: "Mina" },
      classes: [
        { label: "dog", train: 2, test: 1 },
        { label: "고양이", train: 2, test: 1 },
      ],
    });
    expect(reply?.pictures?.[0]).toMatchObject({ width: 1080, alt: "pets: dog, 3장 (테스트용 1장); 고양이, 3장 (테스트용 1장)" });
    if (process.env["LOOK"]) writeFileSync("/tmp/dataset-show.jpg", await lab.read(reply?.pictures?.[0]?.blob ?? ""));
  });

  it("draws a split that the same seed gives again, and goes back to the pictures' hashes", async () => {
    const split = await lab.ask("/dataset split pets test:50 seed:3");
    expect(split.reply?.data).toEqual({
      ...{ dataset: "pets", seed: 3 },
      classes: [
        { label: "dog", train: 1, test: 2 },
        { label: "고양이", train: 1, test: 2 },
      ],
    });
    const hashed = await lab.ask("/dataset split pets");
    expect(hashed.reply?.data).toMatchObject({ seed: null, classes: [{ train: 2, test: 1 }, {}] });
  });

  it("gets it as a zip, which another data set is made of, with the split that was drawn", async () => {
    await lab.ask("/dataset split pets test:30");
    const { reply } = await press((await lab.ask("/dataset show pets")).reply, /Export/);
    const [file] = reply?.files ?? [];
    expect(file).toMatchObject({ name: "pets.zip", type: "application/zip" });
    expect(reply?.data).toEqual({ dataset: "pets", classes: 2, pictures: 6, bytes: file?.bytes });
    const zip = await openZip(await lab.read(file?.blob ?? ""), { entries: 100, fileBytes: 1e6, totalBytes: 1e7 });
    const folders = zip.map((it) => it.path.split("/").slice(0, 2).join("/")).sort();
    expect(folders).toEqual(["test/dog", "test/고양이", "train/dog", "train/dog", "train/고양이", "train/고양이"]);
    const copied = await lab.ask("/dataset import name:copy", [file as FileRef]);
    expect(copied.reply?.data).toMatchObject({ added: 6, skipped: {} });
    expect((await lab.ask("/dataset show copy")).reply?.data).toMatchObject({ classes: [{ train: 2, test: 1 }, {}] });
  });

  it("removes one when its maker is sure, and nobody else can", async () => {
    expect((await lab.ask("/dataset remove uploads")).reply?.data).toEqual({ error: "uploads_stay" });
    const other = await lab.ask("/dataset remove copy sure:yes", [], { user: jun });
    expect(other.reply?.data).toEqual({ error: "not_your_dataset", name: "copy", by: "Mina" });
    const asked = await lab.ask("/dataset remove copy");
    expect(asked.reply?.text).toContain("6 pictures in 2 classes");
    expect((await press(asked.reply, /Remove/)).reply?.data).toEqual({ dataset: "copy", sure: true });
    expect((await listed()).map((it) => it.dataset)).toEqual(["uploads", "birds", "pets"]);
    // Its labels went with it: one of that name begins empty.
    await lab.ask("/dataset create copy");
    expect((await lab.ask("/dataset show copy")).reply?.data).toMatchObject({ error: "empty_dataset" });
  });

  it("labels a picture by a button below what a model says about it", async () => {
    const model = await lab.bot.upload(mina, colourModel(), "colours.onnx");
    const names = await lab.bot.upload(mina, Buffer.from(colours.join("\n")), "colours.txt");
    await lab.ask(`/models add name:colours preprocessing:${plainly}`, [model, names]);
    const image = await lab.bot.upload(mina, photo(7), "hills.jpg");
    const first = await lab.ask("/classify", [image]);
    expect(first.reply?.text).toContain("Reply with `/label class:…`");
    expect(first.reply?.buttons?.map((it) => it.label).filter((it) => it.startsWith("🏷"))).toEqual([]);
    await lab.ask("/label class:sea", [await lab.bot.upload(mina, photo(0), "sea.jpg")]);
    const { reply } = await lab.ask("/classify", [image]);
    expect(reply?.text).not.toContain("/label");
    expect((await press(reply, /🏷 sea/, jun)).reply?.data).toMatchObject({ label: "sea", classes: [{ label: "sea", count: 2 }] });
    // It has that class now, and there is no other.
    const again = (await lab.ask("/classify", [image])).reply?.buttons ?? [];
    expect(again.map((it) => it.label).filter((it) => it.startsWith("🏷"))).toEqual([]);
  });

  it("keeps nothing of whoever wants to be forgotten: pictures, exports and sheets of theirs go, the data set of others' labels stays", async () => {
    const seen = await lab.ask("/dataset show pets", [], { user: jun });
    const exported = await lab.ask("/dataset export pets", [], { user: jun });
    await lab.ask("/label class:own data:pets", [await lab.bot.upload(jun, await landscape(300, 100), "own.jpg")], { user: jun });
    const gone = [seen.reply?.pictures?.[0]?.blob ?? "", exported.reply?.files?.[0]?.blob ?? ""];
    for (const it of gone) expect((await lab.read(it, jun)).length).toBeGreaterThan(0);
    await lab.ask("/forget sure:yes");
    for (const it of gone) await expect(lab.read(it, jun)).rejects.toThrow();
    expect(await listed(jun)).toEqual([
      // What Jun sent as well, and said: by a button, and with a zip.
      { dataset: "uploads", classes: 1, pictures: 1, by: null },
      { dataset: "birds", classes: 2, pictures: 3, by: "Jun" },
      { dataset: "pets", classes: 1, pictures: 1, by: "" },
    ]);
  });
});
