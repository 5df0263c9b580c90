import { existsSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { barriers, channelOf, chatInBrowser, chromiumPath, composer, overflow, patience, visit } from "../helpers/browser.ts";
import { countTo } from "../helpers/countTo.ts";
import { freezeWorkers } from "../helpers/processes.ts";
import { testChild } from "../helpers/testChild.ts";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const picture = (page: Page) => page.locator(".from-bot .picture img");
/** Whether the picture is there and drawn: in which of its sizes is the browser's choice. */
const isLoaded = (page: Page) =>
  picture(page)
    .first()
    .evaluate((it) => (it as HTMLImageElement).complete && (it as HTMLImageElement).naturalWidth > 0)
    .catch(() => false);
const noteOf = (page: Page) => page.locator(".progress-note span").first().innerText();

const why = existsSync(chromiumPath) ? "" : ` (skipped: needs ${chromiumPath}; on Debian: sudo apt-get install chromium)`;
describe.skipIf(why)(`progress with a picture, in a real browser${why}`, { timeout: 120_000 }, () => {
  const open = chatInBrowser({ commands: [...commands, countTo], child: testChild });

  it.each([
    ["on a wide window", {}],
    ["on a phone", PHONE],
  ])("is shown live without a flicker, again after a reload, and gone with the answer, %s", async (name, options) => {
    const channel = await channelOf(open.chat, name);
    const { page, complaints } = await visit(open.browser, open.chat, "Mina", channel, options);
    await composer(page).fill("/countto ");
    await composer(page).press("Escape");
    await composer(page).press("Enter");
    await expect.poll(() => isLoaded(page), { timeout: 60_000 }).toBe(true);
    expect([await barriers(page), await overflow(page)]).toEqual([[], 0]);
    const [bar, cancel, shown] = await Promise.all(
      [".bar", ".waiting .pill", ".from-bot .picture"].map((it) => page.locator(it).boundingBox()),
    );
    expect(bar?.width).toBeGreaterThan(250);
    expect(shown?.y).toBeGreaterThan((cancel?.y ?? 0) + (cancel?.height ?? 0));

    // Every frame from here on has a whole picture of the same size, whichever it is.
    await page.evaluate(() => {
      const frames = { sizes: new Set<string>(), sources: new Set<string>() };
      Object.assign(globalThis, { frames });
      const look = () => {
        const image = document.querySelector<HTMLImageElement>(".from-bot .picture img");
        frames.sizes.add(`${image?.complete} ${image?.naturalWidth} ${image?.getBoundingClientRect().height}`);
        frames.sources.add(image?.src ?? "");
        requestAnimationFrame(look);
      };
      look();
    });
    type Frames = { frames: { sizes: Set<string>; sources: Set<string> } };
    const count = (what: "sizes" | "sources") =>
      page.evaluate((it) => (globalThis as unknown as Frames).frames[it as "sizes"].size, what);
    await expect.poll(() => count("sources"), { timeout: 60_000 }).toBeGreaterThan(4);
    expect(await count("sizes")).toBe(1);

    const thaw = freezeWorkers();
    await page.reload();
    await expect.poll(() => isLoaded(page), patience).toBe(true);
    expect(await noteOf(page)).toMatch(/^at \d+$/);
    await page.locator(".waiting .pill").click();
    await expect.poll(() => noteOf(page), patience).toMatch(/^stopping; what was learned/);
    expect(await page.locator(".waiting .pill").isDisabled()).toBe(true);
    expect([await barriers(page), await overflow(page)]).toEqual([[], 0]);
    thaw();
    await page.getByText(/^Counted to \d+\.$/).waitFor();
    await expect.poll(() => page.locator(".waiting").count(), patience).toBe(0);
    await expect.poll(() => picture(page).count(), patience).toBe(1);
    expect(complaints.filter((it) => !/404/.test(it))).toEqual([]);
  });
});
