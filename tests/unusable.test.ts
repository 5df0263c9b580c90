import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endOf, ends } from "./helpers/ask.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "peerlab-unusable-"));
  await writeFile(join(folder, "file"), "");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a folder that nothing can be kept in gets one sentence and exit code 1", () => {
  it.each([
    ["is a file", "file", "that is a file, not a folder"],
    ["is inside a file", "file/home", "a part of that path is a file, not a folder"],
  ])("when it %s", async (_, name, why) => {
    const path = join(folder, name);
    const said = `I cannot store anything in "${path}": ${why}. Choose another folder with --data or PEERLAB_HOME.`;
    for (const end of ends(path)) expect(await end).toEqual({ code: 1, said });
  });

  it("in the asker's language", async () => {
    const { code, said } = await endOf("ask", "/help", "--lang", "ko", "--data", join(folder, "file"));
    expect([code, said]).toEqual([1, expect.stringMatching(/폴더가 아니라 파일이에요/)]);
  });
});
