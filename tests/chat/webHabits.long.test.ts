import { existsSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import {
  attach,
  channelOf,
  channelWithAnswer,
  chatInBrowser,
  chromiumPath,
  composer,
  patience,
  photo,
  shown,
  visit,
} from "../helpers/browser.ts";
import { landscape } from "../helpers/pictures.ts";

const why = existsSync(chromiumPath) ? "" : ` (skipped: needs ${chromiumPath}; on Debian: sudo apt-get install chromium)`;
const said = (page: Page) => page.locator(".from-peer .text").allInnerTexts();

/** What people are used to from other chats, and what went wrong here once. */
describe.skipIf(why)(`habits of the web chat${why}`, { timeout: 90_000 }, () => {
  const open = chatInBrowser();

  it("says that a name is needed, instead of nothing", async () => {
    const context = await open.browser.newContext();
    const page = await context.newPage();
    await page.goto(open.chat.address);
    await page.locator("#answer").press("Enter");
    await expect.poll(() => page.locator("#problem").innerText(), patience).toBe("Please fill this in first.");
    await context.close();
  });

  it("uploads again what broke off, and says why it does not send before", async () => {
    const channel = await channelOf(open.chat, "broken off");
    const { page } = await visit(open.browser, open.chat, "Mina", channel);
    await page.route("**/api/upload", (route) => route.abort());
    await page.setInputFiles("input[type=file]", await photo());
    const retry = page.getByRole("button", { name: "Upload again" });
    await retry.waitFor();
    await composer(page).fill("look");
    await composer(page).press("Enter");
    expect(await page.locator(".hint").innerText()).toContain("A file is not uploaded");
    expect(await said(page)).toEqual([]);
    await page.unroute("**/api/upload");
    await retry.click();
    await page.locator(".attachment.ready").waitFor();
    await composer(page).press("Enter");
    await expect.poll(() => said(page), patience).toEqual(["look"]);
  });

  it("shows a new channel to everybody, once for each name, and forgets the form with Escape", async () => {
    const channel = await channelOf(open.chat, "lobby");
    const [mina, jun] = [
      await visit(open.browser, open.chat, "Mina", channel),
      await visit(open.browser, open.chat, "Jun", channel, { viewport: { width: 390, height: 760 } }),
    ];
    const make = async (page: Page, name: string) => {
      await page.getByRole("button", { name: "New channel" }).click();
      await page.getByRole("textbox", { name: "Name of the channel" }).fill(name);
      await page.keyboard.press("Enter");
    };
    await make(mina.page, "paper club");
    await jun.page.getByRole("button", { name: "Open channels" }).click();
    await jun.page.locator(".drawer .channel", { hasText: "paper club" }).waitFor();
    await jun.page.getByRole("button", { name: "New channel" }).click();
    await jun.page.locator(".channel-form input:focus").waitFor();
    await jun.page.keyboard.press("Escape");
    await jun.page.getByRole("button", { name: "New channel" }).waitFor();
    await make(jun.page, "Paper Club");
    await expect.poll(() => jun.page.locator("h1").innerText(), patience).toContain("paper club");
    await expect.poll(() => jun.page.url(), patience).toMatch(/\/c\/paper%20club$/);
    expect(await mina.page.locator(".channel", { hasText: /paper club/i }).count()).toBe(1);
    expect([...mina.complaints, ...jun.complaints]).toEqual([]);
  });

  it("opens a channel by its address, and goes back to the one before", async () => {
    const channel = await channelOf(open.chat, "first room");
    await channelOf(open.chat, "두 번째 방");
    const { page } = await visit(open.browser, open.chat, "Sora", channel);
    await page.goto(`${open.chat.address}/c/${encodeURIComponent("두 번째 방")}`);
    await expect.poll(() => page.locator("h1").innerText(), patience).toContain("두 번째 방");
    await page.locator(".channel", { hasText: "first room" }).click();
    await expect.poll(() => page.locator("h1").innerText(), patience).toContain("first room");
    await page.goBack();
    await expect.poll(() => page.locator("h1").innerText(), patience).toContain("두 번째 방");
  });

  it("keeps what was begun in each channel, and brings the last message back with Up", async () => {
    const channel = await channelOf(open.chat, "drafts");
    await channelOf(open.chat, "elsewhere");
    const { page } = await visit(open.browser, open.chat, "Hana", channel);
    await composer(page).fill("first thing");
    await composer(page).press("Enter");
    await expect.poll(() => said(page), patience).toEqual(["first thing"]);
    await composer(page).press("ArrowUp");
    expect(await composer(page).inputValue()).toBe("first thing");
    await composer(page).fill("half a sen");
    await page.locator(".channel", { hasText: "elsewhere" }).click();
    await expect.poll(() => composer(page).inputValue(), patience).toBe("");
    await page.locator(".channel", { hasText: "drafts" }).click();
    await expect.poll(() => composer(page).inputValue(), patience).toBe("half a sen");
    await page.reload();
    await expect.poll(() => composer(page).inputValue(), patience).toBe("half a sen");
  });

  it("does not send half a syllable with the Enter that ends it, as Safari reports it", async () => {
    const channel = await channelOf(open.chat, "hangul");
    const { page } = await visit(open.browser, open.chat, "Yuna", channel);
    await composer(page).fill("안녕하세");
    const dispatch = (keyCode: number) =>
      composer(page).evaluate(
        (it, code) =>
          it.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: code, bubbles: true, cancelable: true })),
        keyCode,
      );
    await dispatch(229);
    expect(await composer(page).inputValue()).toBe("안녕하세");
    await dispatch(13);
    await expect.poll(() => said(page), patience).toEqual(["안녕하세"]);
  });

  it("opens a peer's own photo as large as the window, and closes it with Back", async () => {
    const channel = await channelWithAnswer(open.chat, "photo");
    const { page } = await visit(open.browser, open.chat, "Joon", channel);
    await shown(page, 1);
    await page.locator(".from-peer .picture").first().click();
    const box = page.locator("dialog.lightbox");
    expect((await box.locator("img").boundingBox())?.height).toBeGreaterThan(500);
    await page.goBack();
    await box.waitFor({ state: "detached" });
    await expect.poll(() => page.url(), patience).toMatch(/\/c\/photo$/);
  });

  it("zooms a picture with two fingers, and a swipe goes on to the next", async () => {
    const channel = await channelOf(open.chat, "fingers");
    const phone = { viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true };
    const { page } = await visit(open.browser, open.chat, "Noa", channel, phone);
    await attach(page, await photo());
    await attach(page, { ...(await photo()), name: "sea.jpg", buffer: await landscape(300, 200) });
    await composer(page).fill("two");
    await composer(page).press("Enter");
    await expect.poll(() => page.locator(".from-peer .picture").count(), patience).toBe(2);
    await page.locator(".from-peer .picture").first().click();
    const box = page.locator("dialog.lightbox");
    const shownFile = () => box.locator("img").getAttribute("src");
    const width = () => box.locator(".lightbox-picture").evaluate((it) => (it as HTMLElement).style.width);
    const before = await shownFile();
    const fingers = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: [number, number][]) =>
      fingers.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
    await touch("touchStart", [300, 400]);
    await touch("touchMove", [150, 405]);
    await touch("touchEnd");
    await expect.poll(shownFile, patience).not.toBe(before);
    await touch("touchStart", [150, 400], [250, 400]);
    await touch("touchMove", [100, 400], [300, 400]);
    await touch("touchEnd");
    await expect.poll(width, patience).toBe("200%");
  });

  it("asks what to do with a picture that comes alone, and leaves talk about one to people", async () => {
    const channel = await channelOf(open.chat, "picture alone");
    const { page } = await visit(open.browser, open.chat, "Ara", channel, { viewport: { width: 390, height: 760 } });
    await attach(page, await photo());
    await composer(page).fill("my hills");
    await composer(page).press("Enter");
    await expect.poll(() => said(page), patience).toEqual(["my hills"]);
    await attach(page, await photo());
    await composer(page).press("Enter");
    const buttons = page.locator(".from-bot .pill");
    await expect.poll(() => buttons.allInnerTexts(), patience).toEqual(["Augment", "Classify", "Explain"]);
    expect(await page.locator(".from-bot").count()).toBe(1);
    await buttons.first().click();
    await shown(page, 1);
  });

  it("is one Tab away from the message field, and what is seen is what a button is called", async () => {
    const channel = await channelWithAnswer(open.chat, "tabs");
    // Where there are keys, the message field has them already.
    const { page } = await visit(open.browser, open.chat, "Dana", channel, { hasTouch: true, isMobile: true });
    await shown(page, 1);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await composer(page).evaluate((it) => it === document.activeElement)).toBe(true);
    for (const button of await page.getByRole("button").all()) {
      const [text, name] = await button.evaluate((it) => [(it as HTMLElement).innerText, it.getAttribute("aria-label")]);
      if (text?.trim() && name) expect(name).toContain(text.trim());
    }
  });

  it("grows with the browser's own font size", async () => {
    const channel = await channelOf(open.chat, "large letters");
    const { page } = await visit(open.browser, open.chat, "Mo", channel);
    const height = () => page.locator("h1").evaluate((it) => Number.parseFloat(getComputedStyle(it).fontSize));
    const before = await height();
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    expect(await height()).toBeCloseTo(2 * before, 0);
  });
});
