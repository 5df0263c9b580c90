import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../commands/index.ts";
import { allCommands } from "../src/chat/command.ts";
import type { From, Outcome } from "../src/chat/request.ts";
import { viewerOf } from "../src/chat/request.ts";
import { webApp } from "../src/chat/web/app.ts";
import { serveWeb, type WebServer } from "../src/chat/web/serve.ts";
import type { FileRef } from "../src/files.ts";
import { openLog } from "../src/log.ts";
import type { Args } from "../src/reply.ts";
import { mina, openTestBot, type TestBot } from "./helpers/bot.ts";
import { colourModel, colours, plainly } from "./helpers/onnxModels.ts";
import { landscape } from "./helpers/pictures.ts";
import { until, workersOf } from "./helpers/processes.ts";
import { runCommands } from "./helpers/runs.ts";

/**
 * Two groups in one Peerlab: the web chat's own, and a server of another platform, whose place the terminal's adapter stands in for. Mina is in
 * both. What the other group says, makes and names has a mark in it, which is then looked for in all that the web chat can be asked.
 */
const MARK = "zebra";
const kim = { id: "kim", name: `Kim of ${MARK}` };
const guild: From = { user: kim, lang: "en", place: { adapter: "terminal", group: "guild", channel: "general" } };
const minaThere: From = { ...guild, user: mina };

let lab: TestBot;
let server: WebServer;
let cookie: string;
/** Mina as her browser is known on the web. */
let visitor: { id: string; name: string };
let photo: FileRef;
let labelled: Asked;
let minas: Asked;
/** The id of a training run there. */
let trained: string;
type Asked = Outcome & { blobs: string[] };

const askAs = async (from: From, input: string | { command: string; args: Args }, files: FileRef[] = []): Promise<Asked> => {
  const id = randomUUID();
  await lab.bot.ask({ ...from, id, input, files });
  const outcome = await lab.bot.outcome(id, 60, viewerOf(from));
  if (outcome?.status === "waiting" || !outcome) throw new Error(`No answer to ${JSON.stringify(input)} within a minute`);
  return { ...outcome, blobs: (outcome.reply?.pictures ?? []).map((it) => it.blob) };
};
/** Asks on the web, as a peer of the local group. */
const askHere = (input: string | { command: string; args: Args }, files: FileRef[] = []) =>
  lab.ask(input, files, { user: visitor });
