import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { webApp } from "../../src/chat/web/app.ts";
import { openFileLinks } from "../../src/chat/web/fileLinks.ts";
import { openLog } from "../../src/log.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";

const own = "https://lab.example";
let tested: TestBot;
let app: ReturnType<typeof webApp>;
beforeAll(async () => {
  tested = await openTestBot(undefined, { PEERLAB_WEB_URL: own });
  app = webApp(tested, { maxImageMb: 1, log: openLog({ log: "silent" }), token: "a-token-of-sufficient-length" });
});
afterAll(() => tested.erase());

it("gives a file to whoever has its link, without a token or a name, and by the name that it has", async () => {
  const file = await tested.bot.upload(mina, Buffer.from("weights"), "모델.onnx");
  const link = tested.links.linkTo(file);
  expect(link).toMatch(new RegExp(`^${own}/files/${file.blob}\\?`));
  const answer = await app.request(link);
  expect(await answer.text()).toBe("weights");
  expect(answer.headers.get("content-disposition")).toBe(`attachment; filename*=UTF-8''${encodeURIComponent("모델.onnx")}`);
});

it("gives nothing for a link that was not given out: another file's key, another Peerlab's, or none", async () => {
  const [one, other] = [
    await tested.bot.upload(mina, Buffer.from("one"), "one.txt"),
    await tested.bot.upload(mina, Buffer.from("other"), "other.txt"),
  ];
  const key = new URL(tested.links.linkTo(one)).searchParams.get("key") ?? "";
  const foreign = openFileLinks(own, "another secret", { get: async () => Buffer.from("") }).linkTo(other);
  for (const address of [`${own}/files/${other.blob}?key=${key}`, `${own}/files/${other.blob}`, foreign])
    expect((await app.request(address)).status).toBe(404);
  expect((await app.request(tested.links.linkTo({ blob: "0".repeat(64), name: "never" }))).status).toBe(404);
});

it("shows nothing of another platform: not in the history, not in the stream, not by its id", async () => {
  const heard: unknown[] = [];
  const leave = tested.web.listen((_channel, event) => heard.push(event));
  const place = { adapter: "terminal", group: "another group", channel: "general" } as const;
  const before = await tested.web.history("general", mina);
  const id = randomUUID();
  await tested.bot.ask({ id, user: mina, place, lang: "en", input: "/history", files: [] });
  expect((await tested.bot.outcome(id, 20, { userId: mina.id, groupId: place.group }))?.status).toBe("done");
  await tested.bot.idle();
  leave();
  expect(heard).toEqual([]);
  expect(await tested.web.history("general", mina)).toEqual(before);
  const pressed = { id: randomUUID(), message: id, delivery: id, button: 0, user: mina, lang: "en" } as const;
  await expect(tested.web.press(pressed)).rejects.toThrow(/is gone/);
});
