import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readEnvironment } from "../src/environment.ts";

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "peerlab-env-"));
  path = join(folder, ".env");
  await writeFile(path, 'DISCORD_TOKEN="from the file"\nPEERLAB_PORT=4000\n', { mode: 0o600 });
});
afterAll(() => rm(folder, { recursive: true }));

it("adds what the file says to the environment, which goes first and stays as it is", () => {
  const read = readEnvironment({ PEERLAB_PORT: "5000", HOME: "/root" }, path);
  expect(read).toEqual({ DISCORD_TOKEN: "from the file", PEERLAB_PORT: "5000", HOME: "/root" });
  expect(process.env["DISCORD_TOKEN"]).not.toBe("from the file");
});

it("needs no file", () => expect(readEnvironment({ HOME: "/root" }, join(folder, "none"))).toEqual({ HOME: "/root" }));

it.runIf(process.platform !== "win32")("refuses a file that others can read, and says what to do", async () => {
  await chmod(path, 0o640);
  expect(() => readEnvironment({}, path)).toThrow(`chmod 600 ${path}`);
});
