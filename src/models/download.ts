import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { UserError } from "../errors.ts";

/** A file somewhere on the web that is known beforehand. */
export interface RemoteFile {
  name: string;
  urls: readonly string[];
  bytes: number;
  sha256: string;
  /** What it is, for the sentence to whoever waits for it in vain: a model where left out. */
  what?: "data";
}

const TRIES = 4; // for each address; a broken connection that brought something does not count
const STALLED_MS = 30_000;

const fileBytes = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

const hashOf = async (path: string): Promise<string> => {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
};

interface Transfer {
  file: RemoteFile;
  /** Where it is written. */
  path: string;
  signal: AbortSignal;
  /** Called now and then with how many bytes have arrived. */
  onBytes(bytes: number): Promise<void>;
}

/** How one request ended: the HTTP status, 0 when there was none or the connection broke in the middle. */
const requestRest = async (url: string, { file, path, signal, onBytes }: Transfer): Promise<number> => {
  const have = await fileBytes(path);
  const stall = new AbortController();
  const alarm = setTimeout(() => stall.abort(), STALLED_MS);
  const either = AbortSignal.any([signal, stall.signal]);
  try {
    const response = await fetch(url, { headers: have > 0 ? { range: `bytes=${have}-` } : {}, signal: either });
    const goesOn = response.status === 206 && response.headers.get("content-range")?.startsWith(`bytes ${have}-`);
    if (!response.body || (response.status !== 200 && !goesOn)) return response.status === 206 ? 0 : response.status;
    const handle = await open(path, goesOn ? "a" : "w"); // a server that ignores Range sends everything again
    try {
      let got = goesOn ? have : 0;
      for await (const chunk of response.body) {
        alarm.refresh();
        got += chunk.length;
        await handle.write(chunk);
        if (got > file.bytes) break; // not the file we know: no need to hear the rest of it
        await onBytes(got);
      }
      return response.status;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (signal.aborted) throw error;
    return 0;
  } finally {
    clearTimeout(alarm);
  }
};

/** Asks one address until the file is complete, going on after broken connections. Returns the last status when it gives up. */
const fromUrl = async (url: string, transfer: Transfer): Promise<number> => {
  const { file, path } = transfer;
  let status = 0;
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await fileBytes(path);
    if (before >= file.bytes) return 200;
    status = await requestRest(url, transfer);
    if (status === 416) await rm(path, { force: true }); // its file is shorter than what we have: not the one we know
    if (status >= 400) return status;
    if ((await fileBytes(path)) > before) tries = -1;
  }
  return status;
};

/**
 * Downloads a file into `folder` and returns its path once its SHA-256 is right. What was got of it stays as `<sha256>.part` when
 * the work is stopped or the server goes away, and the next call goes on from there; a file that differs is thrown away.
 */
export const download = async (
  file: RemoteFile,
  folder: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => Promise<void>,
): Promise<string> => {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${file.sha256}.part`);
  let status = 0;
  let differed = false;
  for (const url of file.urls) {
    for (let fresh = false; !fresh; ) {
      fresh = (await fileBytes(path)) === 0; // what an earlier process left may be damaged: one more try from nothing
      status = await fromUrl(url, { file, path, signal, onBytes });
      if ((await fileBytes(path)) < file.bytes) break;
      if ((await hashOf(path)) === file.sha256) return path;
      differed = true;
      await rm(path, { force: true });
    }
  }
  if (differed) throw new UserError("fetch_differs", { name: file.name });
  const gotMb = Math.floor((await fileBytes(path)) / 1e6);
  throw new UserError("fetch_failed", { name: file.name, status, gotMb, ...(file.what && { what: file.what }) });
};
