import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { mountSmall, noSmallDisks } from "./helpers/disks.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "peerlab-unusable-"));
  await writeFile(join(folder, "file"), "");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What an entry point says, on standard error, before it ends. */
const run = async (entry: string, ...args: string[]) => {
  const child = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "../src", entry), ...args], {
    env: { ...process.env, PEERLAB_LOG: "error" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (part) => (said += part));
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, said: said.trim() };
};
const starts = (home: string) => [run("main.ts", "--data", home, "--port", "0"), run("ask.ts", "/help", "--data", home)];

describe("a folder that nothing can be kept in gets one sentence and exit code 1", () => {
  it.each([
    ["is a file", "file", "that is a file, not a folder"],
    ["is inside a file", "file/home", "a part of that path is a file, not a folder"],
  ])("when it %s", async (_, name, why) => {
    const path = join(folder, name);
    const said = `I cannot store anything in "${path}": ${why}. Choose another folder with --data or PEERLAB_HOME.`;
    for (const start of starts(path)) expect(await start).toEqual({ code: 1, said });
  });

  it("when there can be none, as under /proc", async () => {
    const [started] = starts("/proc/peerlab");
    expect(await started).toMatchObject({ code: 1, said: expect.stringMatching(/no folder can be created there/) });
  });

  it("in the asker's language", async () => {
    const { code, said } = await run("ask.ts", "/help", "--lang", "ko", "--data", join(folder, "file"));
    expect([code, said]).toEqual([1, expect.stringMatching(/폴더가 아니라 파일이에요/)]);
  });

  it.skipIf(noSmallDisks)(`when its disk is read-only${noSmallDisks}`, async () => {
    const disk = mountSmall(1, "ro");
    onTestFinished(disk.unmount);
    for (const path of [disk.path, join(disk.path, "home")])
      for (const start of starts(path)) {
        const { code, said } = await start;
        expect([code, said]).toEqual([1, expect.stringMatching(/^I cannot keep anything in .*: that disk is read-only\..*$/)]);
      }
  });
});

it("a port that another program uses gets one sentence and exit code 1", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as { port: number };
  const { code, said } = await run("main.ts", "--data", join(folder, "home"), "--port", String(port));
  expect(code).toBe(1);
  expect(said).toBe(
    `I cannot listen on 127.0.0.1, port ${port}: another program is already using it. Choose another with --port or PEERLAB_HOST.`,
  );
  other.close();
});
