import { request } from "node:http";

/** A running Peerlab could not be reached, or left in mid-answer: try again, perhaps after starting one. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

export interface Answer {
  status: number;
  body: Buffer;
}

/** One HTTP request over the socket file of a running Peerlab. `fetch` cannot speak to socket files. */
export const call = (socketPath: string, method: "GET" | "POST", path: string, sent?: object | FormData): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(new Unreachable(`Nobody answers at ${socketPath}`, { cause }));
    const form = sent instanceof FormData ? new Response(sent) : undefined;
    const type = form?.headers.get("content-type") ?? "application/json";
    const headers = { host: "localhost", ...(sent ? { "content-type": type } : {}) };
    const outgoing = request({ socketPath, method, path, headers }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on("data", (part: Buffer) => parts.push(part));
      incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(parts) }));
      incoming.on("error", fail);
    });
    outgoing.on("error", fail);
    const body = form ? form.arrayBuffer().then(Buffer.from) : Promise.resolve(sent && JSON.stringify(sent));
    body.then((bytes) => outgoing.end(bytes), reject);
  });

/** Server-sent events over the socket, as parsed JSON, until `signal` aborts or the other side leaves. */
export const events = (socketPath: string, path: string, listener: (event: unknown) => void, signal: AbortSignal): void => {
  const outgoing = request({ socketPath, path, headers: { host: "localhost" }, signal }, (incoming) => {
    let rest = "";
    incoming.setEncoding("utf8").on("data", (part: string) => {
      const lines = (rest + part).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.startsWith("data:") && line.length > 6) listener(JSON.parse(line.slice(5)));
    });
    incoming.on("error", () => {});
  });
  // Progress is a courtesy: the answer comes by another way, so a broken stream is no failure.
  outgoing.on("error", () => {});
  outgoing.end();
};
