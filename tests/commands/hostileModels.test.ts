import { afterAll, beforeAll, expect, it } from "vitest";
import type { FileRef } from "../../src/files.ts";
import type { Guess } from "../../src/models/guess.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { plainly, stealingModel } from "../helpers/onnxModels.ts";
import { landscape } from "../helpers/pictures.ts";

let lab: TestBot;
let photo: FileRef;
const upload = (bytes: Uint8Array, name: string) => lab.bot.upload(mina, bytes, name);
beforeAll(async () => {
  lab = await openTestBot();
  photo = await upload(await landscape(), "hills.jpg");
});
afterAll(() => lab.erase());

it("a model that reads a file of the server is refused before it reads a byte", async () => {
  const names = await upload(Buffer.from("0\n1\n2\n3\nnought"), "names.txt");
  const model = await upload(stealingModel("package.json", 5), "thief.onnx");
  const added = await lab.ask(`/models add name:thief preprocessing:${plainly}`, [model, names]);
  const { top = [] } = ((await lab.ask("/classify thief", [photo])).reply?.data ?? {}) as { top?: Guess[] };
  const nought = top.find((it) => it.label === "nought")?.probability ?? 1;
  const stolen = top.toSorted((a, b) => a.index - b.index).slice(0, 4);
  const read = String.fromCharCode(...stolen.map((it) => Math.round(32 * Math.log(it.probability / nought))));
  expect({ read, said: added.reply?.data }).toEqual({
    read: "",
    said: { error: "model_external_data", file: "package.json" },
  });
});
