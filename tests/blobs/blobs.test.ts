import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { type Blobs, openBlobs } from "../../src/blobs/blobs.ts";

let folder: string;
let blobs: Blobs;
const about = { name: "a.txt", type: "text/plain" };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peerlab-blobs-"));
  blobs = openBlobs(folder);
});

it("gives back what was put, under the SHA-256 of its bytes", async () => {
  const file = await blobs.put(Buffer.from("abc"), about);
  expect(file).toEqual({ blob: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", bytes: 3, ...about });
  expect((await blobs.get(file.blob)).toString()).toBe("abc");
});

it("is whole for every reader while ten peers put the same bytes again and again", async () => {
  const bytes = Buffer.alloc(2_000_000, "peerlab");
  const { blob } = await blobs.put(bytes, about);
  const write = async () => {
    for (let i = 0; i < 5; i++) await blobs.put(bytes, about);
  };
  const read = async () => {
    for (let i = 0; i < 20; i++) expect((await blobs.get(blob)).length).toBe(bytes.length);
  };
  await Promise.all([...Array.from({ length: 10 }, write), read(), read()]);
  expect(await readdir(join(folder, blob.slice(0, 2)))).toEqual([blob]);
});

const parts = async function* (...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
};

it("keeps what comes in parts, and nothing of what is dropped or breaks off", async () => {
  const draft = await blobs.receive(parts("a", "", "bc"));
  expect([draft.bytes, (await draft.read()).toString()]).toEqual([3, "abc"]);
  const file = await draft.keep(about);
  expect(file).toEqual(await blobs.put(Buffer.from("abc"), about));
  await draft.drop();
  expect((await blobs.get(file.blob)).toString()).toBe("abc");

  await (await blobs.receive(parts("dropped"))).drop();
  const broken = async function* () {
    yield* parts("half of");
    throw new Error("the connection broke");
  };
  await expect(blobs.receive(broken())).rejects.toThrow("the connection broke");
  expect(await readdir(join(folder, "drafts"))).toEqual([]);
});

it("lets go of the drafts of a killed process", async () => {
  await blobs.receive(parts("nobody keeps this"));
  await openBlobs(folder).dropDrafts();
  expect(await readdir(folder)).toEqual([]);
});

it("says so when bytes are gone or not what they were", async () => {
  const { blob } = await blobs.put(Buffer.from("abc"), about);
  await writeFile(join(folder, blob.slice(0, 2), blob), "abd");
  await expect(blobs.get(blob)).rejects.toThrow(/damaged/);
  await blobs.remove(blob);
  await expect(blobs.get(blob)).rejects.toThrow(/missing/);
});
