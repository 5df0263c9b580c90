import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asksAbout } from "../../src/chat/understand.ts";
import type { FileRef } from "../../src/files.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { landscape } from "../helpers/pictures.ts";

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
