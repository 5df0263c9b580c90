/** About 60 s, of which most is waiting for fresh worker children. */
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Peer } from "../../src/chat/request.ts";
import type { ChannelEvent } from "../../src/chat/web/message.ts";
import type { FileRef } from "../../src/files.ts";
import type { Prediction } from "../../src/models/prediction.ts";
import { shippedFolder } from "../../src/store/shippedModels.ts";
import { freshHome, localViewer, mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { colourModel, colours, crashingOnRed, endlessOn, plainly, smallModel, stealingModel } from "../helpers/onnxModels.ts";
import { until, workersOf } from "../helpers/processes.ts";

let lab: TestBot;
let red: FileRef;
let green: FileRef;
const jun = { id: "jun", name: "Jun" };
const upload = (bytes: Uint8Array, name: string, user: Peer = mina) => lab.bot.upload(user, bytes, name);
const painted = async (background: string) =>
  upload(
    await sharp({ create: { width: 64, height: 48, channels: 3, background } })
      .png()
      .toBuffer(),
    "a.png",
  );
const add = async (name: string, bytes: Uint8Array, user: Peer = mina, labels: readonly string[] = colours) =>
  lab.ask(
    `/models add name:${name} preprocessing:${plainly}`,
    [await upload(bytes, `${name}.onnx`, user), await upload(Buffer.from(labels.join("\n")), "names.txt", user)],
    { user },
  );
/** Hears what is in progress, by its note. */
const hearing = () => {
  const notes: string[] = [];
  lab.web.listen((_, event: ChannelEvent) => void (event.type === "progress" && notes.push(event.note)));
  return notes;
};
/** Ends whatever the children do, as their watchdogs do at the time limit. */
const timeOut = () => {
  for (const pid of workersOf(process.pid)) process.kill(pid, "SIGXCPU");
};
/** What /models says about a model: the sentence about it, else its row. */
const listed = async (name: string): Promise<string> => {
  const { reply } = await lab.ask("/models");
  const lines = [...(reply?.text.split("\n") ?? []), ...(reply?.table?.rows.map((row) => row.join(" | ")) ?? [])];
  return lines.find((it) => it.startsWith(`**${name}**`) || it.startsWith(`${name} | `)) ?? "";
};
const queued = async () => {
  const { data } = (await lab.ask("/status")).reply as { data: { queues: Record<string, { waiting: number; active: number }> } };
  return Object.values(data.queues).reduce((sum, it) => sum + it.waiting + it.active, 0);
};

/** Models are asked one after the other, so that it is known which one a child is at. */
const oneChild = { PEERLAB_INFER_CHILDREN: "1" };
/** A folder with one of the models that ship. */
const oneShipped = async () => {
  const folder = await freshHome();
  await copyFile(join(shippedFolder, "resnet8.cifar10.onnx"), join(folder, "resnet8.cifar10.onnx"));
  return folder;
};
beforeAll(async () => {
  lab = await openTestBot(undefined, oneChild, await oneShipped());
  [red, green] = [await painted("#e01010"), await painted("#10e010")];
});
afterAll(() => lab.erase());

it("a model that reads a file of the server is refused before it reads a byte", async () => {
  const added = await add("thief", stealingModel("package.json", 5), mina, ["0", "1", "2", "3", "nought"]);
  const { top = [] } = ((await lab.ask("/classify thief", [green])).reply?.data ?? {}) as { top?: Prediction[] };
  const nought = top.find((it) => it.label === "nought")?.probability ?? 1;
  const stolen = top.toSorted((a, b) => a.index - b.index).slice(0, 4);
  const read = String.fromCharCode(...stolen.map((it) => Math.round(32 * Math.log(it.probability / nought))));
  expect({ read, said: added.reply?.data }).toEqual({
    read: "",
    said: { error: "model_external_data", file: "package.json" },
  });
});

describe("whose word counts", () => {
  it("an added model never becomes everybody's choice beside one that ships, however many classes it knows", async () => {
    const many = Array.from({ length: 30 }, (_, i) => `class ${i}`);
    expect((await add("loud", smallModel(many.length), jun, many)).status).toBe("done");
    expect((await lab.ask("/classify", [green])).reply?.data).toMatchObject({ model: "resnet8.cifar10" });
    expect((await lab.ask("/models remove loud", [], { user: jun })).status).toBe("done");
  });

  it("a model is its owner's by their id: not another's of the same name, and not of one who calls himself as we do", async () => {
    expect((await add("colours", colourModel())).status).toBe("done");
    const taken = { error: "model_taken", name: "colours", by: "Mina" };
    expect((await add("colours", colourModel(), { id: "another", name: "Mina" })).reply?.data).toEqual(taken);
    expect((await add("colours", colourModel(), { ...mina, name: "Mina Kim" })).status).toBe("done");
    const impostor = await add("resnet8.cifar10", colourModel(), { id: "x", name: "Peerlab" });
    expect(impostor.reply?.data).toEqual({ error: "model_taken", name: "resnet8.cifar10", by: "Peerlab" });
  });
});

describe.skipIf(process.arch !== "x64")("models as poison (one crashes by a division that only x86 refuses)", () => {
  beforeAll(async () => {
    expect((await add("endless", endlessOn("red"))).status).toBe("done");
    expect((await add("crasher", crashingOnRed(), jun)).status).toBe("done");
  });

  it("in /classify model:all each fails alone, and the answer says which and why", { timeout: 60_000 }, async () => {
    const notes = hearing();
    const id = await lab.send("/classify all", [red]);
    await until("the endless one to be asked", () => notes.includes("endless"));
    timeOut();
    const { status, reply } = await lab.answerTo(id);
    expect(reply?.data).toMatchObject({
      models: [{ model: "resnet8.cifar10" }, { model: "colours", top: [{ label: "red" }, {}, {}] }],
      failed: [
        { model: "endless", error: "too_slow", reason: "used more than 60 s of processor time" },
        { model: "crasher", error: "crashed" },
      ],
    });
    expect(status).toBe("done");
    expect(reply?.text).toMatch(/⚠️ \*\*endless\*\*: used more than 60 s of processor time\n⚠️ \*\*crasher\*\*: crashed/);
    expect(reply?.pictures?.[0]?.alt).toMatch(
      /colours: red .*; endless: used more than 60 s of processor time; crasher: crashed/,
    );
    expect([...new Set(notes)]).toEqual(["resnet8.cifar10", "colours", "endless", "crasher"]);
  });

  it("one that took two children along is set aside: not among all, not a choice, and its line says so", async () => {
    expect(await listed("crasher")).not.toContain("set aside");
    expect((await lab.ask("/classify crasher", [red])).reply?.data).toMatchObject({ error: "crashed" });
    expect(await listed("crasher")).toContain("is set aside, because it crashed or never finished twice; Jun can");
    expect(((await lab.ask("/models", [], { lang: "ko" })).reply?.text ?? "").match(/빼 두었어요/g)).toHaveLength(1);
    const { models } = (await lab.ask("/models")).reply?.data as { models: { name: string; setAside: boolean }[] };
    expect(models.filter((it) => it.setAside).map((it) => it.name)).toEqual(["crasher"]);
    const { data } = (await lab.ask("/classify all", [green])).reply ?? {};
    expect(data).toMatchObject({
      models: [{ model: "resnet8.cifar10" }, { model: "colours" }, { model: "endless" }],
      failed: [],
    });
    const suggested = await lab.bot.suggest({
      ...{
        command: "classify",
        option: "model",
        typed: "",
        user: mina,
        place: { adapter: "web", group: "local", channel: "general" },
        lang: "en",
      },
    });
    expect(suggested.map((it) => it.label.en).at(-1)).toBe("crasher (set aside)");
  });

  it("its owner asks it again by naming it; others are told who can", async () => {
    const others = await lab.ask("/classify crasher", [green]);
    expect(others.reply?.data).toEqual({ error: "model_set_aside", name: "crasher", by: "Jun" });
    expect((await lab.ask("/explain model:crasher", [green])).reply?.data).toMatchObject({ error: "model_set_aside" });
    const own = await lab.ask("/classify crasher", [green], { user: jun });
    expect([own.status, own.reply?.data]).toEqual(["done", expect.objectContaining({ model: "crasher" })]);
    expect(await listed("crasher")).not.toContain("set aside");
    expect((await lab.ask("/classify crasher", [green])).status).toBe("done");
  });

  it("all of it stops when it is cancelled, and nobody is blamed", { timeout: 60_000 }, async () => {
    const before = await listed("endless");
    const notes = hearing();
    const id = await lab.send("/classify all", [red]);
    await until("the endless one to be asked", () => notes.includes("endless"));
    expect(await lab.bot.cancel(id, localViewer(mina))).toBe(true);
    expect((await lab.answerTo(id)).status).toBe("cancelled");
    // Blocked in native code, the child hears nothing; its watchdog does, and gives it three seconds.
    await until("every queue to be empty", async () => (await queued()) === 0);
    expect(notes).not.toContain("crasher");
    expect(await listed("endless")).toBe(before);
    expect((await lab.ask("/classify colours", [green])).status).toBe("done");
  });

  it("a restart in the middle of it loses nothing", { timeout: 90_000 }, async () => {
    const notes = hearing();
    const id = await lab.send("/classify all", [red]);
    await until("the endless one to be asked", () => notes.includes("endless"));
    const closed = lab.close();
    timeOut();
    await closed;
    lab = await openTestBot(lab.home, oneChild, await oneShipped());
    const { status, reply } = await lab.answerTo(id);
    expect([status, reply?.data]).toMatchObject([
      "done",
      { models: [{}, {}], failed: [{ model: "endless" }, { model: "crasher" }] },
    ]);
  });

  it("where two children answer side by side, both stop when it is cancelled", { timeout: 90_000 }, async () => {
    await lab.close();
    lab = await openTestBot(lab.home, { PEERLAB_INFER_CHILDREN: "2" }, await oneShipped());
    for (const name of ["left", "right"]) expect((await add(name, endlessOn("red"))).status).toBe("done");
    const notes = hearing();
    const id = await lab.send("/classify all", [red]);
    await until("both endless ones to be asked", () => notes.includes("left") && notes.includes("right"));
    expect(await lab.bot.cancel(id, localViewer(mina))).toBe(true);
    expect((await lab.answerTo(id)).status).toBe("cancelled");
    await until("every queue to be empty", async () => (await queued()) === 0);
    expect((await lab.ask("/classify colours", [green])).status).toBe("done");
  });
});
