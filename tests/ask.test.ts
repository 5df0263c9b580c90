import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask } from "./helpers/ask.ts";
import { freshHome } from "./helpers/bot.ts";
import { landscape } from "./helpers/pictures.ts";

let home: string;
let photo: string;
beforeAll(async () => {
  home = await freshHome();
  photo = join(home, "hills.jpg");
  await writeFile(photo, await landscape());
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe("one command from a terminal, with nothing running", () => {
  it("answers with one JSON object and writes the pictures, with a slash or without", async () => {
    const { code, answer } = await ask(home, "augment op:rotate n:4 seed:7", "--image", photo, "--out", join(home, "out"));
    expect(code).toBe(0);
    expect(answer).toMatchObject({ ok: true, seed: 7, data: { op: "rotate", seed: 7 } });
    expect(answer.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.ms.total).toBeGreaterThanOrEqual(answer.ms.ack);
    const [file] = answer.files;
    expect((await readFile(file?.path ?? "")).length).toBe(file?.bytes);
    expect((await sharp(file?.path).metadata()).width).toBeGreaterThan(500);
  });

  it("says how it is used with --help, and nothing is wrong then", async () => {
    const run = join(import.meta.dirname, "../scripts/run.mjs");
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [run, "ask", "--help"]);
    expect(stdout).toContain("--image");
    expect(stderr).toBe("");
  });

  it("ends with 1 and the sentence for a peer's mistake, in their language", async () => {
    const { code, answer } = await ask(home, "/증강 변형:반짝", "--lang", "ko", "--image", photo);
    expect(code).toBe(1);
    expect(answer).toMatchObject({ ok: false, files: [] });
    expect(answer.text).toMatch(/중에서 골라 보세요/);
  });

  it.each([
    ["is not there", "nowhere.jpg", 'nowhere.jpg": there is no such file'],
    ["is a folder", "", "that is a folder"],
  ])("ends with 1 and says so when a file %s", async (_, name, why) => {
    const { code, answer } = await ask(home, "/augment", "--image", join(home, name));
    expect(code).toBe(1);
    expect(answer.text).toContain(why);
  });
});
