import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  attach,
  barriers,
  channelOf,
  channelWithAnswer,
  chatInBrowser,
  chromiumPath,
  composer,
  erase,
  openWebChat,
  overflow,
  patience,
  shown,
  visit,
} from "../helpers/browser.ts";
import { landscape } from "../helpers/pictures.ts";

const data = join(import.meta.dirname, "../../../shared/data");
const googlenet = join(data, "weights/googlenet-imagenet-caffe.onnx");
const macaw = join(data, "photos/n01818515_macaw.JPEG");
const why = existsSync(chromiumPath) ? "" : ` (skipped: needs ${chromiumPath}; on Debian: sudo apt-get install chromium)`;
describe.skipIf(why)(`more of the web chat in a real browser${why}`, { timeout: 90_000 }, () => {
  const open = chatInBrowser();

  it("opens pictures large, zooms, and lets go with Escape where it began", async () => {
    const channel = await channelWithAnswer(open.chat, "large");
    const { page } = await visit(open.browser, open.chat, "Joon", channel);
    await shown(page, 1);
    const picture = page.locator(".from-bot .sheet-whole").first();
    await picture.click();
    const box = page.locator("dialog.lightbox");
    const large = () =>
      box
        .locator("img")
        .first()
        .evaluate((it) => it.getBoundingClientRect().width);
    const fitting = await large();
    await page.keyboard.press("+");
    await expect.poll(large, patience).toBeGreaterThan(fitting * 1.3);
    expect(await barriers(page)).toEqual([]);
    expect(await box.locator("a[download]").getAttribute("href")).toMatch(/^\/api\/blobs\/[0-9a-f]{64}\?.*download$/);
    await page.keyboard.press("Escape");
    await box.waitFor({ state: "detached" });
    expect(await picture.evaluate((it) => it === document.activeElement)).toBe(true);
  });

  it("opens a tile of a sheet large, with its Python, goes on to the next, and asks a model about it", async () => {
    const channel = await channelWithAnswer(open.chat, "tiles");
    const { page, complaints } = await visit(open.browser, open.chat, "Joon", channel);
    await shown(page, 1);
    const tiles = page.locator(".from-bot .tile");
    expect(await tiles.allInnerTexts()).toEqual(["original", ...Array(3).fill(expect.stringMatching(/^rotate −?\d+°$/))]);
    await tiles.nth(1).click();
    const dialog = page.locator("dialog.tile-dialog");
    const large = dialog.locator(".tile-stage > img");
    await large.waitFor(patience);
    expect(await dialog.locator("code").last().innerText()).toMatch(/^F\.rotate\(image, -?[\d.]+, /);
    expect(await dialog.locator("tbody").innerText()).toMatch(/^degrees/);
    // As large as the picture is, though the sheet's tile has a third of its width.
    await expect.poll(() => large.evaluate((it) => (it as HTMLImageElement).naturalWidth), patience).toBe(1200);
    expect(await barriers(page)).toEqual([]);
    const before = await large.getAttribute("src");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => large.getAttribute("src"), patience).not.toBe(before);
    // Nothing of it is said in the channel until something is asked.
    expect(await page.locator(".message").count()).toBe(2);
    await dialog.getByRole("button", { name: "Classify" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator(".message").nth(3).waitFor(patience);
    expect(await page.locator(".message .text").nth(2).innerText()).toBe("Classify");
    expect(complaints).toEqual([]);
  });

  it("works on the picture that one replies to", async () => {
    const channel = await channelWithAnswer(open.chat, "replies");
    const { page } = await visit(open.browser, open.chat, "Sora", channel);
    const first = page.locator(".from-peer").first();
    await first.hover();
    await first.getByRole("button", { name: "Reply to Mina" }).click();
    await composer(page).fill("/augment op:flip n:1");
    await composer(page).press("Enter");
    await shown(page, 2);
    const quote = page.locator(".quote").last();
    expect(await quote.innerText()).toContain("Mina");
    // A long name ends in dots there, instead of breaking inside a word.
    expect(await quote.locator("strong").evaluate((it) => getComputedStyle(it).whiteSpace)).toBe("nowrap");
  });

  it("takes pasted and dropped pictures", async () => {
    const channel = await channelOf(open.chat, "paste");
    const { page } = await visit(open.browser, open.chat, "Yuna", channel);
    for (const kind of ["paste", "drop"] as const) {
      await page.evaluate(
        async ({ kind, bytes }) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array(bytes)], `${kind}.jpg`, { type: "image/jpeg" }));
          const area = document.querySelector("textarea") as HTMLElement;
          const options = { bubbles: true, cancelable: true };
          area.dispatchEvent(
            kind === "paste"
              ? new ClipboardEvent(kind, { ...options, clipboardData: transfer })
              : new DragEvent(kind, { ...options, dataTransfer: transfer }),
          );
        },
        { kind, bytes: [...(await landscape(64, 48))] },
      );
    }
    await expect.poll(() => page.locator(".attachment.ready").count(), patience).toBe(2);
  });

  it("keeps channels apart, and marks one where something was said", async () => {
    const channel = await channelOf(open.chat, "apart");
    const [one, other] = [
      await visit(open.browser, open.chat, "Mina", channel),
      await visit(open.browser, open.chat, "Joon", channel),
    ];
    await one.page.getByRole("button", { name: "New channel" }).click();
    await one.page.getByRole("textbox", { name: "Name of the channel" }).fill("논문 읽기");
    await one.page.keyboard.press("Enter");
    await one.page.locator("h1", { hasText: "논문 읽기" }).waitFor();
    await composer(one.page).fill("**굵게** <b>그대로</b> `code`");
    await composer(one.page).press("Enter");
    const papers = other.page.locator(".channel", { hasText: "논문 읽기" });
    await papers.locator(".dot").waitFor();
    await papers.click();
    await expect.poll(() => other.page.locator(".text").last().innerText(), patience).toBe("굵게 <b>그대로</b> code");
    expect(await other.page.locator(".text strong").last().innerText()).toBe("굵게");
  });

  it("says so while the server is away, sends again once, and shows the history after a restart", async () => {
    const channel = await channelWithAnswer(open.chat, "restart");
    const { page } = await visit(open.browser, open.chat, "Mina", channel);
    await shown(page, 1);
    const { home, port } = open.chat;
    await open.chat.close();
    await page.locator(".offline").waitFor();
    await composer(page).fill("are you there?");
    await composer(page).press("Enter");
    await page.locator(".note.trouble").waitFor();
    open.chat = await openWebChat(open.folder, { home, port });
    await page.locator(".offline").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".message.draft").waitFor({ state: "detached" });
    await page.reload();
    await shown(page, 1);
    expect(await page.locator(".text", { hasText: "are you there?" }).count()).toBe(1);
    const text = page.locator(".from-bot .text").last();
    const before = await text.innerText();
    await page.locator(".from-bot .pill", { hasText: "Shuffle" }).first().click();
    await expect.poll(() => text.innerText(), patience).not.toBe(before);
    await shown(page, 1);
  });

  it.each([
    ["en-US", "That name is Peerlab's own", "Change your name"],
    ["ko-KR", "Peerlab의 이름이거나", "이름 바꾸기"],
  ])("says why a name will not do, and shows the mark of one that somebody else has: %s", async (locale, why, rename) => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, locale };
    const channel = await channelOf(open.chat, `names ${locale}`);
    await open.chat.bot.claimName(`somebody-${locale}`, `도윤 ${locale}`);
    const page = await (await open.browser.newContext(phone)).newPage();
    await page.addInitScript((it) => localStorage.setItem("peerlab.channel", it), channel);
    await page.goto(open.chat.address);
    await page.locator("#answer").fill("Рeerlab");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("#problem").innerText(), patience).toContain(why);
    expect([await barriers(page), await overflow(page)]).toEqual([[], 0]);
    await page.locator("#answer").fill(`도윤 ${locale}`);
    expect(await page.locator("#problem").innerText()).toBe("");
    await page.keyboard.press("Enter");
    await composer(page).fill("hello");
    await composer(page).press("Enter");
    await expect.poll(() => page.locator(".from-peer").last().innerText(), patience).toContain(`도윤 ${locale} (2)`);
    await page.reload();
    await composer(page).waitFor();
    await page.getByRole("button", { name: /Open channels|채널 열기/ }).click();
    await page.getByRole("button", { name: rename }).last().click();
    expect(await page.locator("#answer").inputValue()).toBe(`도윤 ${locale} (2)`);
    await page.locator("#answer").fill("미\u200b나");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("#problem").innerText(), patience).toMatch(/invisible|보이지 않는/);
  });

  it("asks for the token where there is one, and says so when it is wrong", async () => {
    const token = "a-token-of-sufficient-length";
    const guarded = await openWebChat(open.folder, { token });
    const page = await open.browser.newPage();
    await page.goto(guarded.address);
    for (const given of ["wrong", token]) {
      await page.getByLabel("Token").fill(given);
      await page.keyboard.press("Enter");
      if (given === token) await page.getByLabel("Your name").waitFor();
      else await page.getByText("That is not the token").waitFor();
    }
    await guarded.close();
    await erase(guarded.home);
  });

  const without = existsSync(googlenet) ? "" : " (skipped: ../shared/data is not here)";
  it.skipIf(without)(`adds a model by attaching it, and asks it what a photo shows${without}`, { timeout: 120_000 }, async () => {
    const channel = await channelOf(open.chat, "models");
    const { page } = await visit(open.browser, open.chat, "Mina", channel);
    await attach(page, googlenet);
    await composer(page).fill("/models add name:googlenet preprocessing:caffe labels:imagenet");
    await composer(page).press("Enter");
    await expect.poll(() => page.locator(".from-bot .said.done .text").last().innerText(), patience).toContain("googlenet");
    await attach(page, macaw);
    await composer(page).fill("/classify model:goo");
    await page.locator('[role="option"]', { hasText: "googlenet" }).click();
    await composer(page).press("Enter");
    await expect.poll(() => page.locator(".from-bot .said.done .text").last().innerText(), patience).toContain("macaw");
    await page.reload();
    await expect.poll(() => page.locator(".from-bot .said.done .text").last().innerText(), patience).toContain("macaw");
  });
});
