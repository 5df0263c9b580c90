import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webApp } from "../../src/chat/web/app.ts";
import { openLog } from "../../src/log.ts";
import { localViewer, mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { channelOf, chatInBrowser, chromiumPath, patience, visit } from "../helpers/browser.ts";
import { landscape } from "../helpers/pictures.ts";

describe("a small copy of a picture", () => {
  let tested: TestBot;
  beforeAll(async () => {
    tested = await openTestBot();
  });
  afterAll(() => tested.erase());

  const small = (path: string, user: string) => {
    const trusted = webApp(tested, { maxImageMb: 1, log: openLog({ log: "silent" }), trusted: true });
    return trusted.request(`/api/blobs/${path}?user=${encodeURIComponent(JSON.stringify({ id: user, name: user }))}`);
  };
  const opened = async (response: Response) => sharp(Buffer.from(await response.arrayBuffer())).metadata();

  it("gives a small copy of a picture, upright and made once, which goes with the picture", async () => {
    const photo = await sharp(await landscape(1600, 1200))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const file = await tested.bot.upload(mina, photo, "hills.jpg");
    expect([file.width, file.height]).toEqual([1200, 1600]);
    const [first, again] = await Promise.all([small(`${file.blob}/photo`, mina.id), small(`${file.blob}/photo`, mina.id)]);
    expect(first.headers.get("content-type")).toBe("image/webp");
    expect(await opened(first)).toMatchObject({ format: "webp", width: 300, height: 400 });
    expect((await again.arrayBuffer()).byteLength).toBeLessThan(file.bytes / 4);
    expect(await opened(await small(`${file.blob}/drawing`, mina.id))).toMatchObject({ width: 640, height: 853 });
    const kept = () => readdir(join(tested.home, "blobs", file.blob.slice(0, 2)));
    expect((await kept()).sort()).toEqual([file.blob, `${file.blob}.drawing`, `${file.blob}.photo`]);
    // Who may not see the picture sees no small one either.
    expect((await small(`${file.blob}/photo`, "stranger")).status).toBe(404);
    await tested.ask("/forget yes");
    expect(await kept()).toEqual([]);
  });

  it("gives the file itself where there can be no small copy", async () => {
    const file = await tested.bot.upload(mina, Buffer.from("no picture"), "notes.txt");
    const response = await small(`${file.blob}/photo`, mina.id);
    expect([response.status, await response.text()]).toEqual([200, "no picture"]);
  });
});

const photos = join(import.meta.dirname, "../../../shared/data/photos");
const operations = ["rotate", "crop", "color", "affine", "noise"];
const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };
const why = existsSync(chromiumPath) ? "" : ` (skipped: needs ${chromiumPath}; on Debian: sudo apt-get install chromium)`;
describe.skipIf(why)(`a room of 30 pictures, in a real browser${why}`, { timeout: 120_000 }, () => {
  const open = chatInBrowser();

  it("costs at most a megabyte to look through, in a wide window and on a phone, and nothing moves while it loads", async () => {
    const channel = await channelOf(open.chat, "room");
    let whole = 0;
    for (const [index, file] of (await readdir(photos)).sort().slice(0, 15).entries()) {
      const kept = await open.chat.bot.upload(mina, await readFile(join(photos, file)), file);
      const id = randomUUID();
      await open.chat.web.ask({
        id,
        channel,
        user: mina,
        lang: "en",
        input: `/augment op:${operations[index % 5]} seed:7`,
        files: [kept],
      });
      const outcome = await open.chat.bot.outcome(id, 60, localViewer(mina));
      whole += kept.bytes + (outcome?.reply?.pictures?.[0]?.bytes ?? 0);
    }
    for (const options of [wide, phone]) {
      const { page, context } = await visit(open.browser, open.chat, "Joon", "general", options);
      let bytes = 0;
      page.on("response", (response) => {
        if (response.url().includes("/api/blobs/")) bytes += Number(response.headers()["content-length"] ?? Number.NaN);
      });
      await page.goto(`${open.chat.address}/c/room`);
      await page.locator(".from-bot").nth(14).waitFor();
      const height = () => page.locator(".messages").evaluate((it) => it.scrollHeight);
      const before = await height();
      const pictures = page.locator(".from-peer .picture img, .from-bot .tile:first-child img");
      expect(await pictures.count()).toBe(30);
      for (let index = 29; index >= 0; index--) {
        await pictures.nth(index).scrollIntoViewIfNeeded();
        const loaded = () => pictures.nth(index).evaluate((it) => (it as HTMLImageElement).naturalWidth);
        await expect.poll(loaded, patience).toBeGreaterThan(99);
      }
      expect(await height()).toBe(before);
      expect(bytes).toBeGreaterThan(100_000);
      expect(bytes).toBeLessThan(1_000_000);
      expect(whole).toBeGreaterThan(5 * bytes);
      // Opened, it is the photo itself.
      await page.locator(".from-peer .picture").first().click();
      expect(await page.locator("dialog.lightbox img").getAttribute("src")).not.toContain("/photo");
      await context.close();
    }
  });
});
