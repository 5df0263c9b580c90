import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginPrepared } from "../../src/store/preparedHome.ts";

let folder: string;
let home: string;
let prepared: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peerlab-prepared-"));
  [home, prepared] = [join(folder, "home"), join(folder, "prepared")];
  for (const path of [home, join(prepared, "database/base/1"), join(prepared, "blobs/ab")])
    await mkdir(path, { recursive: true });
  await writeFile(join(prepared, "database/PG_VERSION"), "18");
  await writeFile(join(prepared, "database/base/1/1259"), "a table");
  await writeFile(join(prepared, "blobs/ab/abc"), "a model");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const said = (...path: string[]) => readFile(join(home, ...path), "utf8");

describe("a new home", () => {
  it("begins with the tables and the models of the prepared one", async () => {
    await expect(beginPrepared(home, prepared)).resolves.toBe(true);
    expect(await said("database/base/1/1259")).toBe("a table");
    expect(await said("blobs/ab/abc")).toBe("a model");
    expect((await readdir(home)).sort()).toEqual(["blobs", "database"]);
  });

  it("begins again where a copy was cut short, with nothing left of it", async () => {
    await mkdir(join(home, "database.draft"));
    await writeFile(join(home, "database.draft/PG_VERSION"), "half");
    await mkdir(join(home, "database"));
    await writeFile(join(home, "database/half"), "");
    await expect(beginPrepared(home, prepared)).resolves.toBe(true);
    expect(await said("database/PG_VERSION")).toBe("18");
    expect(existsSync(join(home, "database/half"))).toBe(false);
    expect(existsSync(join(home, "database.draft"))).toBe(false);
  });

  it("makes its own database where none is prepared", async () => {
    await expect(beginPrepared(home, join(folder, "nowhere"))).resolves.toBe(false);
    expect(existsSync(join(home, "database"))).toBe(false);
  });

  it("keeps nothing of a copy that failed", async () => {
    await rm(join(prepared, "blobs"), { recursive: true });
    await expect(beginPrepared(home, prepared)).rejects.toThrow(/ENOENT/);
    expect(existsSync(join(home, "database"))).toBe(false);
    expect(existsSync(join(home, "database.draft"))).toBe(false);
  });
});

it("a home that has a database is left as it is", async () => {
  await mkdir(join(home, "database"));
  await writeFile(join(home, "database/PG_VERSION"), "17");
  await expect(beginPrepared(home, prepared)).resolves.toBe(false);
  expect(await said("database/PG_VERSION")).toBe("17");
});
