import { mkdtemp, readdir, rm, truncate, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBlobs } from "../../src/blobs/blobs.ts";
import { openCache } from "../../src/blobs/cache.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "peerlab-"));
});
afterAll(() => rm(folder, { recursive: true }));

it("what was saved last comes back, to every process; what is not there or damaged does not", async () => {
  const cache = openCache(folder);
  expect(await cache.load("a")).toBeUndefined();
  await cache.save("a", Buffer.from("first"));
  await Promise.all([cache.save("a", Buffer.from("second")), cache.save("a", Buffer.from("second"))]);
  expect((await openCache(folder).load("a"))?.toString()).toBe("second");
  expect(await readdir(join(folder, "cache"))).toEqual(["a"]);
  await truncate(join(folder, "cache", "a"), 34);
  expect(await cache.load("a")).toBeUndefined();
});

it("a name leads nowhere else", async () => {
  for (const name of ["../a", "a/b", "", ".a"])
    await expect(openCache(folder).save(name, Buffer.from("x"))).rejects.toThrow("Expected a name");
});

it("what nobody used for long is removed; what was loaded since stays, and the blobs do", async () => {
  const [cache, blobs] = [openCache(folder), openBlobs(folder)];
  const { blob } = await blobs.put(Buffer.from("a photo"), { name: "a.jpg", type: "image/jpeg" });
  const old = new Date(Date.now() - 3600_000);
  for (const name of ["used", "unused"]) {
    await cache.save(name, Buffer.from(name));
    await utimes(join(folder, "cache", name), old, old);
  }
  await cache.load("used");
  await cache.removeUnused(new Date(Date.now() - 60_000));
  expect([await cache.load("unused"), (await cache.load("used"))?.toString()]).toEqual([undefined, "used"]);
  expect((await blobs.get(blob)).toString()).toBe("a photo");
  for await (const names of blobs.olderThan(new Date(Date.now() + 60_000))) expect(names).toEqual([blob]);
});
