import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { localViewer, mina } from "../helpers/bot.ts";
import {
  attach,
  barriers,
  channelOf,
  channelWithAnswer,
  chatInBrowser,
  chromiumPath,
  composer,
  overflow,
  patience,
  photo,
  shown,
  visit,
} from "../helpers/browser.ts";
import { landscape } from "../helpers/pictures.ts";

const why = existsSync(chromiumPath) ? "" : ` (skipped: needs ${chromiumPath}; on Debian: sudo apt-get install chromium)`;
describe.skipIf(why)(`the web chat in a real browser${why}`, { timeout: 90_000 }, () => {
  const open = chatInBrowser();

  it("goes from a first visit to augmentations of one's own picture, with the keyboard alone", async () => {
    const channel = await channelOf(open.chat, "first steps");
    const { page, complaints } = await visit(open.browser, open.chat, "Mina", channel);
    await page.locator(".welcome").waitFor();
    expect(await barriers(page)).toEqual([]);
    const [picker] = await Promise.all([page.waitForEvent("filechooser"), page.locator(".try").first().press("Enter")]);
    await picker.setFiles(await photo());
    await page.locator(".attachment.ready").waitFor();
    expect(await composer(page).inputValue()).toBe("/augment ");

    await page.keyboard.type("o");
    await page.keyboard.press("Tab");
    await page.keyboard.type("rot");
    expect(await page.locator('[role="option"][aria-selected="true"]').innerText()).toContain("rotate");
    expect(await composer(page).getAttribute("aria-activedescendant")).toBe("menu-0");
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.keyboard.type("n:3 seed:7");
    await page.keyboard.press("Enter");
    await shown(page, 1);
    expect(await page.locator(".from-peer .text").last().innerText()).toBe("/augment op:rotate n:3 seed:7");
    expect(await page.locator(".from-bot .text").last().innerText()).toMatch(/rotate.*3 variants.*seed 7/);

    await page.locator(".from-bot .pill", { hasText: "Shuffle" }).press("Enter");
    const text = page.locator(".from-bot .text").last();
    await expect.poll(() => text.innerText(), patience).toMatch(/rotate.*3 variants.*seed \d{2,}/);
    await shown(page, 1);
    expect(complaints).toEqual([]);
  });

  it("shows a table as one, which scrolls by itself on a narrow screen", async () => {
    const channel = await channelWithAnswer(open.chat, "tables");
    const { page, context } = await visit(open.browser, open.chat, "Sora", channel, { viewport: { width: 360, height: 740 } });
    await composer(page).fill("/history");
    await composer(page).press("Enter");
    const table = page.locator(".table");
    await table.waitFor(patience);
    expect(await table.locator("thead th").allInnerTexts()).toEqual(["Id", "Status", "Command", "Who", "Time", "Seed"]);
    expect(await table.locator("tbody tr").first().innerText()).toMatch(/done.*\/augment.*Mina/s);
    expect(await table.evaluate((it) => it.scrollWidth > it.clientWidth)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await barriers(page)).toEqual([]);
    await context.close();
  });

  it("asks for the picture that a command needs, instead of failing", async () => {
    const channel = await channelOf(open.chat, "needs");
    const { page } = await visit(open.browser, open.chat, "Hana", channel);
    await composer(page).fill("/augment op:blur");
    const before = await page.locator(".message").count();
    const [picker] = await Promise.all([page.waitForEvent("filechooser"), composer(page).press("Enter")]);
    expect(await page.locator(".hint").innerText()).toContain("needs a picture");
    await picker.setFiles(await photo());
    await page.locator(".attachment.ready").waitFor();
    expect(await page.locator(".message").count()).toBe(before);
    expect(await composer(page).inputValue()).toBe("/augment op:blur");
    await page.locator(".remove").click();
    expect(await page.locator(".attachment").count()).toBe(0);
  });

  it("cancels what is waiting", async () => {
    const channel = await channelOf(open.chat, "cancel");
    const { page } = await visit(open.browser, open.chat, "Dami", channel);
    const file = await open.chat.bot.upload(mina, await landscape(4000, 3000), "large.jpg");
    const ask = { channel: "queue", user: mina, lang: "en", input: "/augment n:24", files: [file] } as const;
    const busy = await Promise.all(Array.from({ length: 8 }, () => open.chat.web.ask({ ...ask, id: randomUUID() })));
    await attach(page, await photo());
    await composer(page).fill("/augment op:noise");
    await composer(page).press("Enter");
    await page.locator(".waiting .pill").click();
    await page.locator(".said.cancelled").waitFor();
    expect(await page.locator(".said.cancelled").innerText()).toBe("Cancelled.");
    for (const { request } of busy) await open.chat.bot.cancel(request, localViewer(mina));
  });

  it("speaks Korean, in the page and in the answers", async () => {
    const channel = await channelOf(open.chat, "한국어");
    const { page } = await visit(open.browser, open.chat, "미나", channel, { locale: "ko-KR" });
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("ko");
    await composer(page).fill("/증");
    expect(await page.locator('[role="option"]').first().innerText()).toContain("/증강");
    await composer(page).fill("/없는명령");
    await composer(page).press("Enter");
    await expect.poll(() => page.locator(".said.mistake").last().innerText(), patience).toContain("명령은 없어요");
    await page.getByRole("button", { name: "Read in English" }).click();
    expect(await composer(page).getAttribute("placeholder")).toBe("Message, or / for commands");
    await page.reload();
    await composer(page).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
  });

  it("does not send when Enter ends a Hangul syllable", async () => {
    const channel = await channelOf(open.chat, "한글");
    const { page } = await visit(open.browser, open.chat, "미나", channel, { locale: "ko-KR" });
    await composer(page).fill("안녕하세");
    const enter = (isComposing: boolean) =>
      composer(page).evaluate(
        (it, composing) =>
          it.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, isComposing: composing })),
        isComposing,
      );
    await enter(true);
    expect(await composer(page).inputValue()).toBe("안녕하세");
    await enter(false);
    expect(await composer(page).inputValue()).toBe("");
  });

  it.each(["light", "dark"] as const)("has no barriers in %s, and fits a phone of 360 pixels", async (colorScheme) => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, colorScheme };
    const channel = await channelWithAnswer(open.chat, `phone, ${colorScheme}`);
    const { page } = await visit(open.browser, open.chat, "Rina", channel, phone);
    await shown(page, 1);
    expect(await overflow(page)).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await composer(page).fill("/classify model:");
    expect(await overflow(page)).toBe(0);
    await composer(page).fill("");
    await page.getByRole("button", { name: "Open channels" }).click();
    await page.locator("dialog.drawer[open]").waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });
});
