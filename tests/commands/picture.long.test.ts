import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import type { CommandEntry } from "../../src/chat/command.ts";
import { nextRequestId } from "../../src/chat/requestId.ts";
import { asksAbout } from "../../src/chat/understand.ts";
import type { FileRef } from "../../src/files.ts";
import { CatalogEntry } from "../../src/models/catalog.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { serveFile } from "../helpers/fileServer.ts";
import { plainly, smallModel } from "../helpers/onnxModels.ts";
import { landscape } from "../helpers/pictures.ts";

/** The commands, with a catalog of one model, which this machine can reach. */
const fetching = (entry: CatalogEntry): readonly CommandEntry[] =>
  commands.map((it) =>
    "run" in it || it.name !== "models"
      ? it
      : {
          ...it,
          subcommands: it.subcommands.map((sub) =>
            sub.name === "fetch" ? { ...sub, run: async () => ({ job: "fetchModel" as const, input: { entry } }) } : sub,
          ),
        },
  );

describe("a picture without a command", () => {
  let lab: TestBot;
  let photo: FileRef;
  beforeAll(async () => {
    lab = await openTestBot();
    photo = await lab.bot.upload(mina, await landscape(), "hills.jpg");
  });
  afterAll(() => lab.erase());

  it("gets what can be done with it, to tap", async () => {
    const { reply } = await lab.ask("", [photo]);
    expect(reply?.data).toEqual({ commands: ["augment", "classify", "explain"] });
    expect(reply?.buttons?.map((it) => it.label)).toEqual(["Augment", "Classify", "Explain"]);
    for (const { args } of reply?.buttons ?? []) expect(args).toEqual({ image: photo });
  });

  it("and with a question in Korean, the same in Korean", async () => {
    const { reply } = await lab.ask("이 사진 뭐야?", [photo], { lang: "ko" });
    expect(reply?.text).toContain("무엇을 해 볼까요?");
    expect(reply?.buttons?.map((it) => it.label)).toEqual(["증강", "분류", "설명"]);
  });

  it("and a tap labels it, once the group has classes", async () => {
    const other = await lab.bot.upload(mina, await landscape(200, 120), "sea.jpg");
    await lab.ask("/label class:sea", [other]);
    const { reply } = await lab.ask("", [photo]);
    expect(reply?.data).toEqual({ commands: ["augment", "classify", "explain"] });
    const last = reply?.buttons?.at(-1);
    expect(last).toEqual({ label: "🏷 sea", command: "label add", args: { class: "sea", images: [photo] } });
    const tapped = await lab.ask({ command: "label add", args: last?.args ?? {} });
    expect(tapped.reply?.data).toMatchObject({ label: "sea", classes: [{ label: "sea", count: 2 }] });
    expect((await lab.ask("", [photo])).reply?.buttons).toHaveLength(3);
  });
});

it("a picture is asked about again by itself once the model that was fetched for it is there, and only once", async () => {
  const bytes = smallModel();
  await using server = await serveFile(bytes);
  const entry = CatalogEntry.parse({
    ...{ name: "wider", family: "Tiny", bytes: bytes.length, urls: [server.url], preprocessing: plainly, labels: "cifar10" },
    ...{ sha256: createHash("sha256").update(bytes).digest("hex"), lineage: {} },
  });
  const lab = await openTestBot(undefined, {}, "none", { commands: fetching(entry) });
  try {
    const image = await lab.bot.upload(mina, await landscape(), "hills.jpg");
    const fetched = await lab.ask({ command: "models fetch", args: { name: "wider", image } });
    expect(fetched).toMatchObject({ status: "done", reply: { data: { models: [{ name: "wider" }] } } });
    expect(fetched.reply).not.toHaveProperty("next");
    const again = await lab.answerTo(nextRequestId(fetched.id));
    expect(again).toMatchObject({ command: "classify", status: "done", reply: { data: { model: "wider" } } });
    const rows = await lab.store.requests.waiting();
    expect(rows).toEqual([]);
  } finally {
    await lab.erase();
  }
});

describe("what is asked about a picture", () => {
  const picture = [{ type: "image/jpeg" }];
  it.each(["", "  ", "What is this", "이거 뭐야", "무슨 새인가요", "which one?"])("%j", (text) => {
    expect(asksAbout(text, picture)).toBe(true);
    expect(asksAbout(text, [])).toBe(false);
    expect(asksAbout(text, [{ type: "application/octet-stream" }])).toBe(false);
  });
  it.each([
    "my dog",
    "오늘 찍은 사진이에요",
    "/classify",
    "/unknown what?",
  ])("is not %j, which is for people or for a command", (text) => expect(asksAbout(text, picture)).toBe(false));
});
