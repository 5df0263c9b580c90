import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
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
  expect((reply?.data as { models?: unknown[] }).models ?? [reply?.data]).toHaveLength(names.length);
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

it("a restart brings them back as they were, and leaves peers' models alone", async () => {
  const files = [
    await lab.bot.upload(mina, colourModel(), "colours.onnx"),
    await lab.bot.upload(mina, Buffer.from(colours.join("\n")), "colours.txt"),
  ];
  expect((await lab.ask(`/models add name:colours preprocessing:${plainly}`, files)).status).toBe("done");
  const before = await installed();
  expect(before).toContainEqual(["colours", mina.name]);
  await lab.close();
  lab = await openTestBot(lab.home, {}, shippedFolder);
  expect(await installed()).toEqual(before);
  const photo = await lab.bot.upload(mina, await landscape(), "hills.jpg");
  expect((await lab.ask("/classify colours", [photo])).status).toBe("done");
});
