import type { APIMessage } from "discord.js";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { CHANNEL, users } from "../../helpers/discord/server.ts";
import { openTalk, type Talk } from "../../helpers/discord/talk.ts";
import { landscape } from "../../helpers/pictures.ts";
import { until } from "../../helpers/processes.ts";

let talk: Talk;
beforeAll(async () => {
  talk = await openTalk();
});
afterEach(() => void vi.restoreAllMocks());
afterAll(async () => {
  expect(talk.complaints()).toEqual([]);
  await talk.close();
});

/** Lets every request look as if it had been asked more than a minute ago. */
const muchLater = () => {
  const now = Date.now;
  vi.spyOn(Date, "now").mockImplementation(() => now() + 61_000);
};
const seen = () => talk.double.shownTo(users.Jun, CHANNEL);
const contents = async () => (await seen()).map((it) => it.content);
const posted = (content: string) => talk.double.calls.find((it) => it.method === "POST" && it.body?.content === content);
const set = async (line: string) => talk.settled((await talk.command(`/settings ${line}`)).id);

describe("what took long", () => {
  it("is a new message, which mentions whoever asked, and nobody else", async () => {
    muchLater();
    await talk.settled((await talk.command("/count n:51")).id);
    const content = `<@${users.Mina}> count 51`;
    expect(posted(content)?.body).toMatchObject({ allowed_mentions: { parse: [], users: [users.Mina] }, enforce_nonce: true });
    // The message that said that it works is gone.
    expect(await contents()).toEqual([content]);
  });

  it("mentions nobody in quiet hours", async () => {
    await set("quiet:00:00-23:59");
    muchLater();
    await talk.settled((await talk.command("/count n:52")).id);
    expect(await contents()).toContain("count 52");
    vi.restoreAllMocks();
    await set("quiet:off");
  });
});

describe("a sheet", () => {
  it("has its tiles in a menu and its strength as buttons, which change it in place", async () => {
    const file = new File([new Uint8Array(await landscape(400, 300))], "hills.jpg", { type: "image/jpeg" });
    await talk.settled((await talk.command("/augment op:rotate n:2 seed:5", [file])).id);
    const sheet = await talk.shown("**rotate** · strength 0.5");
    const [menu, buttons] = (sheet.components ?? []).map((it) => ("components" in it ? it.components : []));
    const [select] = (menu ?? []) as unknown as { custom_id: string; options: { label: string; value: string }[] }[];
    expect(select?.options.map((it) => it.value)).toEqual(["0", "1", "2"]);
    const labelled = (buttons ?? []) as unknown as { custom_id: string; label: string }[];
    expect(labelled.map((it) => it.label)).toEqual(["Stronger", "Weaker", "🔀 Shuffle"]);

    await talk.settled((await talk.press(sheet, select?.custom_id ?? "", users.Jun, ["2"])).id);
    const tile = await talk.shown("F.rotate(image, ");
    expect(tile.content).toContain(`**${select?.options[2]?.label}**`);
    expect(tile.attachments).toHaveLength(1);
    await talk.settled((await talk.press(sheet, labelled[0]?.custom_id ?? "")).id);
    expect((await talk.shown("strength 0.75")).id).toBe(sheet.id);
  });
});

describe("a long answer", () => {
  const partsOf = async (request: string) => ((await talk.bot.store.deliveries.get(request))?.externalId ?? "").split(",");

  it("goes on in the channel, or in a thread where the group wants that", async () => {
    const { id } = await talk.command("/blocks letters:5000 buttons:0");
    await talk.settled(id);
    expect((await partsOf(id)).length).toBeGreaterThan(1);
    expect((await partsOf(id)).every((it) => /^\d+$/.test(it))).toBe(true);
    await set("replies:thread");
    const threaded = await talk.command("/blocks letters:5000 buttons:0");
    await talk.settled(threaded.id);
    const [first, ...rest] = await partsOf(threaded.id);
    expect(first).toMatch(/^\d+$/);
    expect(rest.length).toBeGreaterThan(0);
    for (const it of rest) expect(it).toMatch(/^\d+\/\d+$/);
    await set("replies:channel");
  });

  it("is gone in all its messages when whoever asked is forgotten", async () => {
    const { id } = await talk.command("/blocks letters:5000 buttons:0", [], { user: users.Sora });
    await talk.settled(id);
    const all = await partsOf(id);
    const there = async () => (await seen()).filter((it: APIMessage) => all.includes(it.id)).length;
    expect(await there()).toBe(all.length);
    await talk.command("/forget sure:yes", [], { user: users.Sora });
    await until("the messages to go", async () => (await there()) === 0);
  });
});
