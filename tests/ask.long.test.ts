import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
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
  it("ends with 1 and says so when what is asked, or who asks, cannot be taken", async () => {
    const unseen = await ask(home, "/help", "--as", "\u3164\u200b", "--lang", "ko");
    expect([unseen.code, unseen.answer.text]).toEqual([1, expect.stringMatching(/이름에는 글자가/)]);
    const long = await ask(home, `/help ${"x".repeat(9000)}`);
    expect([long.code, long.answer.text]).toEqual([1, expect.stringMatching(/could not read that request/)]);
  });

  it("serves six peers who ask at once, though only one of them can open the folder", async () => {
    const asked = await Promise.all(
      Array.from({ length: 6 }, (_, peer) => ask(home, `/augment op:flip seed:${peer}`, "--image", photo, "--as", `peer${peer}`)),
    );
    expect(asked.map((it) => [it.code, it.answer.seed])).toEqual([0, 1, 2, 3, 4, 5].map((seed) => [0, seed]));
  }, 90_000);
});
