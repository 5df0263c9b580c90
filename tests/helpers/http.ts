import { request } from "node:http";

export interface Answered {
  /** 0 when the server hung up: to somebody who is still sending, that may be told before its answer is. */
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
  /** How much of the body left before the answer was whole. */
  sentBytes: number;
}

/**
 * One POST over a socket of its own, with a body of any length that is made while it is sent: `head`, as many of `part` as it
 * takes, `tail`. Stops sending when the server has answered or hung up; `cut` hangs up itself instead of ending.
 */
export const post = (
  address: string,
  headers: Record<string, string | number>,
  { head = "", part = Buffer.alloc(1 << 16, 65), bytes = 0, tail = "", cut = false, from = "127.0.0.1" }: Sent = {},
): Promise<Answered> =>
  new Promise((resolve, reject) => {
    let sentBytes = 0;
    const outgoing = request(address, { method: "POST", headers, localAddress: from, agent: false }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on("data", (it: Buffer) => parts.push(it));
      const whole = () => {
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text: Buffer.concat(parts).toString(),
          sentBytes,
        });
        outgoing.destroy();
      };
      incoming.on("end", whole).on("error", whole);
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "ECONNRESET") reject(error);
      else resolve({ status: 0, headers: {}, text: "", sentBytes });
    });
    if (head.length > 0) outgoing.write(head);
    const more = () => {
      while (!outgoing.destroyed && sentBytes < bytes) {
        const next = part.subarray(0, bytes - sentBytes);
        sentBytes += next.length;
        if (!outgoing.write(next)) return outgoing.once("drain", more);
      }
      return cut ? outgoing.destroy() : outgoing.end(tail);
    };
    more();
  });

interface Sent {
  head?: string | Uint8Array;
  part?: Buffer;
  bytes?: number;
  tail?: string;
  cut?: boolean;
  /** The address to call from: everything in 127.0.0.0/8 is this machine. */
  from?: string;
}

/** The start and the end of a form with one file in it. */
export const formAround = (name: string, type = "application/octet-stream") => ({
  headers: { "content-type": "multipart/form-data; boundary=edge" },
  head: `--edge\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`,
  tail: "\r\n--edge--\r\n",
});
