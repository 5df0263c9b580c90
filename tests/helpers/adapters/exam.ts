import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { adapters } from "../../../src/chat/adapters.ts";
import type { AdapterName, Place } from "../../../src/place.ts";
import { colourModel, colours, plainly } from "../onnxModels.ts";
import { landscape } from "../pictures.ts";
import { freezeWorkers, until } from "../processes.ts";
import type { ExamBot } from "./bot.ts";
import type { ExamPeer, Seen } from "./driver.ts";

/** Whom and what a question of the exam may use. */
export interface Examined {
  adapter: AdapterName;
  place: Place;
  bot: ExamBot;
  mina: ExamPeer;
  jun: ExamPeer;
  /** Somebody who reads Korean. */
  sora: ExamPeer;
  /** Closes the bot and opens it again over the same folder, with everybody back. */
  restart(): Promise<void>;
}

const picture = async (name: string, width = 320): Promise<File> =>
  new File([new Uint8Array(await landscape(width, width))], name, { type: "image/jpeg" });

const ask = async (peer: ExamPeer, input: string, files: readonly File[] = [], replyTo?: Seen): Promise<Seen> =>
  peer.answer(await peer.send({ input, files, ...(replyTo && { replyTo }) }));

const press = async (peer: ExamPeer, message: Seen, label: string): Promise<string> =>
  peer.press(message, message.buttons.indexOf(label));

const requestsSeen = async (peer: ExamPeer) => (await peer.sees()).flatMap((message) => message.request ?? []);
const now = async (peer: ExamPeer, message: Seen): Promise<Seen | undefined> =>
  (await peer.sees()).find(({ id }) => id === message.id);

/** Stops the workers, once there are some that a request could be given to. */
const untilFrozen = async (peer: ExamPeer): Promise<() => void> => {
  await ask(peer, "/augment op:flip n:1", [await picture("first.jpg")]);
  return freezeWorkers();
};

