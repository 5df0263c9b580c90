import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../commands/index.ts";
import type { FileRef } from "../src/files.ts";
import { mina, openTestBot, type TestBot } from "./helpers/bot.ts";
import { colourModel, colours, plainly } from "./helpers/onnxModels.ts";
import { landscape } from "./helpers/pictures.ts";

const page = readFileSync(join(import.meta.dirname, "../docs/data.md"), "utf8");

/** The examples under a heading of docs/data.md. */
const examplesUnder = (heading: string): unknown[] => {
  const section = page.split(/^## /m).find((it) => it.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/```json\n([\s\S]*?)```/g)].map((it) => JSON.parse(it[1] ?? ""));
};

/** What some JSON is made of: names and types without values. Lists are alike throughout; parameters depend on the operation. */
const shape = (json: unknown, key = ""): unknown => {
  if (Array.isArray(json)) return json.length > 0 ? [shape(json[0])] : [];
  if (typeof json !== "object" || json === null) return json === null ? "null" : typeof json;
  if (key === "params") return "parameters";
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, shape(value, name)]));
};

let lab: TestBot;
let photo: FileRef;
let added: unknown;
beforeAll(async () => {
  lab = await openTestBot();
  photo = await lab.bot.upload(mina, await landscape(), "hills.jpg");
  const model = await lab.bot.upload(mina, colourModel(), "colours.onnx");
  const names = await lab.bot.upload(mina, Buffer.from(colours.join("\n")), "colours.txt");
  added = (await lab.ask(`/models add name:colours preprocessing:${plainly}`, [model, names])).reply?.data;
});
afterAll(() => lab.erase());

it.each(commands.map((it) => it.name))("docs/data.md has a section on /%s", (name) => {
  expect(page).toMatch(new RegExp(`^## /${name}$`, "m"));
});

describe("docs/data.md shows what really comes", () => {
  it.each([
    ["/augment", "/augment op:flip n:2 seed:7", 1],
    ["/randaugment", "/randaugment seed:7", 1],
    ["/cutmix", "/cutmix seed:7", 2],
    ["/classify", "/classify", 1],
    ["/explain", "/explain model:colours class:red", 1],
    ["/arch", "/arch resnet8", 0],
    ["/models", "/models", 0],
    ["/label", "/label class:hills", 1],
    ["/runs", "/runs", 0],
    ["/status", "/status", 0],
    ["A mistake", "/augment strength:9", 1],
  ])("under %s", async (heading, input, pictures) => {
    const { reply } = await lab.ask(input, Array<FileRef>(pictures).fill(photo));
    expect(shape(reply?.data)).toEqual(shape(examplesUnder(heading)[0]));
  });

  it("for timm's policies", async () => {
    const { reply } = await lab.ask("/randaugment policy:rand-m9-n2-mstd0.5-inc1 seed:7", [photo]);
    expect((reply?.data as { policy: unknown }).policy).toEqual(examplesUnder("/randaugment")[1]);
  });

  it("for a model that was added", () => expect(shape(added)).toEqual(shape(examplesUnder("/models")[1])));

  it("when somebody is forgotten", async () => {
    const other = { id: "jun", name: "Jun" };
    const theirs = await lab.bot.upload(other, await landscape(320, 200), "small.jpg");
    await lab.ask("/augment flip", [theirs], { user: other });
    const { reply } = await lab.ask("/forget sure:yes", [], { user: other });
    expect(shape(reply?.data)).toEqual(shape(examplesUnder("/forget")[0]));
  });
});
