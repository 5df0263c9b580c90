import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { alone } from "../../src/data/alone.ts";
import { cifar10Files } from "../../src/data/cifar10.ts";
import { type PublishedFile, publishedPath } from "../../src/data/published.ts";
import type { UserError } from "../../src/errors.ts";
import { fetchData } from "../../workers/fetchData.ts";
import { serveFile } from "../helpers/fileServer.ts";
import { newJobContext } from "../helpers/jobContext.ts";

/** The archive that is published, as a small one on this machine. */
const archive = Buffer.alloc(40_000, "pictures of ten classes. ");
const file = cifar10Files[0] as PublishedFile;
const published = { ...file };
afterAll(() => void Object.assign(file, published));
const publishAt = (url: string) =>
  Object.assign(file, { urls: [url], bytes: archive.length, sha256: createHash("sha256").update(archive).digest("hex") });

const newContext = async () => {
  const context = await newJobContext();
  const dataFolder = join(context.scratch, "data");
  return { ...context, dataFolder };
};

describe("fetching a data set", () => {
  it("goes on after a broken connection, says how far it is, and leaves nothing but the archive", async () => {
    const context = await newContext();
    const part = () => readFile(join(context.dataFolder, `${file.sha256}.part`)).catch(() => Buffer.alloc(0));
    const kept = async (bytes: number) => {
      while ((await part()).length < bytes) await new Promise(setImmediate);
    };
    await using server = await serveFile(archive, { cuts: [15_000], kept });
    publishAt(server.url);
    expect(await fetchData({ name: "cifar10" }, context)).toEqual({ name: "cifar10" });
    expect(await readFile(publishedPath(context.dataFolder, file))).toEqual(archive);
    expect(await readdir(context.dataFolder)).toEqual(["cifar-10-binary.tar.gz"]);
    expect(server.ranges).toEqual([undefined, "bytes=15000-"]);
    expect(context.reports.at(-1)).toEqual({
      ...{ done: 40_000, of: 40_000 },
      note: { en: "downloading cifar10: 40 kB / 40 kB", ko: "내려받는 중, cifar10: 40 kB / 40 kB" },
    });
  });

  it("does nothing where there is nothing to download", async () => {
    await using server = await serveFile(archive);
    publishAt(server.url);
    const drawn = await newContext();
    await fetchData({ name: "shapes" }, drawn);
    const unpacked = await newContext();
    await mkdir(join(unpacked.dataFolder, "cifar-10-batches-bin"), { recursive: true });
    await fetchData({ name: "cifar10" }, unpacked);
    const there = await newContext();
    await fetchData({ name: "cifar10" }, there);
    await fetchData({ name: "cifar10" }, there);
    expect(server.ranges).toHaveLength(1);
    expect([...drawn.reports, ...unpacked.reports]).toEqual([]);
  });

  it("is done once when two ask at once, also where a killed process has left its claim", async () => {
    await using server = await serveFile(archive);
    publishAt(server.url);
    const context = await newContext();
    await mkdir(context.dataFolder, { recursive: true });
    const left = `${publishedPath(context.dataFolder, file)}.claim`;
    await writeFile(left, "");
    await utimes(left, 0, 0);
    await Promise.all([fetchData({ name: "cifar10" }, context), fetchData({ name: "cifar10" }, context)]);
    expect(server.ranges).toHaveLength(1);
    expect(await readdir(context.dataFolder)).toEqual(["cifar-10-binary.tar.gz"]);
  });

  it("is a mistake with a way out where there is no network", async () => {
    publishAt("http://127.0.0.1:9/nothing");
    const failed = await fetchData({ name: "cifar10" }, await newContext()).catch((error: unknown) => error);
    expect((failed as UserError).mistake).toEqual({
      code: "fetch_failed",
      facts: { name: "cifar-10-binary.tar.gz", status: 0, gotMb: 0, what: "data" },
    });
    expect((failed as UserError).message).toMatch(/cannot be reached from here.*data:shapes/);
  });
});

it("whoever waits for another's work can be stopped", async () => {
  const { scratch } = await newJobContext();
  await mkdir(scratch, { recursive: true });
  const path = join(scratch, "claim");
  const stop = new AbortController();
  const work = new AbortController();
  const begun = new AbortController();
  const first = alone(path, stop.signal, () => {
    begun.abort();
    return once(work.signal, "abort");
  });
  await once(begun.signal, "abort"); // else the other may be the one who works
  const second = alone(path, stop.signal, async () => "worked");
  stop.abort();
  await expect(second).rejects.toThrow("aborted");
  work.abort();
  await first;
  expect(await readdir(scratch)).toEqual([]);
  await rm(scratch, { recursive: true });
});
