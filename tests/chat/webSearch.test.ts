import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { snippetOf } from "../../src/chat/web/page/snippet.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";

const jun = { id: "jun", name: "Jun" };
let lab: TestBot;
let channel: string;
let other: string;
const say = (text: string, user = mina, where = channel) =>
  lab.web.say({ id: randomUUID(), channel: where, user, files: [], text });
const found = async (text: string, user = mina) => (await lab.web.search(channel, user, text)).map((it) => it.text);

beforeAll(async () => {
  lab = await openTestBot();
  channel = (await lab.web.openChannel("search")).id;
  other = (await lab.web.openChannel("other")).id;
  await say("The kernel of a CNN looks at one pixel");
  await say("오늘은 지식 증류를 공부해요", jun);
  await say("100% of a_b and 100 of acb");
  await say("another kernel", mina, other);
  await say("KERNEL again, with a colour jitter", jun);
});
afterAll(() => lab.erase());

describe("a search in a channel", () => {
  it("finds words in any case, newest first, and in no other channel", async () => {
    expect(await found("kernel")).toEqual(["KERNEL again, with a colour jitter", "The kernel of a CNN looks at one pixel"]);
    expect(await found("pixel CNN")).toEqual(["The kernel of a CNN looks at one pixel"]);
    expect(await found("kernel zebra")).toEqual([]);
    expect(await found("  ")).toEqual([]);
  });

  it("finds Korean by any part of a word, also where it is typed as single letters", async () => {
    for (const typed of ["증류", "식 증", "공부", "증류".normalize("NFD")])
      expect(await found(typed), typed).toEqual(["오늘은 지식 증류를 공부해요"]);
  });

  it("takes what means something to a database, or to a pattern, as it is", async () => {
    expect(await found("100%")).toEqual(["100% of a_b and 100 of acb"]);
    expect(await found("a_b")).toEqual(["100% of a_b and 100 of acb"]);
    for (const typed of ["%", "_", "\\", "'", ".*", "100%_"]) expect((await found(typed)).length, typed).toBeLessThan(2);
  });

  it("finds commands and what the bot said, for those who may see them", async () => {
    const asked = await lab.ask("/help classify", [], { channel });
    expect(await found("/help")).toContain("/help classify");
    const seen = await lab.web.search(channel, mina, "CNN your picture");
    expect(seen.map((it) => [it.author.bot, it.request?.id])).toEqual([[true, asked.id]]);
    await lab.ask("/augment strength:9", [], { channel });
    expect(await found("strength:9")).toEqual(["/augment strength:9"]);
    // A mistake is told to whoever made it.
    expect(await found("strength:9", jun)).toEqual([]);
  });
});

describe("what is shown of a find", () => {
  it("is the part around it, with every word marked", () => {
    const text = `${"before ".repeat(20)}the Kernel sees a (pixel), 증류 ${"after ".repeat(40)}`;
    const parts = snippetOf(text, "kernel (PIXEL) 증류");
    expect(parts.filter((it) => it.found).map((it) => it.text)).toEqual(["Kernel", "(pixel)", "증류"]);
    const whole = parts.map((it) => it.text).join("");
    expect(whole).toMatch(/^….*….?$/s);
    expect(whole.length).toBeLessThan(150);
  });

  it("is the beginning where it stands there, and where nothing is marked", () => {
    expect(snippetOf("short", "ORT")).toEqual([
      { text: "sh", found: false },
      { text: "ort", found: true },
    ]);
    expect(snippetOf("a  line\nbreak", " ")).toEqual([{ text: "a line break", found: false }]);
  });
});
