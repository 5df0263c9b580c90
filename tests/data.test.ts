import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../commands/index.ts";
import { dataPage, examplesUnder } from "../scripts/docs/dataPage.ts";
import { allCommands } from "../src/chat/command.ts";
import type { FileRef } from "../src/files.ts";
import { mina, openTestBot, type TestBot } from "./helpers/bot.ts";
import { colourModel, colours, plainly } from "./helpers/onnxModels.ts";
import { landscape } from "./helpers/pictures.ts";

const page = readFileSync(join(import.meta.dirname, "../docs/data.md"), "utf8");
const examples = (heading: string): unknown[] => examplesUnder(page, heading).map((it) => JSON.parse(it));

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

it("docs/data.md is what `npm run docs` makes of the commands' schemas", () => {
  expect(dataPage(page, commands)).toBe(page);
});

describe("the examples of docs/data.md", () => {
  // A model that was fetched is answered as one that was added.
  it.each(allCommands(commands).filter((it) => it.path !== "models fetch"))("fit the schema of /$path", ({ path, command }) => {
    const all = examples(`/${path}`);
    expect(all).not.toEqual([]);
    for (const example of all) expect(command.data.parse(example)).toEqual(example);
  });

  it.each([
    ["/augment", "/augment op:flip n:2 seed:7", 1],
    ["/randaugment", "/randaugment seed:7", 1],
    ["/cutmix", "/cutmix seed:7", 2],
    ["/mixup", "/mixup seed:7", 2],
    ["/classify", "/classify", 1],
    ["/explain", "/explain model:colours class:red", 1],
    ["/arch", "/arch resnet8", 0],
    ["/models list", "/models", 0],
    ["/label add", "/label class:hills", 1],
    ["/label list", "/label", 0],
    ["/dataset list", "/dataset", 0],
    ["/dataset create", "/dataset create pets", 0],
    ["/dataset split", "/dataset split test:20", 0],
    ["/dataset export", "/dataset export", 0],
    ["/history", "/history", 0],
    ["/status", "/status", 0],
    ["/help", "/help augment", 0],
    ["A mistake", "/augment strength:9", 1],
  ])("under %s are like what really comes", async (heading, input, pictures) => {
    const { reply } = await lab.ask(input, Array<FileRef>(pictures).fill(photo));
    expect(shape(reply?.data)).toEqual(shape(examples(heading)[0]));
  });

  it("under /randaugment have the policy that timm's string says", async () => {
    const { reply } = await lab.ask("/randaugment policy:rand-m9-n2-mstd0.5-inc1 seed:7", [photo]);
    const example = examples("/randaugment")[1] as { policy: unknown };
    expect(reply?.data).toMatchObject({ policy: example.policy });
  });

  it("under /models add are like a model that was added", () => expect(shape(added)).toEqual(shape(examples("/models add")[0])));

  it("under /forget are like what is said when somebody is forgotten", async () => {
    const other = { id: "jun", name: "Jun" };
    const theirs = await lab.bot.upload(other, await landscape(320, 200), "small.jpg");
    await lab.ask("/augment flip", [theirs], { user: other });
    const question = await lab.ask("/forget", [], { user: other });
    expect(question.reply?.data).toEqual(examples("/forget")[0]);
    const { reply } = await lab.ask("/forget sure:yes", [], { user: other });
    expect(shape(reply?.data)).toEqual(shape(examples("/forget")[1]));
  });
});
