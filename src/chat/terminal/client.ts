import { request } from "node:http";

/** A running Peerlab could not be reached, or left in mid-answer: try again, perhaps after starting one. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

export interface Answer {
  status: number;
  body: Buffer;
}

/**
 * One HTTP request over the socket file of a running Peerlab; `fetch` cannot speak to socket files. `onLine` hears each line of the answer
 * as it comes.
 */
export const call = (
  socketPath: string,
  method: "GET" | "POST",
  path: string,
  sent?: object | FormData,
  onLine?: (line: string) => void,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(new Unreachable(`Nobody answers at ${socketPath}`, { cause }));
    const form = sent instanceof FormData ? new Response(sent) : undefined;
    const type = form?.headers.get("content-type") ?? "application/json";
    const headers = { host: "localhost", ...(sent ? { "content-type": type } : {}) };
    const outgoing = request({ socketPath, method, path, headers }, (incoming) => {
      const parts: Buffer[] = [];
      let begun = Buffer.alloc(0);
      incoming.on("data", (part: Buffer) => {
        parts.push(part);
        if (!onLine) return;
        begun = Buffer.concat([begun, part]);
        for (let end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n")) {
          onLine(begun.subarray(0, end).toString());
          begun = begun.subarray(end + 1);
        }
      });
      incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(parts) }));
      incoming.on("error", fail);
    });
    outgoing.on("error", fail);
    const body = form ? form.arrayBuffer().then(Buffer.from) : Promise.resolve(sent && JSON.stringify(sent));
    body.then((bytes) => outgoing.end(bytes), reject);
  });
