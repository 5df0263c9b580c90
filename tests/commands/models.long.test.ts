import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FileRef } from "../../src/files.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import {
  colourModel,
  colours,
  crashingModel,
  detectorModel,
  flatColourModel,
  pictureModel,
  plainly,
} from "../helpers/onnxModels.ts";
import { landscape } from "../helpers/pictures.ts";

let lab: TestBot;
let photo: FileRef;
let names: FileRef;
const model = (bytes: Uint8Array, name = "colours.onnx") => lab.bot.upload(mina, bytes, name);
beforeAll(async () => {
  lab = await openTestBot();
  photo = await lab.bot.upload(mina, await landscape(), "hills.jpg");
  names = await lab.bot.upload(mina, Buffer.from(colours.join("\n")), "colours.txt");
});
afterAll(() => lab.erase());

/** One story in the order it is told: what later steps need, earlier ones did. */
describe("models in the life of a group", () => {
  it("are none at first, and that is said with what to do", async () => {
    for (const input of ["/classify", "/explain", "/models details"]) {
      const { status, reply } = await lab.ask(input, input === "/models details" ? [] : [photo]);
      expect([status, reply?.data]).toEqual(["mistake", { error: "no_models" }]);
    }
    expect((await lab.ask("/models", [], { lang: "ko" })).reply?.text).toMatch(/아직 설치된 모델이 없어요.*resnet18/s);
  });

  it("are added with their file and the names of their classes", async () => {
    const { status, reply } = await lab.ask(`/models add name:colours preprocessing:${plainly}`, [
      await model(colourModel()),
      names,
    ]);
    expect(reply?.data).toEqual({ models: [{ name: "colours", params: 9, macs: 9, classes: 3 }] });
    expect([status, reply?.text]).toEqual(["done", expect.stringContaining("/classify model:colours")]);
  });

  it.each([
    ["detector", detectorModel(), "scores [1, 128, 6]"],
    ["painter", pictureModel(), "scores [1, 3, 16, 16]"],
  ])("are classifiers: a %s is refused with what it gives, and teaches nobody", async (name, bytes, got) => {
    const adding = `/models add name:${name} preprocessing:${plainly}`;
    const { status, reply } = await lab.ask(adding, [await model(bytes), names]);
    expect([status, reply?.data]).toEqual(["mistake", { error: "model_output", got }]);
    expect(reply?.text).toContain(`gives ${got}; detectors and models that give pictures cannot classify or teach here.`);
    const teaching = await lab.ask(`/distill teacher:${name} data:shapes`);
    expect([teaching.status, teaching.reply?.data]).toEqual([
      "mistake",
      expect.objectContaining({ error: "unknown_model", name }),
    ]);
    const korean = await lab.ask(adding, [await model(bytes), names], { lang: "ko" });
    expect(korean.reply?.text).toMatch(/분류 모델이어야 해요\..*교사 역할도 할 수 없어요\.$/);
  });

  it("answer about a picture, the only one when none is named, with a button that explains", async () => {
    const { reply } = await lab.ask("/classify", [photo]);
    expect(reply?.data).toEqual({
      model: "colours",
      ms: expect.any(Number),
      // Of three colours none has half of a grey and green landscape.
      vocabulary: { classes: [...colours], unsure: true },
      top: [expect.objectContaining({ index: 2, label: "blue" }), expect.anything(), expect.anything()],
    });
    expect(reply?.pictures).toHaveLength(1);
    expect(reply?.buttons?.map((it) => it.label)).toEqual(["🔍 Explain", "🌐 Get one that knows 1,000 things (21 MB)"]);
  });

  it("are compared when there are several", async () => {
    await lab.ask(`/models add name:flat preprocessing:${plainly}`, [await model(flatColourModel()), names]);
    const { reply } = await lab.ask("/classify model:flat", [photo]);
    expect(reply?.buttons?.map((it) => [it.label, it.command])).toEqual([
      ["🔍 Explain", "explain"],
      ["📊 All models", "classify"],
      ["🌐 Get one that knows 1,000 things (21 MB)", "models fetch"],
    ]);
    const all = await lab.ask("/classify all", [photo], { lang: "ko" });
    expect(all.reply?.data).toMatchObject({ models: [{ model: "colours" }, { model: "flat" }] });
    expect(all.reply?.text.split("\n")[0]).toBe("**blue** · 2개 중 2개");
    expect(all.reply?.table?.rows).toEqual([["blue", "2", "colours, flat"]]);
  });

  it("explain themselves, also about a class that was not their first choice", async () => {
    const own = await lab.ask("/explain model:colours", [photo]);
    expect(own.reply?.data).toMatchObject({ method: "cam", target: { label: "blue" }, top: { label: "blue" } });
    const other = await lab.ask("/explain model:flat class:Red", [photo]);
    expect(other.reply?.data).toMatchObject({ method: "occlusion", target: { label: "red" } });
    expect(other.reply?.text).toContain("top class is blue");
  });

  it("are listed and described, saying who added them", async () => {
    const { reply } = await lab.ask("/models");
    expect(reply?.table?.rows).toContainEqual(["colours", "3 things: red … blue", expect.any(String), "-", "9", "Mina"]);
    expect((await lab.ask("/models details flat")).reply?.text).toMatch(/Classes: 3: red, green, blue/);
  });

  it("are replaced by whoever added them, and by nobody else", async () => {
    const again = `/models add name:colours preprocessing:${plainly}`;
    expect((await lab.ask(again, [await model(colourModel()), names])).status).toBe("done");
    const other = await lab.ask(again, [await model(colourModel()), names], { user: { id: "jun", name: "Jun" } });
    expect(other.reply?.data).toEqual({ error: "model_taken", name: "colours", by: "Mina" });
  });

  it.each([
    ["/models add name:all", "bad_model_name"],
    ["/models add name:../x", "bad_model_name"],
    ["/models add name:x preprocessing:vgg", "bad_preprocessing"],
    ["/models add name:x labels:cifar10", "missing_option"],
    ["/models add name:x labels:imagenet preprocessing:cifar10", "label_count"],
  ])("are refused: %s", async (input, code) => {
    expect((await lab.ask(input, [await model(colourModel())])).reply?.data).toMatchObject({ error: code });
  });

  it("cannot be fetched or removed when nobody knows them", async () => {
    expect((await lab.ask("/models fetch nonet")).reply?.data).toMatchObject({
      error: "unknown_model",
      known: expect.arrayContaining(["resnet18"]),
    });
    expect((await lab.ask("/models remove nonet")).reply?.data).toMatchObject({
      error: "unknown_model",
      known: ["colours", "flat"],
    });
    expect((await lab.ask("/explain model:flat class:purple", [photo])).reply?.data).toMatchObject({ error: "unknown_class" });
  });

  it.skipIf(process.arch !== "x64")(
    "that kill the runtime kill their child only, and the next job works (a division that only x86 refuses)",
    { timeout: 60_000 },
    async () => {
      const { status, reply } = await lab.ask(`/models add name:killer preprocessing:${plainly}`, [
        await model(crashingModel()),
        names,
      ]);
      expect([status, reply?.data]).toEqual(["failed", expect.objectContaining({ error: "crashed" })]);
      expect((await lab.ask("/classify model:colours", [photo])).status).toBe("done");
    },
  );

  it("are removed by whoever added them, and by no other who does not administer the group", async () => {
    expect((await lab.ask("/models remove flat", [], { user: { id: "jun", name: "Mina" } })).reply?.data).toMatchObject({
      error: "not_your_model",
      by: "Mina",
    });
    const { reply } = await lab.ask("/models remove flat");
    expect(reply?.text).toContain("Mina had added");
    expect((await lab.ask("/classify model:flat", [photo])).reply?.data).toMatchObject({ error: "not_a_choice" });
  });
});
