import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type From, viewerOf } from "../src/chat/request.ts";
import { LOCAL_GROUP } from "../src/place.ts";
import { openTestBot, type TestBot } from "./helpers/bot.ts";
import { colourModel, colours, plainly } from "./helpers/onnxModels.ts";

/** One story: who comes first to a new Peerlab administers it. */
const atWeb = { adapter: "web", group: LOCAL_GROUP, channel: "general" } as const;
const first: From = { user: { id: "web-first", name: "Mina" }, place: atWeb, lang: "en" };
const second: From = { user: { id: "web-second", name: "Jun" }, place: atWeb, lang: "en" };
const third: From = { user: { id: "web-third", name: "Jun (2)" }, place: atWeb, lang: "en" };
const owner: From = {
  user: { id: "terminal-root", name: "root" },
  place: { adapter: "terminal", group: LOCAL_GROUP, channel: "terminal" },
  lang: "en",
};
let lab: TestBot;
beforeAll(async () => {
  lab = await openTestBot();
});
afterAll(() => lab.erase());

const ask = async (from: From, input: string, files: Parameters<typeof lab.bot.ask>[0]["files"] = []) => {
  const id = randomUUID();
  await lab.bot.ask({ ...from, id, input, files });
  const outcome = await lab.bot.outcome(id, 60, viewerOf(from));
  if (!outcome) throw new Error("Expected an outcome");
  return outcome;
};
const press = async (from: From, request: string, button = 0) => {
  const id = randomUUID();
  await lab.bot.press({ ...from, id, pressed: { delivery: request, button } });
  return lab.bot.outcome(id, 60, viewerOf(from));
};
const add = async (from: From) => {
  const model = await lab.bot.upload(from.user, colourModel(), "tiny.onnx");
  const labels = await lab.bot.upload(from.user, Buffer.from(colours.join("\n")), "labels.txt");
  return ask(from, `/models add name:tiny preprocessing:${plainly}`, [model, labels]);
};

it("an ask at the terminal makes nobody an administrator; the first to claim a name is one, and no other", async () => {
  await ask(owner, "/help");
  for (const { user } of [first, second, third]) await lab.bot.claimName(user.id, user.name);
  const kim: From = { ...second, user: { id: "kim", name: "Kim" }, place: { ...owner.place, group: "guild", channel: "lounge" } };
  await ask(kim, "/help");
  await lab.bot.claimName(second.user.id, "Jun");
  const added = await add(second);
  expect(added.status).toBe("done");
  expect((await ask(first, "/models remove name:tiny")).reply?.data).toMatchObject({ sure: false });
  expect((await ask(third, "/models remove name:tiny")).reply?.data).toMatchObject({ error: "not_your_model", by: "Jun" });
});

it("nobody owns another's model by going by their name", async () => {
  const namesake: From = { ...third, user: { ...third.user, name: second.user.name } };
  expect((await ask(namesake, "/models remove name:tiny")).reply?.data).toMatchObject({ error: "not_your_model" });
  expect((await add(namesake)).reply?.data).toMatchObject({ error: "model_taken" });
});

it("an administrator is asked once more before another's model goes, and others' presses of that button do nothing", async () => {
  const asked = await ask(first, "/models remove name:tiny");
  expect(asked.reply?.text).toMatch(/added by Jun.*sure/);
  await expect(press(third, asked.id)).rejects.toThrow(/button/);
  expect(JSON.stringify(await ask(second, "/models"))).toContain("tiny");
  expect((await press(first, asked.id))?.reply?.data).toMatchObject({ removed: "tiny" });
});

it("an owner is not asked, and may replace their own", async () => {
  expect((await add(second)).status).toBe("done");
  expect((await add(second)).status).toBe("done");
  expect((await ask(second, "/models remove name:tiny")).reply?.data).toMatchObject({ removed: "tiny" });
});

it("a model's card says what it knows, and its button removes nothing unasked: it says whose the model is", async () => {
  await add(second);
  const listed = await ask(second, "/models");
  expect(listed.reply?.table?.others?.from).toBe(1);
  expect(listed.reply?.table?.rows[0]).toEqual(["tiny", "3 things: red … blue", expect.stringMatching(/B$/), "-", "9", "Jun"]);
  expect(listed.reply?.buttons?.slice(0, 2)).toEqual([
    expect.objectContaining({ command: "classify", args: { model: "tiny" }, asksForPicture: true }),
    expect.objectContaining({ command: "models remove", row: { index: 0, label: "🗑 Remove" } }),
  ]);
  // What can be downloaded follows, each with its button.
  const { table, buttons = [] } = listed.reply ?? {};
  expect(buttons.slice(2).map((it) => it.row?.index)).toEqual([...(table?.rows.keys() ?? [])].slice(1));
  expect(buttons[3]).toMatchObject({ command: "models fetch", args: { name: "efficientnet_b0" } });
  const own = await press(second, listed.id, 1);
  expect([own?.reply?.data, own?.reply?.text]).toEqual([{ sure: false }, expect.stringContaining("a model of yours")]);
  expect((await press(first, listed.id, 1))?.reply?.text).toContain("added by Jun");
  expect((await press(third, listed.id, 1))?.reply?.data).toMatchObject({ error: "not_your_model" });
  expect((await press(second, own?.id ?? ""))?.reply?.data).toMatchObject({ removed: "tiny" });
});

it("the owner of the installation, at the terminal, administers always", async () => {
  await add(second);
  const asked = await ask(owner, "/models remove name:tiny");
  expect(asked.reply?.data).toMatchObject({ sure: false });
  expect((await press(owner, asked.id))?.reply?.data).toMatchObject({ removed: "tiny" });
});

it("what a platform says about its administrators counts, from one request to the next", async () => {
  await add(second);
  expect((await ask({ ...third, administers: true }, "/models remove name:tiny")).reply?.data).toMatchObject({ sure: false });
  expect((await ask(third, "/models remove name:tiny")).reply?.data).toMatchObject({ sure: false });
  expect((await ask({ ...third, administers: false }, "/models remove name:tiny")).reply?.data).toMatchObject({
    error: "not_your_model",
  });
});

it("a name of a platform is kept up to date, and one that was claimed is not overwritten", async () => {
  const kim = { id: "kim", name: "Kim" };
  const there: From = { ...owner, user: kim, place: { ...owner.place, group: "guild" } };
  await ask(there, "/help");
  expect(await lab.bot.person("kim")).toEqual(kim);
  await ask({ ...there, user: { id: "kim", name: "Kim Lee" } }, "/help");
  expect(await lab.bot.person("kim")).toEqual({ id: "kim", name: "Kim Lee" });
  await ask({ ...first, user: { id: first.user.id, name: "somebody" } }, "/help");
  expect(await lab.bot.person(first.user.id)).toEqual(first.user);
  // Two of a platform may be called the same, and no name of theirs is taken from those who claim theirs.
  expect((await lab.bot.claimName("web-fourth", "Kim Lee")).name).toBe("Kim Lee");
});
