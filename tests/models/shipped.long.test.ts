import { readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { inspect } from "../../src/inference/inspect.ts";
import { writeCard } from "../../src/models/cardMetadata.ts";
import { recipes } from "../../src/runs/recipes.ts";
import { shippedFolder } from "../../src/store/shippedModels.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { colourModel, colours, plainly } from "../helpers/onnxModels.ts";
import { landscape } from "../helpers/pictures.ts";

const names = readdirSync(shippedFolder)
  .filter((it) => it.endsWith(".onnx"))
  .map((it) => it.replace(".onnx", ""));
const installed = async () => {
  const { models } = (await lab.ask("/models")).reply?.data as { models: { name: string; addedBy: string }[] };
  return models.map(({ name, addedBy }) => [name, addedBy]);
};

let lab: TestBot;
beforeAll(async () => {
  lab = await openTestBot(undefined, {}, shippedFolder);
});
afterAll(() => lab.erase());

it("the models that ship answer at the very first start", async () => {
  expect((await installed()).toSorted()).toEqual(names.map((name) => [name, "Peerlab"]).toSorted());
  const { status, reply } = await lab.ask("/classify all", [await lab.bot.upload(mina, await landscape(), "hills.jpg")]);
  expect(status).toBe("done");
  const answered = (reply?.data as { models: { model: string }[] }).models.map(({ model }) => model);
  // The one that knows drawn shapes is not asked about a photo, and neither is one for teaching, which comes after those that are.
  const [teacher] = names.filter((name) => recipes[name]?.role === "teacher");
  expect(answered.toSorted()).toEqual(names.filter((name) => !name.endsWith(".shapes") && name !== teacher).toSorted());
  expect((await installed()).at(-2)).toEqual([teacher, "Peerlab"]);
  expect((await lab.ask(`/models details ${teacher}`)).reply?.text).toContain("It is here to teach");
});

it("nobody can remove or replace them", async () => {
  const [first] = names;
  expect((await lab.ask(`/models remove name:${first}`)).reply?.text).toMatch(/comes with Peerlab and stays/);
  const files = [
    await lab.bot.upload(mina, colourModel(), "own.onnx"),
    await lab.bot.upload(mina, Buffer.from(colours.join("\n")), "own.txt"),
  ];
  expect((await lab.ask(`/models add name:${first} preprocessing:${plainly}`, files)).status).toBe("mistake");
});

/** A folder with one model in it that ships under this name. */
const folderWith = async (name: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "peerlab-models-"));
  const bytes = colourModel();
  const card = await inspect(bytes, { name, file: `${name}.onnx`, labels: colours, preprocessing: plainly });
  await writeFile(join(folder, `${name}.onnx`), writeCard(bytes, card));
  return folder;
};

it("a restart brings them back as they were, and leaves peers' models alone", async () => {
  const files = [
    await lab.bot.upload(mina, colourModel(), "own.onnx"),
    await lab.bot.upload(mina, Buffer.from(colours.join("\n")), "own.txt"),
  ];
  expect((await lab.ask(`/models add name:own preprocessing:${plainly}`, files)).status).toBe("done");
  const before = await installed();
  expect(before).toContainEqual(["own", "Mina"]);
  await lab.close();
  lab = await openTestBot(lab.home, {}, shippedFolder);
  expect(await installed()).toEqual(before);
  const photo = await lab.bot.upload(mina, await landscape(), "hills.jpg");
  expect((await lab.ask("/classify own", [photo])).status).toBe("done");
});

it("one that was renamed takes the place of its former self, and answers to its former name", async () => {
  const [before, after] = [await folderWith("house"), await folderWith("airbench94.cifar10")];
  let old = await openTestBot(undefined, {}, before);
  try {
    const namesOf = async () =>
      ((await old.ask("/models")).reply?.data as { models: { name: string }[] }).models.map((it) => it.name);
    expect(await namesOf()).toEqual(["house"]);
    await old.close();
    old = await openTestBot(old.home, {}, after);
    expect(await namesOf()).toEqual(["airbench94.cifar10"]);
    const photo = await old.bot.upload(mina, await landscape(), "hills.jpg");
    for (const typed of ["house", "airbench94", "AirBench 94"])
      expect((await old.ask({ command: "classify", args: { model: typed } }, [photo])).reply?.data).toMatchObject({
        model: "airbench94.cifar10",
      });
    expect((await old.ask("/classify model:airbensh", [photo])).reply?.data).toMatchObject({ near: ["airbench94.cifar10"] });
  } finally {
    await old.erase();
    for (const folder of [before, after]) await rm(folder, { recursive: true });
  }
});
