import { request } from "node:http";
import { seeded } from "../../src/random.ts";
import type { Target } from "./target.ts";
import { nastyTexts } from "./texts.ts";
import { type Attack, isSentence, leakIn, type Verdict } from "./verdict.ts";

const PATIENCE_MS = 20_000;
const MOST_READ = 200_000;
const UUID = "00000000-0000-4000-8000-000000000000";
const HASH = "a".repeat(64);

const routes: readonly [method: string, path: string][] = [
  ["POST", "/api/ask"],
  ["POST", "/api/ask"],
  ["POST", "/api/say"],
  ["POST", "/api/press"],
  ["POST", "/api/upload"],
  ["POST", "/api/upload"],
  ["POST", "/api/me"],
  ["POST", "/api/channels"],
  ["POST", `/api/requests/${UUID}/cancel`],
  ["GET", `/api/requests/${UUID}?wait=0`],
  ["GET", "/api/requests/{}"],
  ["GET", `/api/blobs/${HASH}`],
  ["GET", "/api/blobs/{}"],
  ["GET", "/api/channels/general/messages?before={}"],
  ["GET", "/api/channels/{}/messages"],
  ["GET", "/api/suggest?command={}&option=op&channel=general"],
  ["GET", "/api/suggest?command=augment&option={}&typed={}&channel=general"],
  ["GET", "/api/commands"],
  ["GET", "/api/me"],
  ["GET", "/api/{}"],
  ["GET", "/{}"],
  ["PUT", "/api/ask"],
  ["DELETE", "/api/blobs/{}"],
  ["OPTIONS", "/api/ask"],
];
const paths = [
  "%00",
  "%",
  "%zz",
  "%ff%fe",
  "%ed%a0%80",
  "..%2f..%2fetc%2fpasswd",
  "../../package.json",
  "//",
  "a".repeat(4000),
  "%ED%95%9C",
];
const forged = [UUID, "0", "", "\0", "\ud800", "web-0000000000000000", HASH, "../x", "null", "-1"];
const types = [
  "application/json",
  "application/json; charset=utf-16",
  "text/plain",
  "multipart/form-data",
  "multipart/form-data; boundary=",
  "x/y",
  "",
];
const cookies = [
  "",
  "peerlab_key",
  "peerlab_key=%",
  "peerlab_name=%00; peerlab_key=x",
  `peerlab_key=${"k".repeat(5000)}`,
  "peerlab_name=%ED%A0%80; peerlab_key=\xff",
  "a=b;;;=;",
];
const hosts = ["evil.example", "", "127.0.0.1:99999", "[::1", "localhost:80@evil", "\xff"];

const part = (headers: string, body: string) => `--b\r\n${headers}\r\n\r\n${body}\r\n`;
/** Forms that no browser sends. */
const forms: readonly string[] = [
  "",
  "--b--\r\n",
  "--b",
  "--b\r\n",
  "no boundary here at all",
  part("content-disposition: form-data", "x"),
  part('content-disposition: form-data; name="files"', "not a file"),
  `${part('content-disposition: form-data; name="files"; filename="a\0b.jpg"', "x")}--b--\r\n`,
  `${part('content-disposition: form-data; name="files"; filename="../../../x"', "x")}--b--\r\n`,
  `${part(`content-disposition: form-data; name="files"; filename="${"n".repeat(20_000)}"`, "x")}--b--\r\n`,
  `${part(`content-disposition: form-data; name="${"n".repeat(20_000)}"`, "x".repeat(2e6))}--b--\r\n`,
  `${part('content-disposition: form-data; name="files"; filename="cut.jpg"', "x")}`,
  `${part('content-disposition: form-data; name="files"; filename="x"\r\ncontent-transfer-encoding: base64', "@@@")}--b--\r\n`,
  `${part('content-disposition: form-data; name="files"; filename="x"\r\ncontent-type: \xff\xfe', "x")}--b--\r\n`,
  `${part('content-disposition: form-data; name="__proto__"; filename="x"', "x")}--b--\r\n`,
  `${part('content-disposition: form-data; name="files"; filename="x"', "x").repeat(40)}--b--\r\n`,
  `${part("x: y\r\n".repeat(3000), "x")}--b--\r\n`,
  `--b\r\n\0\0\0\r\n\r\nx\r\n--b--\r\n`,
];

