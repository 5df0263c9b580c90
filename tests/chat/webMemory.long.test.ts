import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Running, start } from "../helpers/ask.ts";
import { freshHome } from "../helpers/bot.ts";
import { type Answered, formAround, post } from "../helpers/http.ts";
import { until } from "../helpers/processes.ts";

/** A real `npm start` with a token; what its memory grows by is read off /proc. */
const TOKEN = "a-token-of-sufficient-length";
const BODY_BYTES = 400e6;
const authorization = `Bearer ${TOKEN}`;
let home: string;
let peerlab: Running;
let address: string;
let idleMb: number;
beforeAll(async () => {
  home = await freshHome();
  peerlab = await start(home, { PEERLAB_WEB_TOKEN: TOKEN, PEERLAB_UPLOAD_MB_PER_DAY: "2000" });
  address = peerlab.said.match(/http:\S+/)?.[0] ?? "";
  idleMb = memoryMb("VmRSS");
});
afterAll(async () => {
  await peerlab.kill("SIGTERM");
  rmSync(home, { recursive: true, force: true });
});

const memoryMb = (key: string) =>
  Number(readFileSync(`/proc/${peerlab.pid}/status`, "utf8").match(`${key}:\\s+(\\d+)`)?.[1]) / 1000;
/** By how many megabytes the process's memory rose above what it took idle, at its highest. */
const growthMb = async (work: () => Promise<unknown>): Promise<number> => {
  writeFileSync(`/proc/${peerlab.pid}/clear_refs`, "5"); // forgets the highest so far
  await work();
  return Math.round(memoryMb("VmHWM") - idleMb);
};
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => it.name);
const cookiesOf = (it: Answered) =>
  [it.headers["set-cookie"]]
    .flat()
    .map((line) => line?.split(";")[0])
    .join("; ");
const visitor = async () => cookiesOf(await post(`${address}/api/me`, { authorization }, { head: '{"name":"Mina"}' }));

it.each([
  ["chunked", {}],
  ["with their length said", { "content-length": BODY_BYTES }],
])("three bodies of 400 MB from somebody without the token cost next to nothing, %s", async (_, headers) => {
  const answers: number[] = [];
  const growth = await growthMb(async () => {
    const one = () => post(`${address}/api/login`, headers, { bytes: BODY_BYTES });
    answers.push(...(await Promise.all([one(), one(), one()])).map((it) => it.status));
  });
  console.log(`3 bodies of 400 MB to /api/login: ${answers}, + ${growth} MB`);
  expect([413, 0]).toEqual(expect.arrayContaining(answers));
  expect(growth).toBeLessThan(100);
});

it("an .onnx file of 500 MB goes to the disk and not through memory", async () => {
  const { headers, head, tail } = formAround("large.onnx");
  const cookie = await visitor();
  const part = Buffer.alloc(1 << 16, "peerlab");
  const growth = await growthMb(async () => {
    const answer = await post(`${address}/api/upload`, { ...headers, authorization, cookie }, { head, part, bytes: 500e6, tail });
    expect([answer.status, JSON.parse(answer.text).files]).toMatchObject([200, [{ name: "large.onnx", bytes: 500e6 }]]);
  });
  console.log(`an upload of 500 MB: + ${growth} MB`);
  expect(growth).toBeLessThan(100);
});

it("nothing is left of an upload that broke off, or whose Peerlab was killed", async () => {
  const { headers, head } = formAround("half.onnx");
  const cookie = await visitor();
  const pass = cookiesOf(await post(`${address}/api/login`, {}, { head: JSON.stringify({ token: TOKEN }) }));
  const before = filesIn(join(home, "blobs"));
  const sent = post(`${address}/api/upload`, { ...headers, authorization, cookie }, { head, bytes: 30e6, cut: true });
  expect((await sent).status).toBe(0);
  await until("the draft to leave", () => filesIn(join(home, "blobs")).length === before.length);
  expect(filesIn(join(home, "blobs")).sort()).toEqual(before.sort());

  const cutOff = post(`${address}/api/upload`, { ...headers, authorization, cookie }, { head, bytes: 400e6 });
  await until("a draft to grow", () => filesIn(join(home, "blobs")).length > before.length);
  await peerlab.kill();
  await cutOff;
  expect(filesIn(join(home, "blobs")).length).toBe(before.length + 1);
  peerlab = await start(home, { PEERLAB_WEB_TOKEN: TOKEN });
  expect(filesIn(join(home, "blobs")).sort()).toEqual(before.sort());
  const again = await post(
    `${peerlab.said.match(/http:\S+/)?.[0]}/api/channels`,
    { cookie: `${cookie}; ${pass}` },
    { head: '{"name":"after"}' },
  );
  expect(again.status).toBe(200);
});
