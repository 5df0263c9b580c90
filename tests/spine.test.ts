import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FileRef } from "../src/files.ts";
import { mina, openTestBot, type TestBot } from "./helpers/bot.ts";
import { countAnswers } from "./helpers/countAnswers.ts";
import { landscape } from "./helpers/pictures.ts";
import { workersOf } from "./helpers/processes.ts";

let lab: TestBot;
let photo: FileRef;
beforeAll(async () => {
  lab = await openTestBot();
  photo = await lab.bot.upload(mina, await landscape(), "hills.jpg");
});
afterAll(() => lab.erase());

describe("a request", () => {
  it("is answered with a picture, by a worker child", async () => {
    expect(workersOf(process.pid)).toEqual([]);
    const { status, reply } = await lab.ask("/augment op:rotate n:4 seed:7", [photo]);
    expect(status).toBe("done");
    expect(reply?.text).toContain("7");
    expect(reply?.pictures).toHaveLength(1);
    expect((await lab.read(reply?.pictures?.[0]?.blob ?? "")).length).toBe(reply?.pictures?.[0]?.bytes);
    expect(workersOf(process.pid)).not.toEqual([]);
  });

  it("with the same seed gives the same bytes", async () => {
    const [a, b] = [await lab.ask("/augment noise seed:5", [photo]), await lab.ask("/augment noise seed:5", [photo])];
    expect(a.reply?.pictures?.[0]?.blob).toBe(b.reply?.pictures?.[0]?.blob);
    expect((await lab.ask("/augment noise seed:6", [photo])).reply?.pictures?.[0]?.blob).not.toBe(a.reply?.pictures?.[0]?.blob);
  });

  it("works in Korean, by Korean names", async () => {
    const { status, reply } = await lab.ask("/증강 회전 시드:7", [photo], { lang: "ko" });
    expect(status).toBe("done");
    expect(reply?.text).toContain("회전");
  });

  it("sent twice is asked once", async () => {
    const answers = countAnswers(lab);
    const id = await lab.send("/augment flip", [photo]);
    await lab.web.ask({ id, channel: "general", user: mina, lang: "en", input: "/augment flip", files: [photo] });
    await lab.answerTo(id);
    const lines = (await lab.web.history("general", mina)).filter((it) => it.id === id);
    expect(lines).toHaveLength(1);
    await lab.bot.idle(); // the answer is there before it is shown
    expect(answers.get(id)).toBe(1);
  });

  it("about the picture of a message that it replies to needs no upload", async () => {
    const first = await lab.send("/augment flip", [photo]);
    await lab.answerTo(first);
    expect((await lab.ask("/augment blur", [], { replyTo: `${first}.answer` })).status).toBe("done");
  });

  it("with a button goes on from there", async () => {
    const id = await lab.send("/augment rotate strength:0.5 seed:3", [photo]);
    const { reply } = await lab.answerTo(id);
    const shuffle = reply?.buttons?.findIndex((it) => it.label.includes("Shuffle")) ?? -1;
    const press = crypto.randomUUID();
    await lab.web.press({ id: press, message: `${id}.answer`, button: shuffle, user: mina, lang: "en" });
    const again = await lab.answerTo(press);
    expect(again.status).toBe("done");
    expect(again.seed).not.toBe(3);
    expect(again.reply?.data).toMatchObject({ op: "rotate", strength: 0.5, seed: again.seed });
  });
});

describe("a mistake gets one sentence, says what to do, and breaks nothing", () => {
  it.each([
    ["/nothing", 0, /no command "\/nothing".*\/augment/s],
    ["hello", 0, /no command/],
    ["/augment", 0, /attach a picture/],
    ["/augment op:sparkle", 1, /There is no op "sparkle".*rotate/s],
    ["/augment strength:9", 1, /from 0 to 1.*"9"/],
    ["/augment n:many", 1, /from 1 to 24.*"many"/],
    ["/augment n:2.5", 1, /"2.5"/],
    ["/augment colour:red", 1, /no option "colour".*strength/s],
    ["/augment", 2, /one file, and you sent 2/],
    ["/help", 1, /no file, and you sent 1/],
  ])("%s with %i pictures", async (input, pictures, sentence) => {
    const { status, reply } = await lab.ask(input, Array<FileRef>(pictures).fill(photo));
    expect(status).toBe("mistake");
    expect(reply?.text).toMatch(sentence);
  });
});

it("/history shows what was asked, /status how it stands", async () => {
  await lab.ask("/augment flip", [photo]);
  expect((await lab.ask("/history")).reply?.table?.rows).toContainEqual(expect.arrayContaining(["✅ done", "/augment", "Mina"]));
  expect((await lab.ask("/history user:mina")).reply?.table?.rows).toContainEqual(expect.arrayContaining(["/augment", "Mina"]));
  expect((await lab.ask("/history user:nobody")).reply?.data).toEqual({ requests: [] });
  const { reply } = await lab.ask("/status");
  expect(reply?.text).toMatch(/Peerlab 0\..*ONNX Runtime/s);
  expect(reply?.table?.rows).toContainEqual(["images", "0", "0"]);
});

it("after a restart, history and buttons are still there", async () => {
  const id = await lab.send("/augment rotate", [photo]);
  await lab.answerTo(id);
  await lab.close();
  lab = await openTestBot(lab.home);
  expect((await lab.web.history("general", mina)).at(-1)).toMatchObject({ id: `${id}.answer`, request: { status: "done" } });
  const press = crypto.randomUUID();
  await lab.web.press({ id: press, message: `${id}.answer`, button: 0, user: mina, lang: "en" });
  expect((await lab.answerTo(press)).status).toBe("done");
});

it("/forget takes everything of mine, and nothing of others'", async () => {
  const other = { id: "jun", name: "Jun" };
  const others = await lab.bot.upload(other, await landscape(320, 200), "small.jpg");
  const kept = await lab.send("/augment flip", [others], { user: other });
  await lab.answerTo(kept);
  const mine = await lab.ask("/augment flip", [photo]);
  expect((await lab.ask("/forget")).reply?.text).toMatch(/sure/);
  expect((await lab.ask("/forget yes")).reply?.text).toMatch(/Erased \d+ messages/);
  await expect(lab.read(photo.blob)).rejects.toThrow();
  await expect(lab.read(mine.reply?.pictures?.[0]?.blob ?? "")).rejects.toThrow();
  expect((await lab.read(others.blob)).length).toBe(others.bytes);
  expect((await lab.web.history("general", mina)).filter((it) => it.author.id === mina.id)).toHaveLength(1);
  const blobs = readdirSync(join(lab.home, "blobs"), { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  expect(blobs).toHaveLength(2);
});
