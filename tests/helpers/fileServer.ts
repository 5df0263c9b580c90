import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** How a server may misbehave; what is left out is done right. */
export interface Habits {
  /** Bytes after which each connection is cut, in the order of requests; later requests run through. */
  cuts?: number[];
  /** Waits until the client has kept so many bytes: a cut connection loses what is still on its way. */
  kept?: (bytes: number) => Promise<void>;
  /** Sends the whole file whatever range is asked for. */
  ignoresRange?: boolean;
  status?: number;
}

/** Serves one file on loopback, at any path, and remembers which ranges were asked for. */
export const serveFile = async (bytes: Uint8Array, habits: Habits = {}) => {
  const ranges: (string | undefined)[] = [];
  const cuts = [...(habits.cuts ?? [])];
  const server = createServer((request, response) => {
    const range = request.headers.range;
    ranges.push(range);
    if (habits.status) return void response.writeHead(habits.status).end();
    const start = range && !habits.ignoresRange ? Number(/\d+/.exec(range)?.[0]) : 0;
    if (start >= bytes.length) return void response.writeHead(416).end();
    const rest = bytes.subarray(start);
    const partial = { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(start > 0 ? 206 : 200, { "content-length": rest.length, ...(start > 0 && partial) });
    const cut = cuts.shift();
    if (cut === undefined) return void response.end(rest);
    response.write(rest.subarray(0, cut));
    void habits.kept?.(start + cut).then(() => response.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/model.onnx`,
    ranges,
    [Symbol.asyncDispose]: () => new Promise<void>((closed) => server.closeAllConnections() ?? server.close(() => closed())),
  };
};
