import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { webApp } from "../../src/chat/web/app.ts";
import { serveWeb, type WebServer } from "../../src/chat/web/serve.ts";
import { openLog } from "../../src/log.ts";
import { openTestBot, type TestBot } from "../helpers/bot.ts";
import { formAround, post } from "../helpers/http.ts";

/** What no page of ours sends, over every route: it gets a sentence, or is taken for what it can be, and never breaks anything. */
let tested: TestBot;
let server: WebServer;
let apps: Record<"open" | "trusted", ReturnType<typeof webApp>>;
beforeAll(async () => {
  tested = await openTestBot();
  const options = { maxImageMb: 1, log: openLog({ log: "silent" }) };
  apps = { open: webApp(tested, options), trusted: webApp(tested, { ...options, trusted: true }) };
  server = await serveWeb(apps.open, { host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  await tested.erase();
});

const own = "http://127.0.0.1:3000";
const json = { "content-type": "application/json" };
const cookiesOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((it) => it.split(";")[0])
    .join("; ");
const visit = async (name: string) =>
  cookiesOf(
    (await apps.open.request(`${own}/api/me`, { method: "POST", body: JSON.stringify({ name }), headers: json })).headers,
  );

const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\0",
        "\ud800",
        "\udfff",
        "\udc00\ud800",
        "\u200b",
        "\u202e",
        "\u3164",
        "\r\n",
        "%00",
        "%ed%a0%80",
        "%",
        "../",
      ),
      fc.constantFrom("general", "/help", "/label class:", "/runs ", "a", "나", "🐈", "__proto__", '"', "'", ";", "\\"),
      fc.string({ unit: "binary", maxLength: 8 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(""));
const blob = "0".repeat(64);
const file = fc.record({ blob: fc.constantFrom(blob, "\0"), name: nasty, type: nasty, bytes: fc.constant(1), alt: nasty });
const said = { id: fc.constantFrom(randomUUID(), randomUUID(), "\0"), channel: fc.oneof(nasty, fc.constant("general")) };
const some = (arbitrary: fc.Arbitrary<unknown>) => fc.option(arbitrary, { nil: undefined });
const user = fc.record({ id: nasty, name: nasty });
const bodies: Record<string, fc.Arbitrary<unknown>> = {
  me: fc.record({ name: nasty, user }),
  channels: fc.record({ name: nasty, user }),
  say: fc.record({ ...said, text: nasty, files: fc.array(file, { maxLength: 2 }), replyTo: some(nasty), user }),
  ask: fc.record({
    ...said,
    input: fc.oneof(
      nasty,
      fc.record({
        command: fc.oneof(nasty, fc.constantFrom("label", "runs", "help")),
        args: fc.dictionary(nasty, fc.oneof(nasty, file)),
      }),
    ),
    files: fc.array(file, { maxLength: 2 }),
    replyTo: some(nasty),
    user,
  }),
  press: fc.record({ id: said.id, message: nasty, button: fc.constant(0), user }),
  login: fc.record({ token: nasty, user }),
};
const addresses = nasty.chain((text) => {
  const it = encodeURIComponent(text.toWellFormed());
  return fc.constantFrom(
    `channels/${it}/messages`,
    `channels/general/messages?before=${it}`,
    `requests/${it}?wait=0`,
    `requests/${it}?wait=${it}`,
    `suggest?command=augment&option=op&typed=${it}&channel=${it}`,
    `suggest?command=${it}&option=${it}&channel=general`,
    `suggest?command=classify&option=model&channel=${it}`,
    `blobs/${blob}?name=${it}`,
    `blobs/${it}`,
    `me?user=${encodeURIComponent(JSON.stringify({ id: text, name: text }))}`,
    `commands?lang=${it}`,
    it,
    text,
  );
});

describe.each(["open", "trusted"] as const)("NUL, half letters and worse, on the %s way in", (way) => {
  let broken: string[] = [];
  beforeEach(() => {
    broken = [];
  });
  const send = async (path: string, init: RequestInit = {}) => {
    const answer = await apps[way].request(`${own}/api/${path}`, init);
    if (answer.status >= 500) broken.push(`${answer.status} ${path} ${String(init.body)}`);
    await answer.body?.cancel();
  };
  const summary = () => [broken.length, broken.slice(0, 3)];

  it("in bodies", async () => {
    const cookie = await visit("Mina");
    for (const [path, body] of Object.entries(bodies)) {
      const sending = fc.asyncProperty(body, (it) =>
        send(path, { method: "POST", body: JSON.stringify(it), headers: { ...json, cookie } }),
      );
      await fc.assert(sending, { numRuns: 60, seed: 8 });
    }
    expect(summary()).toEqual([0, []]);
  });

  it("in addresses", async () => {
    const cookie = await visit("Mina");
    const run = async (path: string) => {
      await send(path, { headers: { cookie } });
      await send(path, { method: "POST", body: "{}", headers: { ...json, cookie } });
    };
    await fc.assert(fc.asyncProperty(addresses, run), { numRuns: 300, seed: 8 });
    await send(`requests/${encodeURIComponent("a\0b")}/cancel`, { method: "POST", headers: { cookie } });
    expect(summary()).toEqual([0, []]);
  });

  it("in cookies and other headers", async () => {
    const header = nasty.map((it) => it.replace(/[^\t\x20-\xff]/g, "%00"));
    const run = (text: string) =>
      send("me", {
        headers: { cookie: `peerlab_key=${text}; peerlab_name=${text}`, "accept-language": text, authorization: text },
      });
    await fc.assert(fc.asyncProperty(header, run), { numRuns: 100, seed: 8 });
    expect(summary()).toEqual([0, []]);
  });

  it("in the names of files", async () => {
    const cookie = await visit("Mina");
    const run = (name: string) => {
      const form = new FormData();
      form.append("user", JSON.stringify({ id: name, name }));
      form.append("files", new Blob(["abc"]), name);
      return send("upload", { method: "POST", body: form, headers: { cookie } });
    };
    await fc.assert(fc.asyncProperty(nasty, run), { numRuns: 60, seed: 8 });
    expect(summary()).toEqual([0, []]);
  });
});

it("what people read keeps its letters, without the NUL and with a mark where half a letter was", async () => {
  const cookie = await visit("Mina");
  const form = new FormData();
  form.append("files", new Blob(["abc"]), "a.txt");
  const sent = await apps.open.request(`${own}/api/upload`, { method: "POST", body: form, headers: { cookie } });
  const { files } = await sent.json();
  const body = {
    id: randomUUID(),
    channel: "general",
    text: "나\0는 \ud800 \ud83d\udc08",
    files: [{ ...files[0], name: "a\0\udc00.txt" }],
  };
  const answer = await apps.open.request(`${own}/api/say`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { ...json, cookie },
  });
  const { message } = await answer.json();
  expect([message.text, message.files[0].name]).toEqual(["나는 \ufffd 🐈", "a\ufffd.txt"]);
  const missed = await apps.open.request(`${own}/api/channels/gen%00eral/messages`, { headers: { cookie } });
  expect(missed.status).toBe(400);
});

const part = (head: string, body = "abc", edge = "--edge") => `${edge}\r\n${head}\r\n\r\n${body}\r\n`;
const named = 'content-disposition: form-data; name="files"; filename="a.txt"';
const end = "--edge--\r\n";
const form = (head: string) => ({ head, type: "multipart/form-data; boundary=edge" });
const nested = `content-disposition: form-data; name="files"\r\ncontent-type: multipart/mixed; boundary=inner`;
it.each([
  ["no boundary", { ...form(part(named) + end), type: "multipart/form-data" }],
  ["an empty boundary", { ...form(part(named) + end), type: "multipart/form-data; boundary=" }],
  ["another boundary", { ...form(part(named) + end), type: "multipart/form-data; boundary=other" }],
  ["a boundary of 4000 letters", { ...form(part(named) + end), type: `multipart/form-data; boundary=${"x".repeat(4000)}` }],
  ["nothing in it", form("")],
  ["no part", form(end)],
  ["an end before its time", form(part(named, "abc").slice(0, -2))],
  ["a head that never ends", form(`--edge\r\n${named}`)],
  ["no content-disposition", form(part("x: y") + end)],
  ["another content-disposition", form(part('content-disposition: attachment; filename="a.txt"') + end)],
  ["a content-disposition without sense", form(part("content-disposition: ;;;=\"*''") + end)],
  ["no file name", form(part('content-disposition: form-data; name="files"\r\ncontent-type: application/octet-stream') + end)],
  ["an empty file name", form(part('content-disposition: form-data; name="files"; filename=""') + end)],
  ["a file name of nothing but NUL", form(part('content-disposition: form-data; name="files"; filename="\0"') + end)],
  ["17 files", form(part(named).repeat(17) + end)],
  ["a form within a form", form(part(nested, part(named, "abc", "--inner")) + end)],
  ["100 fields", form(part('content-disposition: form-data; name="x"').repeat(100) + part(named) + end)],
  ["a field of 300 kB", form(part('content-disposition: form-data; name="user"', "x".repeat(300_000)) + part(named) + end)],
  ["a head of 100 kB", form(part(`x: ${"y".repeat(100_000)}\r\n${named}`) + end)],
  ["no form at all", { head: "abc", type: "text/plain" }],
])("a form with %s is refused with a sentence", async (_, { head, type }) => {
  const cookie = await visit("Mina");
  const answer = await post(`${server.address}/api/upload`, { cookie, "content-type": type }, { head });
  expect([answer.status, JSON.parse(answer.text).error]).toEqual([400, expect.stringMatching(/^[A-Z].*\.$/)]);
});

it("a torn form of any kind is never our failure", async () => {
  const cookie = await visit("Mina");
  const whole = Buffer.from(part(named) + part('content-disposition: form-data; name="user"', "{}") + end);
  const torn = fc.tuple(fc.nat(whole.length), fc.nat(whole.length), fc.uint8Array({ maxLength: 9 }));
  const run = async ([from, to, bytes]: [number, number, Uint8Array]) => {
    const head = Buffer.concat([whole.subarray(0, from), bytes, whole.subarray(to)]);
    const { status } = await post(`${server.address}/api/upload`, { cookie, ...formAround("").headers }, { head });
    expect(status).toBeLessThan(500);
  };
  await fc.assert(fc.asyncProperty(torn, run), { numRuns: 150, seed: 8 });
});

describe("requests that no browser makes", () => {
  const status = async (path: string, headers: Record<string, string>, head: string | Uint8Array = "{}") =>
    (await post(`${server.address}/api/${path}`, headers, { head })).status;

  it("are refused: too deep, packed, no JSON, not UTF-8", async () => {
    const cookie = await visit("Mina");
    expect(await status("ask", { cookie, ...json }, `${"[".repeat(100_000)}${"]".repeat(100_000)}`)).toBe(400);
    expect(await status("ask", { cookie, ...json }, `{"id":${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}}`)).toBe(400);
    expect(await status("me", { ...json, "content-encoding": "gzip" }, Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]))).toBe(400);
    expect(await status("me", json, Buffer.from([0xff, 0xfe, 0x7b]))).toBe(400);
    expect(await status("me", json, "")).toBe(400);
    expect(await status("me", { cookie: `peerlab_key="; =; ;;${"x".repeat(9000)}=%` })).toBe(400);
    expect(await status(`ask?${"a[]=1&".repeat(2000)}`, { cookie })).toBe(400);
    expect(await status("%E0%A4%A/%", { cookie })).toBe(404);
    expect(await status(`ask?${"x".repeat(20_000)}`, { cookie })).toBe(431);
  });
});
