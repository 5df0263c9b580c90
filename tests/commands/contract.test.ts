import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { commands } from "../../commands/index.ts";
import { type CommandContext, command } from "../../src/chat/command.ts";
import { suggest } from "../../src/chat/suggest.ts";
import { recall, understand } from "../../src/chat/understand.ts";
import type { FileRef } from "../../src/files.ts";
import type { Args } from "../../src/reply.ts";
import { localViewer, mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { colourModel, colours, plainly } from "../helpers/onnxModels.ts";
import { landscape } from "../helpers/pictures.ts";

const file = (name: string): FileRef => ({ blob: "a".repeat(64), name, type: "image/jpeg", bytes: 5 });
const [photo, onnx] = [file("cat.jpg"), file("model.onnx")];
const context = {
  id: "r",
  user: mina,
  place: { adapter: "web", group: "local", channel: "general" },
  lang: "en",
  seed: 42,
  now: new Date(0),
  services: { commands },
} as unknown as CommandContext;

describe("a sub-command", () => {
  const meant = async (input: string | { command: string; args: Args }, files: readonly FileRef[] = []) => {
    const { path, args } = await understand({ input, files }, commands, context);
    return [path, args];
  };

  it.each<[string, readonly FileRef[], string, Args]>([
    ["/models", [], "models list", {}],
    ["/models remove name:x", [], "models remove", { name: "x" }],
    ["/models remove x", [], "models remove", { name: "x" }],
    ["/모델 삭제 이름:x", [], "models remove", { name: "x" }],
    ["/models REMOVE x", [], "models remove", { name: "x" }],
    ["/models action:remove name:x", [], "models remove", { name: "x" }],
    ["/모델 이름:x 동작:삭제", [], "models remove", { name: "x" }],
    ["/models resnet8", [], "models details", { name: "resnet8" }],
    ["/models name:x", [], "models details", { name: "x" }],
    ["/models add", [onnx], "models add", { onnx }],
    ["/label", [], "label list", {}],
    ["/label cat", [photo], "label add", { class: "cat", images: [photo] }],
    ["/라벨 클래스:고양이", [photo], "label add", { class: "고양이", images: [photo] }],
    ["/label add class:list", [photo], "label add", { class: "list", images: [photo] }],
    ["/label class:undo", [photo], "label add", { class: "undo", images: [photo] }],
    ["/label undo:1a2b", [], "label undo", { id: "1a2b" }],
    ["/label undo 1a2b", [], "label undo", { id: "1a2b" }],
    ["/라벨 되돌리기:1a2b", [], "label undo", { id: "1a2b" }],
    ["/도움말 증강", [], "help", { command: "augment" }],
    ["/도움말 명령:분류", [], "help", { command: "classify" }],
    ["/증강 변형 회전 강도 0.8", [photo], "augment", { image: photo, op: "rotate", strength: 0.8, n: 8, seed: 42 }],
    // What Korean names there were before goes on working.
    ["/잊어줘", [], "forget", {}],
    ["/모델 받기 이름:x", [], "models fetch", { name: "x" }],
  ])("is meant by what is typed: %s", async (input, files, path, args) => {
    expect(await meant(input, files)).toEqual([path, args]);
  });

  it("is asked by its whole name where a platform has option fields", async () => {
    expect(await meant({ command: "models remove", args: { name: "x" } })).toEqual(["models remove", { name: "x" }]);
    await expect(meant({ command: "models nonsense", args: {} })).rejects.toMatchObject({ mistake: { code: "unknown_command" } });
  });

  it("says how many pictures are missing", async () => {
    await expect(meant("/컷믹스", [photo])).rejects.toMatchObject({
      mistake: { code: "missing_image", facts: { wanted: 2, got: 1 } },
    });
  });

  it("that nobody knows is answered with those that there are", async () => {
    await expect(meant("/models action:ad")).rejects.toMatchObject({
      mistake: { code: "not_a_choice", facts: { got: "ad", known: ["list", "details", "add", "fetch", "remove"] } },
    });
  });
});

describe("what an earlier version kept, in buttons and in requests that wait", () => {
  it.each<[string, Args, string, Args]>([
    ["models", { action: "remove", name: "x" }, "models remove", { name: "x" }],
    ["models", { action: "add", name: "x", onnx }, "models add", { name: "x", onnx }],
    ["models", {}, "models list", {}],
    ["label", { undo: "1a2b" }, "label undo", { id: "1a2b" }],
    ["label", { class: "cat", images: [photo] }, "label add", { class: "cat", images: [photo] }],
    ["label", {}, "label list", {}],
    ["augment", { image: photo }, "augment", { image: photo, strength: 0.5, n: 8, seed: 42 }],
    ["augment", { image: photo, n: 2, seed: 7 }, "augment", { image: photo, strength: 0.5, n: 2, seed: 7 }],
  ])("still means what it did: /%s %j", (command, kept, path, args) => {
    expect(recall(commands, { command, args: kept }, context)).toMatchObject({ path, args });
    // Once kept by this version, it stays as it is.
    expect(recall(commands, { command: path, args }, context)).toMatchObject({ path, args });
  });

  it("is nothing where the command is gone", () => {
    expect(recall(commands, { command: "nonsense", args: {} }, context)).toBeUndefined();
  });
});

describe("while an option is typed", () => {
  const jun = { id: "jun", name: "Jun" };
  let lab: TestBot;
  const values = async (command: string, option: string, more: { typed?: string; user?: typeof mina; group?: string } = {}) => {
    const { typed = "", user = mina, group = "local" } = more;
    const place = { adapter: "web", group, channel: "general" } as const;
    return (await lab.bot.suggest({ command, option, typed, user, place, lang: "en" })).map(({ value, label }) => [value, label]);
  };
  beforeAll(async () => {
    lab = await openTestBot();
    const files = [
      await lab.bot.upload(mina, colourModel(), "colours.onnx"),
      await lab.bot.upload(mina, Buffer.from(colours.join("\n")), "colours.txt"),
    ];
    await lab.ask(`/models add name:colours preprocessing:${plainly}`, files);
  });
  afterAll(() => lab.erase());

  it("/models offers each sub-command its own names", async () => {
    expect((await values("models details", "name")).map(([name]) => name)).toEqual(["colours"]);
    expect((await values("models remove", "name")).map(([name]) => name)).toEqual(["colours"]);
    const fetchable = await values("models fetch", "name", { typed: "resnet18" });
    expect(fetchable).toEqual([
      ["resnet18", { en: "resnet18 · ResNet · 47 MB · top-1 69.8 %", ko: "resnet18 · ResNet · 47 MB · top-1 69.8 %" }],
    ]);
  });

  it("/label undo offers the asker's own labels, with what they are", async () => {
    const image = await lab.bot.upload(mina, await landscape(), "hills.jpg");
    const id = await lab.send("/label class:hills", [image]);
    await lab.answerTo(id);
    const [[value, label] = []] = await values("label undo", "id");
    expect([value, label]).toEqual([
      id,
      { en: expect.stringMatching(/^hills, 1 picture, \d+ s ago$/), ko: expect.stringMatching(/^hills, 사진 1장, \d+초 전$/) },
    ]);
    expect(await values("label undo", "id", { user: jun })).toEqual([]);
    expect((await values("label add", "class")).map(([name]) => name)).toEqual(["hills"]);
  });

  it("/cancel offers what the asker waits for, and /history who asked", async () => {
    const image = await lab.bot.upload(mina, await landscape(), "hills.jpg");
    const id = await lab.send("/augment n:24", [image]);
    const offered = await values("cancel", "id");
    if ((await lab.bot.outcome(id, 0, localViewer(mina)))?.status === "waiting")
      expect(offered).toEqual([
        [id.slice(0, 8), { en: expect.stringMatching(/^\/augment, \d+ s ago$/), ko: expect.any(String) }],
      ]);
    await lab.answerTo(id);
    expect(await values("cancel", "id")).toEqual([]);
    expect((await values("history", "user")).map(([name]) => name)).toEqual(["Mina"]);
  });

  it("nothing of another group is offered", async () => {
    const elsewhere = { group: "another" };
    expect(await values("models details", "name", elsewhere)).toEqual([]);
    expect(await values("models remove", "name", elsewhere)).toEqual([]);
    expect(await values("label undo", "id", elsewhere)).toEqual([]);
    expect(await values("label add", "class", elsewhere)).toEqual([]);
    expect(await values("cancel", "id", elsewhere)).toEqual([]);
    expect(await values("history", "user", elsewhere)).toEqual([]);
  });

  it("the other options that are given are seen, and no more than 25 values are offered", async () => {
    const many = Array.from({ length: 40 }, (_, index) => String(index));
    const text = { en: "x", ko: "x" };
    const pick = command({
      ...{ name: "pick", ko: "고르기", about: text, data: z.null() },
      options: {
        one: {
          kind: "text",
          ko: "하나",
          about: text,
          suggest: async (_, given) => many.map((it) => ({ value: `${given["two"]}${it}`, label: { en: it, ko: it } })),
        },
        two: { kind: "text", ko: "둘", about: text },
      },
      run: async () => ({ text: "", data: null }),
    });
    const found = await suggest([pick], { command: "pick", option: "one", typed: "", given: { two: "b" } }, context);
    expect(found).toHaveLength(25);
    expect(found[0]?.value).toBe("b0");
  });
});