/** What every chat platform has to pass, or say why it cannot. */
export const exam = {
  "a request by text": async ({ mina }) => {
    expect(await ask(mina, "/count n:7")).toMatchObject({ status: "done", text: "count 7" });
  },

  "a request by fields": async ({ mina }) => {
    const answer = await mina.answer(await mina.send({ input: { command: "count", args: { n: 8 } } }));
    expect(answer).toMatchObject({ status: "done", text: "count 8" });
  },

  "a picture attached": async ({ mina }) => {
    const answer = await ask(mina, "/blocks", [await picture("hills.jpg")]);
    expect(answer).toMatchObject({ status: "done", pictures: [(await picture("hills.jpg")).size] });
  },

  "a picture by reply": async ({ mina, jun }) => {
    const first = await ask(mina, "/blocks", [await picture("hills.jpg")]);
    expect(await ask(jun, "/blocks", [], first)).toMatchObject({ status: "done", pictures: first.pictures });
  },

  "several pictures": async ({ mina }) => {
    const files = [await picture("a.jpg", 200), await picture("b.jpg", 240), await picture("c.jpg", 280)];
    expect((await ask(mina, "/blocks", files)).pictures).toEqual(files.map((file) => file.size));
  },

  "autocomplete sees the other options": async ({ mina }) => {
    const wanted = { command: "fruit", option: "fruit", typed: "" };
    expect(await mina.suggest({ ...wanted, given: { colour: "red" } })).toEqual(["apple", "cherry"]);
    expect(await mina.suggest({ ...wanted, given: { colour: "yellow" } })).toEqual(["banana", "lemon"]);
    expect(await mina.suggest({ ...wanted, typed: "lem", given: { colour: "yellow" } })).toEqual(["lemon"]);
  },

  "a reply with every block": async ({ mina }) => {
    const files = [await picture("hills.jpg"), new File(["four"], "notes.txt")];
    const answer = await ask(mina, "/blocks buttons:3", files);
    expect(answer.text).toContain("**blocks** and `code`");
    for (const cell of ["network", "parameters", "resnet20", "272474"]) expect(answer.text).toContain(cell);
    expect(answer).toMatchObject({ pictures: [files[0]?.size], files: [4], buttons: ["Button 1", "Button 2", "Button 3"] });
  },

  "progress while it works": async ({ mina }) => {
    const model = [new File([Uint8Array.from(colourModel())], "colours.onnx"), new File([colours.join("\n")], "labels.txt")];
    for (const name of ["one", "two"]) {
      const added = await ask(mina, `/models add name:${name} preprocessing:${plainly}`, model);
      expect(added).toMatchObject({ status: "done" });
    }
    const request = await mina.send({ input: "/classify model:all", files: [await picture("hills.jpg")] });
    expect(await mina.answer(request)).toMatchObject({ status: "done" });
    const seen = mina.progress(request);
    expect(seen.length).toBeGreaterThan(0);
    for (const { done, of } of seen) expect(done).toBeLessThanOrEqual(of);
  },

  "edit in place": async ({ mina }) => {
    const thaw = await untilFrozen(mina);
    const request = await mina.send({ input: "/augment op:flip n:1", files: [await picture("hills.jpg")] });
    const waiting = (await mina.sees()).find((message) => message.request === request);
    expect(waiting).toMatchObject({ status: "waiting" });
    thaw();
    expect(await mina.answer(request)).toMatchObject({ status: "done", id: waiting?.id });
  },

  ephemeral: async ({ mina, jun }) => {
    const answer = await ask(mina, "/secret");
    expect(answer).toMatchObject({ status: "done", text: "a secret" });
    expect(await requestsSeen(mina)).toContain(answer.request);
    expect(await requestsSeen(jun)).not.toContain(answer.request);
  },

  "a peer's mistake is told to that peer alone": async ({ mina, jun }) => {
    const answer = await ask(mina, "/count n:many");
    expect(answer).toMatchObject({ status: "mistake", text: expect.stringContaining('"many"') });
    expect(await requestsSeen(mina)).toContain(answer.request);
    expect(await requestsSeen(jun)).not.toContain(answer.request);
  },

  "our failure has an id that is logged": async ({ mina, bot }) => {
    const { status, text } = await ask(mina, "/fail");
    expect(status).toBe("failed");
    const [id = "no id"] = text.match(/\b[0-9a-f]{8}\b/) ?? [];
    expect(bot.logged.filter((line) => line.includes(id))).toHaveLength(1);
  },

  cancel: async ({ mina }) => {
    const thaw = await untilFrozen(mina);
    const request = await mina.send({ input: "/augment op:flip n:1", files: [await picture("hills.jpg")] });
    await mina.cancel(request);
    expect(await mina.answer(request)).toMatchObject({ status: "cancelled" });
    thaw();
  },

  "a button after a restart": async (examined) => {
    const answer = await ask(examined.mina, "/count n:3");
    await examined.restart();
    const { mina } = examined;
    expect(await mina.answer(await press(mina, answer, "Apart"))).toMatchObject({ status: "done", text: "count 23" });
  },

  "another person's button": async ({ mina, jun }) => {
    const answer = await ask(mina, "/count n:4");
    const before = [await requestsSeen(mina), await requestsSeen(jun)];
    await expect(press(jun, answer, "Mine")).rejects.toThrow(/Only the person who asked/);
    expect([await requestsSeen(mina), await requestsSeen(jun)]).toEqual(before);
    expect(await mina.answer(await press(mina, answer, "Mine"))).toMatchObject({ status: "done", text: "count 14" });
  },

  "a button changes its message in place": async (examined) => {
    const answer = await ask(examined.mina, "/count n:5");
    const count = (await examined.mina.sees()).length;
    const more = await examined.jun.answer(await press(examined.jun, answer, "More"));
    expect(more).toMatchObject({ id: answer.id, text: "count 6" });
    // What the others saw is outdated now, and says so to whoever presses it.
    await expect(press(examined.mina, answer, "More")).rejects.toThrow(/has changed/);
    await examined.restart();
    const { mina } = examined;
    expect(await now(mina, answer)).toMatchObject({ text: "count 6" });
    expect(await mina.answer(await press(mina, more, "More"))).toMatchObject({ id: answer.id, text: "count 7" });
    expect(await mina.sees()).toHaveLength(count);
  },

  "two people press at once": async ({ mina, jun }) => {
    const answer = await ask(mina, "/count n:30");
    const pressed = await Promise.allSettled([press(mina, answer, "More"), press(jun, answer, "More")]);
    expect(pressed.map((it) => it.status).sort()).toEqual(["fulfilled", "rejected"]);
    const winner = pressed.find((it) => it.status === "fulfilled");
    expect(await mina.answer(winner?.value ?? "")).toMatchObject({ id: answer.id, text: "count 31" });
  },

  "a press in vain leaves the message as it was": async ({ mina, jun }) => {
    const answer = await ask(mina, "/count n:40");
    const request = await press(jun, answer, "Wrong");
    const mistake = await jun.answer(request);
    expect(mistake).toMatchObject({ status: "mistake" });
    expect(mistake.id).not.toBe(answer.id);
    expect(await requestsSeen(mina)).not.toContain(request);
    expect(await now(mina, answer)).toMatchObject({ text: "count 40" });
    expect(await mina.answer(await press(mina, answer, "More"))).toMatchObject({ id: answer.id, text: "count 41" });
  },

  "the same event twice": async ({ mina }) => {
    const id = randomUUID();
    const sent = { id, input: "/count n:9" };
    expect(await mina.send(sent)).toBe(id);
    expect(await mina.send(sent)).toBe(id);
    const answer = await mina.answer(id);
    const pressed = randomUUID();
    const apart = answer.buttons.indexOf("Apart");
    expect([await mina.press(answer, apart, pressed), await mina.press(answer, apart, pressed)]).toEqual([pressed, pressed]);
    await mina.answer(pressed);
    const seen = await requestsSeen(mina);
    expect([id, pressed].map((request) => seen.filter((it) => it === request).length)).toEqual([1, 1]);
  },

  "a reply over each limit": async ({ mina, adapter }) => {
    const { limits } = adapters[adapter];
    const large = new File([new Uint8Array(12_000_000)], "large.txt");
    const { text, buttons, files } = await ask(mina, "/blocks letters:100000 buttons:60", [large]);
    expect(text.length).toBeGreaterThanOrEqual(Math.min(100_000, limits.charactersPerMessage / 2));
    expect(buttons.length).toBeGreaterThanOrEqual(Math.min(60, limits.buttonsPerMessage));
    if (large.size <= limits.bytesPerFile) expect(files).toEqual([large.size]);
    else expect(text).toMatch(/large\.txt .* https?:\S+\/files\/[0-9a-f]{64}\?/);
  },

  "both languages": async ({ mina, sora }) => {
    expect((await ask(mina, "/augment")).text).toMatch(/attach a picture/);
    expect((await ask(sora, "/증강")).text).toMatch(/첨부해 주세요/);
  },

  "a post without a request": async ({ place, bot, mina }) => {
    const id = randomUUID();
    const reply = { text: "a recap", buttons: [{ label: "More", command: "count", args: { n: 50 }, inPlace: true as const }] };
    await bot.bot.outbox.post(id, place, reply);
    await bot.bot.outbox.post(id, place, reply);
    const posted = async () => (await mina.sees()).filter((message) => message.text === "a recap");
    const [post] = await until("the post", async () => ((await posted()).length > 0 ? posted() : undefined));
    expect(await posted()).toHaveLength(1);
    const answer = await mina.answer(await press(mina, post as Seen, "More"));
    expect(answer).toMatchObject({ id: post?.id, text: "count 50" });
  },
} satisfies Record<string, (examined: Examined) => Promise<void>>;
export type ExamQuestion = keyof typeof exam;