const get = (path: string) => fetch(`${server.address}/api${path}`, { headers: { cookie } });
const post = (path: string, body: object) =>
  fetch(`${server.address}/api${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { cookie, "content-type": "application/json" },
  });

beforeAll(async () => {
  lab = await openTestBot();
  server = await serveWeb(webApp(lab, { maxImageMb: 5, log: openLog({ log: "silent" }) }), { host: "127.0.0.1", port: 0 });
  const named = await fetch(`${server.address}/api/me`, { method: "POST", body: JSON.stringify({ name: "Mina" }) });
  cookie = named.headers
    .getSetCookie()
    .map((it) => it.split(";")[0])
    .join("; ");
  visitor = ((await named.json()) as { user: typeof visitor }).user;

  photo = await lab.bot.upload(kim, await landscape(333, 222), `${MARK}.jpg`);
  const model = await lab.bot.upload(kim, colourModel(), `${MARK}.onnx`);
  const labels = await lab.bot.upload(kim, Buffer.from(colours.join("\n")), "labels.txt");
  expect((await askAs(guild, `/models add name:${MARK} preprocessing:${plainly}`, [model, labels])).status).toBe("done");
  labelled = await askAs(guild, `/label class:${MARK}`, [photo]);
  trained = randomUUID();
  await lab.bot.ask({ ...guild, id: trained, input: `/train hypothesis:${MARK}`, files: [] });
  expect(await lab.bot.cancel(trained, viewerOf(guild))).toBe(true);
  await askAs(guild, `/dataset create ${MARK}`);
  await askAs(guild, `/label class:${MARK} data:${MARK}`, [photo]);
  minas = await askAs(minaThere, "/augment flip n:1", [
    await lab.bot.upload(mina, await landscape(332, 222), `${MARK}-mina.jpg`),
  ]);
}, 120_000);
afterAll(async () => {
  await server.close();
  await lab.erase();
});

describe("another group's", () => {
  it("things are there, where they belong", async () => {
    expect(JSON.stringify(await askAs(guild, "/models"))).toContain(MARK);
    expect((await askAs(guild, "/label")).reply?.data).toMatchObject({ classes: [{ label: MARK, count: 1 }] });
    expect((await askAs(guild, `/classify model:${MARK}`, [photo])).status).toBe("done");
    expect(JSON.stringify(await askAs(guild, "/history"))).toContain(MARK);
    expect((await askAs(guild, "/runs")).reply?.data).toMatchObject({ runs: [{ id: trained, user: kim.name }] });
    expect((await askAs(guild, "/run")).reply?.data).toMatchObject({ id: trained, spec: { hypothesis: MARK } });
  });

  it.each(allCommands(commands).map(({ path }) => path))("words, names and runs are in no answer of /%s", async (name) => {
    const own = await lab.bot.upload(visitor, await landscape(320, 200), "own.jpg");
    const files = Array<FileRef>(
      ({ cutmix: 2, mixup: 2, classify: 1, explain: 1, augment: 1 } as Record<string, number>)[name] ?? 0,
    );
    // Training takes its time; what it says of a data set that is not there is where another group's could be named.
    const computes = [...runCommands.map(({ path }) => path), "learning-rate", "evaluate"];
    const line = computes.includes(name) ? `/${name} data:nowhere` : `/${name}`;
    const asked = [askHere(line, files.fill(own)), ...(name === "classify" ? [askHere("/classify model:all", [own])] : [])];
    for (const outcome of await Promise.all(asked)) expect(JSON.stringify(outcome)).not.toContain(MARK);
  });

  it("names, classes and runs are suggested by no route, and no channel lists them", async () => {
    for (const [command, options] of allCommands(commands).map((it) => [it.path, Object.keys(it.command.options)] as const))
      for (const option of options) {
        const answer = await get(`/suggest?command=${encodeURIComponent(command)}&option=${option}&typed=&channel=general`);
        expect([answer.status, (await answer.text()).includes(MARK)]).toEqual([200, false]);
      }
    for (const path of ["/commands", "/channels", "/channels/general/messages", "/me"]) {
      const answer = await get(path);
      expect([answer.status, (await answer.text()).includes(MARK)]).toEqual([200, false]);
    }
  });

  it("run cannot be seen, repeated or compared", async () => {
    for (const input of [`/run ${trained}`, `/rerun ${trained}`, `/compare ${trained}`])
      expect((await askHere(input)).reply?.data).toEqual({ error: "unknown_run", id: trained });
  });

  it("model cannot be named, be it to ask, to see, to explain with or to remove", async () => {
    const own = await lab.bot.upload(visitor, await landscape(320, 200), "own.jpg");
    for (const input of [`/classify model:${MARK}`, `/explain model:${MARK}`])
      expect((await askHere(input, [own])).reply?.data).toMatchObject({
        error: "not_a_choice",
        known: expect.not.arrayContaining([MARK]),
      });
    for (const action of ["details", "remove"])
      expect((await askHere(`/models ${action} name:${MARK}`)).reply?.data).toEqual({ error: "no_models" });
  });

  it("model's name is free here", async () => {
    const model = await lab.bot.upload(visitor, colourModel(), "own.onnx");
    const labels = await lab.bot.upload(visitor, Buffer.from(colours.join("\n")), "labels.txt");
    expect((await askHere(`/models add name:${MARK} preprocessing:${plainly}`, [model, labels])).status).toBe("done");
    expect((await askHere(`/models remove name:${MARK}`)).status).toBe("done");
    expect(JSON.stringify(await askAs(guild, "/models"))).toContain(MARK);
  });

  it("data set is not here, be it to see, to add to, to learn from or to remove, and its name is free", async () => {
    const own = await lab.bot.upload(visitor, await landscape(321, 200), "own.jpg");
    for (const input of [
      `/dataset show ${MARK}`,
      `/dataset export ${MARK}`,
      `/dataset split ${MARK}`,
      `/label list data:${MARK}`,
    ])
      expect((await askHere(input)).reply?.data).toMatchObject({ error: "not_a_choice", known: ["uploads"] });
    expect((await askHere(`/label class:own data:${MARK}`, [own])).reply?.data).toMatchObject({ error: "not_a_choice" });
    for (const input of [`/dataset remove ${MARK} sure:yes`, `/train data:${MARK}`])
      expect((await askHere(input)).reply?.data).toMatchObject({
        error: "unknown_data",
        known: expect.not.arrayContaining([MARK]),
      });
    expect((await askHere(`/dataset create ${MARK}`)).reply?.data).toEqual({ dataset: MARK });
    expect((await askHere(`/dataset ${MARK}`)).reply?.data).toEqual({ error: "empty_dataset", name: MARK });
    expect((await askHere(`/dataset remove ${MARK} sure:yes`)).status).toBe("done");
    expect((await askAs(guild, `/dataset ${MARK}`)).reply?.data).toMatchObject({ classes: [{ label: MARK }] });
  });

  it("labels are taken back by nobody here, not even by who gave them", async () => {
    expect(
      (await askAs({ ...guild, place: { ...guild.place, group: "local" } }, `/label undo ${labelled.id}`)).reply?.data,
    ).toMatchObject({
      removed: 0,
    });
    expect((await askAs(guild, "/label")).reply?.data).toMatchObject({ classes: [{ label: MARK, count: 1 }] });
  });

  it("pictures cannot be worked with, shown or read here by who knows their hash", async () => {
    for (const blob of [photo.blob, ...labelled.blobs, ...minas.blobs]) {
      const file = { ...photo, blob };
      expect((await askHere("/augment flip n:1", [file])).reply?.data).toMatchObject({ error: "file_gone" });
      expect((await get(`/blobs/${blob}`)).status).toBe(404);
      const said = await post("/say", { id: randomUUID(), channel: "general", text: "look", files: [file] });
      expect(said.status).toBe(400);
    }
    expect((await lab.bot.read(photo.blob, viewerOf(guild))).length).toBe(photo.bytes);
  });

  it("requests have no outcome and no buttons here, and nobody's id can be taken", async () => {
    for (const { id } of [labelled, minas]) {
      expect((await get(`/requests/${id}`)).status).toBe(404);
      expect((await post("/press", { id: randomUUID(), message: `${id}.answer`, button: 0 })).status).toBe(404);
      const again = await post("/ask", { id, channel: "general", input: "/help", files: [] });
      expect([again.status, JSON.stringify(await again.json()).includes(MARK)]).toEqual([400, false]);
    }
    // Nor for Mina, who asked one of them there.
    expect(await lab.bot.outcome(minas.id, 0, { userId: mina.id, groupId: "local" })).toBeUndefined();
    const here = { user: mina, lang: "en", place: { adapter: "web", group: "local", channel: "general" } } as const;
    await expect(lab.bot.ask({ ...here, id: minas.id, input: "/help", files: [] })).rejects.toThrow(/id is taken/);
  });

  it("waiting requests are not cancelled from here", async () => {
    const waiting = randomUUID();
    const large = await lab.bot.upload(mina, await landscape(1200, 900), "large.jpg");
    for (const pid of workersOf(process.pid)) process.kill(pid, "SIGSTOP"); // it surely waits until they go on
    await lab.bot.ask({ ...minaThere, id: waiting, input: "/augment n:24 op:perspective", files: [large] });
    expect((await lab.ask("/cancel", [], { user: mina })).reply?.data).toMatchObject({ error: "not_waiting" });
    expect(await lab.bot.cancel(waiting, { userId: mina.id, groupId: "local" })).toBe(false);
    expect((await post(`/requests/${waiting}/cancel`, {})).status).toBe(200);
    expect((await lab.bot.outcome(waiting, 0, viewerOf(minaThere)))?.status).toBe("waiting");
    for (const pid of workersOf(process.pid)) process.kill(pid, "SIGCONT");
    expect((await lab.bot.outcome(waiting, 60, viewerOf(minaThere)))?.status).toBe("done");
  });

  it("doings are not in the event stream", async () => {
    const stream = await get("/events");
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    let heard = "";
    const hearing = (async () => {
      for (const decoder = new TextDecoder(); !heard.includes("the end"); )
        heard += decoder.decode((await reader.read()).value, { stream: true });
    })();
    await until("the stream to be open", () => heard.includes("listening"));
    const there = await askAs(guild, `/classify model:${MARK}`, [photo]);
    await lab.bot.outbox.post(randomUUID(), guild.place, { text: `a recap of ${MARK}`, pictures: [{ ...photo, alt: "hills" }] });
    await lab.bot.idle();
    await post("/say", { id: randomUUID(), channel: "general", text: "the end", files: [] });
    await hearing;
    await reader.cancel();
    expect([heard.includes(MARK), heard.includes(there.id)]).toEqual([false, false]);
  });
});

describe("what is said in a private channel", () => {
  const secret: From = { ...guild, place: { ...guild.place, channel: "staff", isPrivate: true } };
  const lee = { id: "lee", name: "Lee" };
  const beside: From = { ...guild, user: lee };
  const inside: From = { ...secret, user: lee };

  it("is not seen, used or pressed elsewhere in the group, and is in the channel", async () => {
    const shown = await lab.bot.upload(kim, await landscape(334, 222), "staff.jpg");
    const { id, blobs } = await askAs(secret, "/augment rotate n:1", [shown]);
    expect(await lab.bot.outcome(id, 0, viewerOf(beside))).toBeUndefined();
    expect(await lab.bot.outcome(id, 0, viewerOf(inside))).toMatchObject({ status: "done" });
    for (const blob of [shown.blob, ...blobs]) {
      await expect(lab.bot.read(blob, viewerOf(beside))).rejects.toThrow(/no .* here/);
      expect((await lab.bot.read(blob, viewerOf(inside))).length).toBeGreaterThan(0);
    }
    expect((await askAs(beside, "/augment flip n:1", [shown])).reply?.data).toMatchObject({ error: "file_gone" });
    expect((await askAs(inside, "/augment flip n:1", [shown])).status).toBe("done");
    expect(JSON.stringify(await askAs(beside, "/history"))).not.toContain(id.slice(0, 8));
    expect(JSON.stringify(await askAs(inside, "/history"))).toContain(id.slice(0, 8));
    const press = { pressed: { delivery: id, button: 0 } };
    await expect(lab.bot.press({ ...beside, ...press, id: randomUUID() })).rejects.toThrow(/gone/);
    expect((await lab.bot.press({ ...inside, ...press, id: randomUUID() })).request.command).toBe("augment");
  });

  it("is a class only there", async () => {
    await askAs(secret, "/label class:staff", [await lab.bot.upload(kim, await landscape(335, 222), "staff.jpg")]);
    const classes = async (from: From) => ((await askAs(from, "/label")).reply?.data as { classes: { label: string }[] }).classes;
    expect((await classes(beside)).map((it) => it.label)).not.toContain("staff");
    expect((await classes(inside)).map((it) => it.label)).toContain("staff");
  });

  it("is a data set only there, and its name tells nothing of who made it", async () => {
    await askAs(secret, "/dataset create plans");
    const names = async (from: From) =>
      ((await askAs(from, "/dataset")).reply?.data as { datasets: { dataset: string }[] }).datasets.map((it) => it.dataset);
    expect([(await names(beside)).includes("plans"), (await names(inside)).includes("plans")]).toEqual([false, true]);
    expect((await askAs(beside, "/dataset create plans")).reply?.data).toEqual({ error: "dataset_taken", name: "plans", by: "" });
    await askAs(secret, "/label class:staff data:plans", [await lab.bot.upload(kim, await landscape(337, 222), "staff.jpg")]);
    expect((await askAs(inside, "/dataset plans")).reply?.data).toMatchObject({ classes: [{ label: "staff" }] });
    expect((await askAs(beside, "/dataset plans")).reply?.data).toMatchObject({ error: "not_a_choice" });
  });

  it("is seen by one person only where it was posted to them", async () => {
    const picture = await lab.bot.upload(kim, await landscape(336, 222), "for-lee.jpg");
    await lab.bot.outbox.post(randomUUID(), guild.place, { text: "for you", pictures: [{ ...picture, alt: "hills" }] }, lee.id);
    expect((await lab.bot.read(picture.blob, viewerOf(beside))).length).toBeGreaterThan(0);
    await expect(lab.bot.read(picture.blob, viewerOf(minaThere))).rejects.toThrow(/no .* here/);
  });
});