/** Every route with malformed bodies, headers, forms, paths and ids, or with somebody else's. */
export const httpAttack = async (target: Target): Promise<Attack> => {
  const { hostname, port } = new URL(target.address);
  const send = (method: string, path: string, headers: Record<string, string>, body: Buffer) =>
    new Promise<{ status: number; text: string } | "hung" | "cut">((resolve) => {
      const outgoing = request({ hostname, port, method, path, headers, timeout: PATIENCE_MS }, (incoming) => {
        let text = "";
        const end = () => resolve({ status: incoming.statusCode ?? 0, text });
        incoming.setEncoding("utf8").on("data", (it) => {
          text += it;
          if (text.length > MOST_READ) incoming.destroy();
        });
        incoming.on("close", end);
      });
      outgoing.on("timeout", () => {
        resolve("hung");
        outgoing.destroy();
      });
      outgoing.on("error", () => resolve("cut"));
      outgoing.end(body);
    });
  return async (seed) => {
    const rng = seeded(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(rng() * list.length)] as T;
    const [method, template] = pick(routes);
    const path = template.replaceAll("{}", () =>
      rng() < 0.5 ? pick(paths) : encodeURIComponent(Buffer.from(pick(nastyTexts)).toString()),
    );
    const values: readonly (() => unknown)[] = [
      () => pick(nastyTexts),
      () => pick(forged),
      () => pick([0, -1, 1e308, 2 ** 53, 0.5]),
      () => pick([null, true, [], {}, [[]], { a: { b: {} } }]),
      () => [
        { blob: pick([HASH, "x", "A".repeat(64)]), name: pick(nastyTexts), type: pick(nastyTexts), bytes: pick([1, -1, 1e308]) },
      ],
      () => ({
        command: pick(["augment", "", "forget", "\0"]),
        args: { [pick(nastyTexts)]: pick(nastyTexts), image: pick(nastyTexts) },
      }),
    ];
    const said = {
      id: crypto.randomUUID(),
      channel: "general",
      lang: "en",
      input: "/help",
      text: "hi",
      files: [] as unknown,
      name: "Visitor",
      token: "wrong",
      message: UUID,
      button: 0,
    } as Record<string, unknown>;
    for (let i = Math.floor(rng() * 3); i >= 0; i--)
      said[pick([...Object.keys(said), "replyTo", "user", "__proto__"])] = pick(values)();
    const bodies: readonly (() => string)[] = [
      () => JSON.stringify(said),
      () => JSON.stringify(said),
      () => JSON.stringify(said),
      () => JSON.stringify(said).slice(0, Math.floor(rng() * 100)),
      () => pick(["", "null", "[]", "{", '"x"', "5", "{}{}", "\0", "\ufeff{}", "[".repeat(100_000)]),
      () => `{"id":"${"9".repeat(1_000_000)}"}`,
    ];
    const isForm = template === "/api/upload" && rng() < 0.8;
    const body = Buffer.from(method === "GET" ? "" : isForm ? pick(forms) : pick(bodies)(), rng() < 0.9 ? "utf8" : "latin1");
    const visitor = await target.visitor();
    const headers: Record<string, string> = {
      ...visitor.headers,
      "content-type": isForm && rng() < 0.9 ? "multipart/form-data; boundary=b" : pick(types),
      "content-length": `${body.length}`,
    };
    if (rng() < 0.15) headers["cookie"] = pick(cookies);
    if (rng() < 0.05) headers["authorization"] = pick(["Bearer wrong", "Bearer", "Basic x", "\xff"]);
    if (rng() < 0.05) headers["host"] = pick(hosts);
    if (rng() < 0.05) headers["origin"] = pick(["null", "http://evil.example", "\xff", "http://"]);
    if (rng() < 0.05) headers["accept-language"] = pick(["ko", "x".repeat(5000), "\xff", ";;q=9"]);
    if (rng() < 0.03) headers["content-length"] = pick(["0", "5", "-1", "x"]);
    if (rng() < 0.03) delete headers["content-length"];
    const sent = `${method} ${path.slice(0, 200)} ${JSON.stringify(headers).replace(/"authorization":"[^"]*"|"cookie":"[^"]*"/g, "")} ${body.toString("latin1").slice(0, 2000)}`;
    let answer: Awaited<ReturnType<typeof send>>;
    try {
      answer = await send(method, path.startsWith("/") ? path : "/", headers, body);
    } catch {
      answer = "cut"; // Node.js itself does not send this.
    }
    const checked = (verdict: Verdict, text: string) => ({
      verdict,
      input: sent.replace(/\s+/g, " "),
      answer: text,
      leak: path.startsWith("/api") ? leakIn(text, sent) : undefined,
    });
    if (answer === "hung") return checked("hung", `no answer in ${PATIENCE_MS / 1000} s`);
    if (answer === "cut") return checked("refused", "the connection was closed");
    const { status, text } = answer;
    const error = /"error":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text;
    if (status >= 500) return checked("ours", `${status} ${error}`);
    if (status >= 400) return checked(error === "" || isSentence(error) ? "refused" : "wordy", `${status} ${error}`);
    return checked("answered", text);
  };
};
