import { existsSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import {
  barriers,
  channelWithAnswer,
  chatInBrowser,
  chromiumPath,
  overflow,
  patience,
  shown,
  visit,
} from "../helpers/browser.ts";
import { freezeWorkers } from "../helpers/processes.ts";

const button = (page: Page, name: string) => page.locator(".from-bot .buttons .pill", { hasText: name });
const heightOf = (page: Page) =>
  page
    .locator(".message.from-bot")
    .first()
    .evaluate((it) => it.getBoundingClientRect().height);
const textOf = (page: Page) => page.locator(".from-bot .text").first().innerText();

const why = existsSync(chromiumPath) ? "" : ` (skipped: needs ${chromiumPath}; on Debian: sudo apt-get install chromium)`;
describe.skipIf(why)(`a button that changes its message, in a real browser${why}`, { timeout: 90_000 }, () => {
  const open = chatInBrowser();

  it.each([
    ["on a wide window", {}],
    ["on a phone", { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
  ])("shows its progress in the place of the buttons and then the new picture, without a jump, %s", async (name, options) => {
    const channel = await channelWithAnswer(open.chat, name);
    const [one, other] = [
      await visit(open.browser, open.chat, "Mina", channel, options),
      await visit(open.browser, open.chat, "Joon", channel),
    ];
    await Promise.all([shown(one.page, 1), shown(other.page, 1)]);
    const [height, before] = [await heightOf(one.page), await textOf(one.page)];

    const thaw = freezeWorkers();
    const strength = one.page.locator('.from-bot input[type="range"]');
    for (const _ of Array(5)) await strength.press("ArrowRight");
    for (const { page } of [one, other]) await page.locator(".actions .waiting").waitFor();
    expect(await one.page.locator(".waiting .pill").count()).toBe(1);
    expect(await other.page.locator(".waiting .pill").count()).toBe(0);
    expect(await button(other.page, "Shuffle").isVisible()).toBe(false);
    expect(await heightOf(one.page)).toBe(height);
    expect(await strength.inputValue()).toBe("0.75");
    expect([await textOf(other.page), await barriers(one.page), await overflow(one.page)]).toEqual([before, [], 0]);

    // Every frame from here on has a whole picture of the same size.
    await one.page.evaluate(() => {
      const sizes: string[] = [];
      Object.assign(globalThis, { sizes });
      const look = () => {
        const image = document.querySelector<HTMLImageElement>(".from-bot .tile img");
        sizes.push(`${image?.complete} ${image?.getBoundingClientRect().height}`);
        requestAnimationFrame(look);
      };
      look();
    });
    thaw();
    for (const { page } of [one, other]) await expect.poll(() => textOf(page), patience).toMatch(/strength 0.75/);
    await one.page.locator(".actions .waiting").waitFor({ state: "detached" });
    await shown(one.page, 1);
    const sizes = await one.page.evaluate(() => (globalThis as unknown as { sizes: string[] }).sizes);
    expect(new Set(sizes).size).toBe(1);
    expect(await heightOf(one.page)).toBe(height);
    expect(await strength.evaluate((it) => it === document.activeElement)).toBe(true);
    expect(await other.page.locator('.from-bot input[type="range"]').inputValue()).toBe("0.75");
    await button(one.page, "Shuffle").press("Enter");
    await expect.poll(() => textOf(one.page), patience).toMatch(/strength 0.75 .* seed (?!7$)/);
    await expect.poll(() => button(one.page, "Shuffle").evaluate((it) => it === document.activeElement), patience).toBe(true);
    expect([...one.complaints, ...other.complaints]).toEqual([]);
  });

  it("goes on after a reload, and goes back when it is cancelled, which only the presser is told", async () => {
    const channel = await channelWithAnswer(open.chat, "cancelled in place");
    const [one, other] = [
      await visit(open.browser, open.chat, "Mina", channel),
      await visit(open.browser, open.chat, "Joon", channel),
    ];
    await Promise.all([shown(one.page, 1), shown(other.page, 1)]);
    const before = await textOf(one.page);
    const thaw = freezeWorkers();
    await button(one.page, "Shuffle").click();
    await one.page.locator(".actions .waiting").waitFor();
    await one.page.reload();
    await one.page.locator(".actions .waiting .pill").click();
    await one.page.getByText("Cancelled.", { exact: true }).first().waitFor();
    thaw();
    for (const { page } of [one, other]) {
      await button(page, "Shuffle").waitFor({ state: "visible" });
      expect(await textOf(page)).toBe(before);
    }
    expect(await one.page.locator(".said.cancelled").count()).toBe(1);
    expect(await other.page.locator(".said.cancelled").count()).toBe(0);
  });

  it("tells only the presser why nothing came of a press", async () => {
    const channel = await channelWithAnswer(open.chat, "pressed in vain");
    const [one, other] = [
      await visit(open.browser, open.chat, "Mina", channel),
      await visit(open.browser, open.chat, "Joon", channel),
    ];
    await Promise.all([shown(one.page, 1), shown(other.page, 1)]);
    await one.context.setOffline(true);
    await button(one.page, "Shuffle").click();
    const notice = one.page.locator(".message .trouble");
    expect(await notice.innerText()).toMatch(/cannot be reached/);
    expect(await other.page.locator(".message .trouble").count()).toBe(0);
    await one.context.setOffline(false);
    await one.page.locator(".offline").waitFor({ state: "detached" });
    const before = await textOf(one.page);
    await button(one.page, "Shuffle").click();
    await expect.poll(() => textOf(one.page), patience).not.toBe(before);
    await notice.waitFor({ state: "detached" });
  });
});
