import { randomUUID } from "node:crypto";
import { request } from "node:http";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webApp } from "../../src/chat/web/app.ts";
import { serveWeb, type WebServer } from "../../src/chat/web/serve.ts";
import { openLog } from "../../src/log.ts";
import { openTestBot, type TestBot } from "../helpers/bot.ts";
import { landscape } from "../helpers/pictures.ts";

const TOKEN = "a-token-of-sufficient-length";
let tested: TestBot;
let app: ReturnType<typeof webApp>;
let closed: ReturnType<typeof webApp>;
let server: WebServer;
beforeAll(async () => {
  tested = await openTestBot(undefined, { PEERLAB_MAX_IMAGE_MB: "1" });
  const log = openLog({ log: "silent" });
  app = webApp(tested, { maxImageMb: 1, log });
  closed = webApp(tested, { maxImageMb: 1, log, token: TOKEN });
  server = await serveWeb(app, { host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  await tested.erase();
});

const own = "http://127.0.0.1:3000";
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  app.request(own + path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
/** A browser's cookies after saying this name. */
const visit = async (name: string): Promise<string> =>
  (await post("/api/me", { name })).headers
    .getSetCookie()
    .map((it) => it.split(";")[0])
    .join("; ");
const formOf = (...files: [Uint8Array, string][]) => {
  const form = new FormData();
  for (const [bytes, name] of files) form.append("files", new Blob([new Uint8Array(bytes)]), name);
  return form;
};

describe("who may come in", () => {
  it("answers only to this machine's names, whatever a foreign page's name server says", async () => {
    expect((await app.request("http://127.0.0.1:3000/api/commands")).status).toBe(200);
    expect((await app.request("http://localhost:3000/api/commands")).status).toBe(200);
    expect((await app.request("http://evil.example:3000/api/commands")).status).toBe(403);
    expect((await app.request("http://127.0.0.1.evil.example/api/commands")).status).toBe(403);
  });

  it("lets no other page change anything", async () => {
    expect((await post("/api/me", { name: "Mina" }, { origin: "http://evil.example" })).status).toBe(403);
    expect((await post("/api/me", { name: "Mina" }, { origin: "null" })).status).toBe(403);
    expect((await post("/api/me", { name: "Mina" }, { origin: own })).status).toBe(200);
  });

  it("asks for the token where there is one: by form once, or with every request", async () => {
    const get = (headers: Record<string, string> = {}) => closed.request("http://192.168.0.7/api/commands", { headers });
    expect((await get()).status).toBe(401);
    expect((await get({ authorization: "Bearer wrong" })).status).toBe(401);
    expect((await get({ authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    const logIn = (token: string) =>
      closed.request("http://192.168.0.7/api/login", { method: "POST", body: JSON.stringify({ token }) });
    expect((await logIn("wrong")).status).toBe(401);
    const cookie = (await logIn(TOKEN)).headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).not.toContain(TOKEN);
    expect((await get({ cookie: cookie.split(";")[0] ?? "" })).status).toBe(200);
  });

  it("knows a browser by its key, so that nobody can speak in another's name", async () => {
    const [one, other] = [await visit("Mina"), await visit("Mina")];
    const idOf = async (cookie: string) => (await (await app.request(`${own}/api/me`, { headers: { cookie } })).json()).user.id;
    expect(await idOf(one)).not.toBe(await idOf(other));
    const said = { id: randomUUID(), channel: "general", text: "hi", user: { id: await idOf(other), name: "Mina" } };
    const { message } = await (await post("/api/say", said, { cookie: one })).json();
    expect(message.author.id).toBe(await idOf(one));
    expect((await post("/api/say", said)).status).toBe(401);
  });

  it("says what was wrong in the asker's language", async () => {
    const cookie = await visit("미나");
    const answer = await post("/api/ask", { id: "no uuid" }, { cookie, "accept-language": "ko-KR" });
    expect(answer.status).toBe(400);
    expect((await answer.json()).error).toMatch(/요청을 읽지 못했어요/);
    expect((await app.request(`${own}/api/nothing`)).status).toBe(404);
  });
});

describe("files", () => {
  const upload = async (form: FormData, headers: Record<string, string> = {}) =>
    fetch(`${server.address}/api/upload`, { method: "POST", body: form, headers: { cookie: await visit("Mina"), ...headers } });

  it("keeps several at once, with Korean names, and gives them back only as what they are", async () => {
    const cookie = await visit("Mina");
    const photo = await landscape(320, 240);
    const text = Buffer.from("<script>alert(1)</script>");
    const { files } = await (await upload(formOf([photo, "언덕.jpg"], [text, "page.html"]), { cookie })).json();
    expect(files).toMatchObject([{ name: "언덕.jpg", type: "image/jpeg" }, { name: "page.html" }]);
    const get = (index: number) =>
      app.request(`${own}/api/blobs/${files[index].blob}?name=${encodeURIComponent(files[index].name)}`, { headers: { cookie } });
    const picture = await get(0);
    expect(picture.headers.get("content-type")).toBe("image/jpeg");
    expect((await sharp(await picture.arrayBuffer()).metadata()).width).toBe(320);
    const page = await get(1);
    expect(page.headers.get("content-type")).toBe("application/octet-stream");
    expect(page.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(page.headers.get("content-security-policy")).toContain("sandbox");
  });

  it("stops reading a picture at the limit, and says so", async () => {
    const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(3_000_000)]);
    const answer = await upload(formOf([jpeg, "huge.jpg"]));
    expect(answer.status).toBe(413);
    expect((await answer.json()).error).toMatch(/the limit is 1 MB/);
    expect((await upload(formOf([Buffer.alloc(3_000_000, 7), "model.onnx"]))).status).toBe(200);
  });

  it("takes an endless upload no further than the limit and what is on its way", async () => {
    const cookie = await visit("Mina");
    const sent = await new Promise<number>((resolve, reject) => {
      const headers = { cookie, "content-type": "multipart/form-data; boundary=x" };
      const outgoing = request(`${server.address}/api/upload`, { method: "POST", headers });
      let bytes = 0;
      const part = Buffer.alloc(1 << 18);
      const more = () => {
        while (!outgoing.destroyed && bytes < 400e6) {
          bytes += part.length;
          if (!outgoing.write(part)) return outgoing.once("drain", more);
        }
        return outgoing.end();
      };
      outgoing.on("response", (it) => resolve(it.statusCode === 413 ? bytes : -1));
      outgoing.on("error", reject);
      outgoing.write('--x\r\ncontent-disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n');
      outgoing.write(Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
      more();
    });
    expect(sent).toBeGreaterThan(1e6);
    expect(sent).toBeLessThan(20e6); // 4 MB as measured: what sockets hold
  });

  it("refuses what is no form, and does not know what was never kept", async () => {
    const cookie = await visit("Mina");
    expect((await app.request(`${own}/api/upload`, { method: "POST", body: "x", headers: { cookie } })).status).toBe(400);
    expect((await app.request(`${own}/api/blobs/${"0".repeat(64)}`)).status).toBe(404);
    expect((await app.request(`${own}/api/blobs/../../package.json`)).status).toBe(404);
  });
});

describe("asking", () => {
  it("asks once, however often it is sent, and waits for the outcome", async () => {
    const cookie = await visit("Mina");
    const ask = { id: randomUUID(), channel: "general", lang: "en", input: "/history", files: [] };
    const answers = await Promise.all([1, 2, 3].map(() => post("/api/ask", ask, { cookie })));
    expect(answers.map((it) => it.status)).toEqual([200, 200, 200]);
    const outcome = await (await app.request(`${own}/api/requests/${ask.id}?wait=20`, { headers: { cookie } })).json();
    expect(outcome).toMatchObject({ id: ask.id, status: "done" });
    const { messages } = await (await app.request(`${own}/api/channels/general/messages`, { headers: { cookie } })).json();
    expect(messages.filter((it: { id: string }) => it.id.startsWith(ask.id))).toHaveLength(2);
    expect((await app.request(`${own}/api/requests/${randomUUID()}`, { headers: { cookie } })).status).toBe(404);
    expect((await app.request(`${own}/api/requests/${ask.id}`)).status).toBe(401);
  });

  it("tells everybody who looks what happens, but nobody what concerns only another", async () => {
    const [mina, joon] = [await visit("Mina"), await visit("Joon")];
    const stream = await fetch(`${server.address}/api/events?channel=general`, { headers: { cookie: joon } });
    const heard: string[] = [];
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    const hearing = (async () => {
      for (let text = ""; !text.includes("the end"); ) {
        const { value } = await reader.read();
        heard.push(decoder.decode(value, { stream: true }));
        text += heard.at(-1);
      }
    })();
    const ephemeral = { id: randomUUID(), channel: "general", lang: "en", input: "/help" };
    await post("/api/ask", ephemeral, { cookie: mina });
    const outcome = await app.request(`${own}/api/requests/${ephemeral.id}?wait=20`, { headers: { cookie: mina } });
    expect(await outcome.json()).toMatchObject({ status: "done" });
    // What was wrong with it is private too.
    const mistaken = { ...ephemeral, id: randomUUID(), input: "/help nonsense" };
    await post("/api/ask", mistaken, { cookie: mina });
    const wrong = await app.request(`${own}/api/requests/${mistaken.id}?wait=20`, { headers: { cookie: mina } });
    expect(await wrong.json()).toMatchObject({ status: "mistake" });
    await post("/api/say", { id: randomUUID(), channel: "elsewhere", text: "not for general" }, { cookie: mina });
    await post("/api/say", { id: randomUUID(), channel: "general", text: "the end" }, { cookie: mina });
    await hearing;
    await reader.cancel();
    for (const { id } of [ephemeral, mistaken]) expect(heard.join("")).not.toContain(id);
    expect(heard.join("")).not.toContain("not for general");
  });

  it("suggests values while they are typed", async () => {
    const cookie = await visit("Mina");
    const typed = "/api/suggest?command=augment&option=op&typed=ro&channel=general";
    const { choices } = await (await app.request(own + typed, { headers: { cookie } })).json();
    expect(choices.map((it: { value: string }) => it.value)).toContain("rotate");
  });
});
