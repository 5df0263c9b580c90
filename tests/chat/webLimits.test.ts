import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webApp } from "../../src/chat/web/app.ts";
import { serveWeb, type WebServer } from "../../src/chat/web/serve.ts";
import { openLog } from "../../src/log.ts";
import { openTestBot, type TestBot } from "../helpers/bot.ts";
import { formAround, post } from "../helpers/http.ts";

const TOKEN = "a-token-of-sufficient-length";
const log = openLog({ log: "silent" });
let tested: TestBot;
beforeAll(async () => {
  tested = await openTestBot(undefined, { PEERLAB_UPLOAD_MB_PER_DAY: "10" });
});
afterAll(() => tested.erase());

describe("guessing the token", () => {
  /** A server of its own for each test: what was tried is remembered. */
  const withServer = async (work: (address: string) => Promise<void>) => {
    const server = await serveWeb(webApp(tested, { maxImageMb: 1, log, token: TOKEN }), { host: "127.0.0.1", port: 0 });
    await work(server.address).finally(() => server.close());
  };
  const logIn = (address: string, token: string, from: string, more: Record<string, string> = {}) =>
    post(`${address}/api/login`, more, { head: JSON.stringify({ token }), from });
  const bearer = (address: string, token: string, from: string) =>
    post(`${address}/api/channels`, { authorization: `Bearer ${token}` }, { head: "{}", from });

  it.each([
    ["by form", logIn],
    ["with requests", bearer],
  ])("%s soon has to wait, and is told how long", (_, attempt) =>
    withServer(async (address) => {
      const began = performance.now();
      const statuses: number[] = [];
      let last = await attempt(address, "wrong", "127.0.0.3");
      for (let i = 0; i < 399; i++) {
        statuses.push(last.status);
        last = await attempt(address, `wrong ${i}`, "127.0.0.3");
      }
      const checked = statuses.filter((it) => it !== 429).length;
      console.log(`400 wrong tokens in ${Math.round(performance.now() - began)} ms: ${checked} were checked`);
      expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
      expect(checked).toBeLessThan(20);
      expect(last.status).toBe(429);
      const seconds = Number(last.headers["retry-after"]);
      expect(seconds).toBeGreaterThan(0);
      expect(JSON.parse(last.text).error).toContain(`${seconds} s`);
      // Not even a right guess counts now, or waiting would be for nothing.
      expect((await logIn(address, TOKEN, "127.0.0.3")).status).toBe(429);
    }));

  it("from many addresses locks out nobody who has the token", () =>
    withServer(async (address) => {
      const inside = await logIn(address, TOKEN, "127.0.0.3");
      const cookie = String(inside.headers["set-cookie"]).split(";")[0] ?? "";
      const statuses: number[] = [];
      for (let host = 10; host < 50; host++) {
        for (let i = 0; i < 8; i++) statuses.push((await logIn(address, `wrong ${i}`, `127.0.1.${host}`)).status);
      }
      const checked = statuses.filter((it) => it === 401).length;
      console.log(`320 wrong tokens from 40 addresses: ${checked} were checked`);
      expect(checked).toBeLessThan(200);
      expect((await logIn(address, TOKEN, "127.0.0.4")).status).toBe(200);
      expect((await bearer(address, TOKEN, "127.0.0.5")).status).toBe(401); // no name yet, but let in
      expect(JSON.parse((await bearer(address, TOKEN, "127.0.0.5")).text).code).toBe("name_needed");
      for (let i = 0; i < 30; i++) await logIn(address, `wrong ${i}`, "127.0.0.3");
      expect(JSON.parse((await post(`${address}/api/channels`, { cookie }, { head: "{}", from: "127.0.0.3" })).text).code).toBe(
        "name_needed",
      );
    }));

  it("behind a proxy on this machine is counted by the address that the proxy names", () =>
    withServer(async (address) => {
      const through = (client: string, token: string) =>
        logIn(address, token, "127.0.0.1", { "x-forwarded-for": `6.6.6.6, ${client}` });
      for (let i = 0; i < 30; i++) await through("203.0.113.7", `wrong ${i}`);
      expect((await through("203.0.113.7", TOKEN)).status).toBe(429);
      expect((await through("203.0.113.8", TOKEN)).status).toBe(200);
    }));
});

describe("a day's uploads", () => {
  let server: WebServer;
  beforeAll(async () => {
    server = await serveWeb(webApp(tested, { maxImageMb: 1, log }), { host: "127.0.0.1", port: 0 });
  });
  afterAll(() => server.close());
  const visit = async (name: string) => {
    const { headers } = await post(`${server.address}/api/me`, {}, { head: JSON.stringify({ name }) });
    return [headers["set-cookie"]]
      .flat()
      .map((it) => it?.split(";")[0])
      .join("; ");
  };
  const upload = (cookie: string, bytes: number, fill: string, more: Record<string, number> = {}) => {
    const { headers, head, tail } = formAround("a.onnx");
    return post(
      `${server.address}/api/upload`,
      { cookie, ...headers, ...more },
      { head, tail, bytes, part: Buffer.alloc(1 << 16, fill) },
    );
  };

  it("end at the setting, before the bytes come where their number is said, for each person by themselves", async () => {
    const [mina, joon] = [await visit("Mina"), await visit("Joon")];
    expect((await upload(mina, 4e6, "one")).status).toBe(200);
    expect((await upload(mina, 4e6, "two")).status).toBe(200);
    const refused = await upload(mina, 4e6, "three");
    expect([refused.status, JSON.parse(refused.text).error]).toEqual([413, expect.stringMatching(/10 MB.*24 hours/)]);
    const said = await upload(mina, 400e6, "four", { "content-length": 400e6 + 200 });
    expect([413, 0]).toContain(said.status);
    expect(said.sentBytes).toBeLessThan(100e6);
    expect((await upload(mina, 1e6, "five")).status).toBe(200);
    expect((await upload(joon, 4e6, "six")).status).toBe(200);
  });

  it("cannot be doubled by sending at once, or the same again", async () => {
    const sora = await visit("Sora");
    const statuses = await Promise.all(["a", "b", "c", "d", "e"].map(async (fill) => (await upload(sora, 4e6, fill)).status));
    const accepted = statuses.filter((it) => it === 200).length;
    expect(accepted).toBeLessThanOrEqual(2);
    expect(statuses.filter((it) => it === 413)).toHaveLength(5 - accepted);
    const bo = await visit("Bo");
    const again = [];
    for (let i = 0; i < 4; i++) again.push((await upload(bo, 4e6, "same")).status);
    expect(again).toEqual([200, 200, 413, 413]);
  });
});
