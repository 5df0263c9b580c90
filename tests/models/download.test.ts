import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { UserError } from "../../src/errors.ts";
import { download } from "../../src/models/download.ts";
import { type Habits, serveFile } from "../helpers/fileServer.ts";
import { newJobContext } from "../helpers/jobContext.ts";

const bytes = randomBytes(300_000);
const sha256 = createHash("sha256").update(bytes).digest("hex");
const never = new AbortController().signal;
const deaf = async () => undefined;

const setUp = async (habits: Habits = {}, served: Uint8Array = bytes) => {
  const { scratch } = await newJobContext();
  const part = join(scratch, `${sha256}.part`);
  const kept = (count: number) => vi.waitFor(async () => expect((await stat(part)).size).toBe(count));
  const server = await serveFile(served, { kept, ...habits });
  const wanted = { name: "small", urls: [server.url], bytes: bytes.length, sha256 };
  return { scratch, server, wanted, part, [Symbol.asyncDispose]: server[Symbol.asyncDispose] };
};
const mistakeOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.catch((it: unknown) => it);
  if (!(error instanceof UserError)) throw new Error("Expected a UserError", { cause: error });
  return error.mistake;
};

describe("downloading", () => {
  it("brings the file and says how far it is", async () => {
    await using it = await setUp();
    const heard: number[] = [];
    const path = await download(it.wanted, it.scratch, never, async (got) => void heard.push(got));
    expect((await readFile(path)).equals(bytes)).toBe(true);
    expect(heard.at(-1)).toBe(bytes.length);
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
  });

  it("goes on after connections that break in the middle, asking only for the rest", async () => {
    await using it = await setUp({ cuts: [100_000, 50_000] });
    const path = await download(it.wanted, it.scratch, never, deaf);
    expect((await readFile(path)).equals(bytes)).toBe(true);
    expect(it.server.ranges).toEqual([undefined, "bytes=100000-", "bytes=150000-"]);
  });

  it("goes on where an earlier process stopped", async () => {
    await using it = await setUp();
    await mkdir(it.scratch, { recursive: true });
    await writeFile(it.part, bytes.subarray(0, 200_000));
    expect((await readFile(await download(it.wanted, it.scratch, never, deaf))).equals(bytes)).toBe(true);
    expect(it.server.ranges).toEqual(["bytes=200000-"]);
  });

  it("starts afresh with a server that ignores ranges", async () => {
    await using it = await setUp({ cuts: [100_000], ignoresRange: true });
    expect((await readFile(await download(it.wanted, it.scratch, never, deaf))).equals(bytes)).toBe(true);
    expect(it.server.ranges).toEqual([undefined, "bytes=100000-"]);
  });

  it("recovers from a damaged beginning", async () => {
    await using it = await setUp();
    await mkdir(it.scratch, { recursive: true });
    await writeFile(it.part, Buffer.alloc(200_000));
    expect((await readFile(await download(it.wanted, it.scratch, never, deaf))).equals(bytes)).toBe(true);
  });

  it("asks the next address when one does not have it", async () => {
    await using it = await setUp();
    await using empty = await serveFile(bytes, { status: 404 });
    const path = await download({ ...it.wanted, urls: [empty.url, it.server.url] }, it.scratch, never, deaf);
    expect((await readFile(path)).equals(bytes)).toBe(true);
  });

  it.each([
    ["other bytes", randomBytes(300_000)],
    ["too many bytes", randomBytes(400_000)],
  ])("throws %s away", async (_, served) => {
    await using it = await setUp({}, served);
    expect(await mistakeOf(download(it.wanted, it.scratch, never, deaf))).toEqual({
      code: "fetch_differs",
      facts: { name: "small" },
    });
    expect(await readdir(it.scratch)).toEqual([]);
  });

  it("says what the server answered when there is nothing to be had", async () => {
    await using it = await setUp({ status: 503 });
    expect(await mistakeOf(download(it.wanted, it.scratch, never, deaf))).toEqual({
      code: "fetch_failed",
      facts: { name: "small", status: 503, gotMb: 0 },
    });
  });

  it("gives up on a server whose file is too short", async () => {
    await using it = await setUp({}, bytes.subarray(0, 250_000));
    expect(await mistakeOf(download(it.wanted, it.scratch, never, deaf))).toMatchObject({
      code: "fetch_failed",
      facts: { status: 416 },
    });
  });

  it("stops when asked to, and keeps what it has for the next time", async () => {
    await using it = await setUp();
    const stop = new AbortController();
    const work = download(it.wanted, it.scratch, stop.signal, async () => stop.abort());
    await expect(work).rejects.toThrow();
    expect(existsSync(it.part)).toBe(true);
  });
});
