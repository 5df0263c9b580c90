import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mina } from "../helpers/bot.ts";
import { barriers, buildPage, chromiumPath, erase, openBrowser, openWebChat, visit, type WebChat } from "../helpers/browser.ts";
import { landscape } from "../helpers/pictures.ts";

const data = join(import.meta.dirname, "../../../shared/data");
const googlenet = join(data, "weights/googlenet-imagenet-caffe.onnx");
const macaw = join(data, "photos/n01818515_macaw.JPEG");
const photo = async () => ({ name: "hills.jpg", mimeType: "image/jpeg", buffer: await landscape(1200, 900) });

/** The machine that runs this may be busy with every other test. */
const patience = { timeout: 25_000 };

const answers = (page: Page) => page.locator(".from-bot .picture img");
/** An empty channel of a test's own. */
const channelOf = async (chat: WebChat, name: string) => (await chat.web.openChannel(name)).id;
/** A channel in which Mina was shown one augmentation of her picture. */
const channelWithAnswer = async (chat: WebChat, name: string) => {
  const channel = await channelOf(chat, name);
  const files = [await chat.bot.upload(mina, await landscape(1200, 900), "hills.jpg")];
  const id = randomUUID();
  await chat.web.ask({ id, channel, user: mina, lang: "en", input: "/augment op:rotate n:3", files });
  await chat.bot.outcome(id, 30, mina);
  return channel;
};
const composer = (page: Page) => page.locator("textarea");
const shown = async (page: Page, count: number) => {
  await expect.poll(() => answers(page).count(), patience).toBe(count);
  const last = answers(page).last();
  await expect.poll(() => last.evaluate((it) => (it as HTMLImageElement).naturalWidth), patience).toBeGreaterThan(300);
};
const attach = async (page: Page, file: Parameters<Page["setInputFiles"]>[1]) => {
  await page.setInputFiles("input[type=file]", file);
  await page.locator(".attachment.ready").waitFor();
};
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

const why = existsSync(chromiumPath) ? "" : ` (skipped: needs ${chromiumPath}; on Debian: sudo apt-get install chromium)`;
describe.skipIf(why)(`the web chat in a real browser${why}`, { timeout: 90_000 }, () => {
  let folder: string;
  let chat: WebChat;
  let browser: Browser;
  beforeAll(async () => {
    [folder, browser] = await Promise.all([buildPage(), openBrowser()]);
    chat = await openWebChat(folder);
  });
  afterAll(async () => {
    await browser?.close();
    await chat?.close();
    await Promise.all([folder, chat?.home].map((it) => it && erase(it)));
  });

  it("goes from a first visit to augmentations of one's own picture, with the keyboard alone", async () => {
    const channel = await channelOf(chat, "first steps");
    const { page, complaints } = await visit(browser, chat, "Mina", channel);
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
    await shown(page, 2);
    expect(await page.locator(".from-bot .text").last().innerText()).toMatch(/rotate.*3 variants.*seed \d{2,}/);
    expect(complaints).toEqual([]);
  });

  it("opens pictures large, zooms, and lets go with Escape where it began", async () => {
    const channel = await channelWithAnswer(chat, "large");
    const { page } = await visit(browser, chat, "Joon", channel);
    await shown(page, 1);
    const picture = page.locator(".from-bot .picture").first();
    await picture.click();
    const box = page.locator("dialog.lightbox");
    const large = () => box.locator("img").evaluate((it) => it.getBoundingClientRect().width);
    const fitting = await large();
    await page.keyboard.press("+");
    await expect.poll(large, patience).toBeGreaterThan(fitting * 1.3);
    expect(await barriers(page)).toEqual([]);
    expect(await box.locator("a[download]").getAttribute("href")).toMatch(/^\/api\/blobs\/[0-9a-f]{64}\?.*download$/);
    await page.keyboard.press("Escape");
    await box.waitFor({ state: "detached" });
    expect(await picture.evaluate((it) => it === document.activeElement)).toBe(true);
  });

  it("works on the picture that one replies to", async () => {
    const channel = await channelWithAnswer(chat, "replies");
    const { page } = await visit(browser, chat, "Sora", channel);
    const first = page.locator(".from-peer").first();
    await first.hover();
    await first.getByRole("button", { name: "Reply to Mina" }).click();
    await composer(page).fill("/augment op:flip n:1");
    await composer(page).press("Enter");
    await shown(page, 2);
    expect(await page.locator(".quote").last().innerText()).toContain("Mina");
  });

  it("asks for the picture that a command needs, instead of failing", async () => {
    const channel = await channelOf(chat, "needs");
    const { page } = await visit(browser, chat, "Hana", channel);
    await composer(page).fill("/augment op:blur");
    const before = await page.locator(".line").count();
    const [picker] = await Promise.all([page.waitForEvent("filechooser"), composer(page).press("Enter")]);
    expect(await page.locator(".hint").innerText()).toContain("needs a picture");
    await picker.setFiles(await photo());
    await page.locator(".attachment.ready").waitFor();
    expect(await page.locator(".line").count()).toBe(before);
    expect(await composer(page).inputValue()).toBe("/augment op:blur");
    await page.locator(".remove").click();
    expect(await page.locator(".attachment").count()).toBe(0);
  });

  it("takes pasted and dropped pictures", async () => {
    const channel = await channelOf(chat, "paste");
    const { page } = await visit(browser, chat, "Yuna", channel);
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

  it("cancels what is waiting", async () => {
    const channel = await channelOf(chat, "cancel");
    const { page } = await visit(browser, chat, "Dami", channel);
    const file = await chat.bot.upload(mina, await landscape(4000, 3000), "large.jpg");
    const ask = { channel: "queue", user: mina, lang: "en", input: "/augment n:24", files: [file] } as const;
    const busy = await Promise.all(Array.from({ length: 8 }, () => chat.web.ask({ ...ask, id: randomUUID() })));
    await attach(page, await photo());
    await composer(page).fill("/augment op:noise");
    await composer(page).press("Enter");
    await page.locator(".waiting .pill").click();
    await page.locator(".said.cancelled").waitFor();
    expect(await page.locator(".said.cancelled").innerText()).toBe("Cancelled.");
    for (const { request } of busy) await chat.bot.cancel(request, mina);
  });

  it("speaks Korean, in the page and in the answers", async () => {
    const channel = await channelOf(chat, "한국어");
    const { page } = await visit(browser, chat, "미나", channel, { locale: "ko-KR" });
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
    const channel = await channelOf(chat, "한글");
    const { page } = await visit(browser, chat, "미나", channel, { locale: "ko-KR" });
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
    const channel = await channelWithAnswer(chat, "phone");
    const { page } = await visit(browser, chat, "Rina", channel, phone);
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

  it("keeps channels apart, and marks one where something was said", async () => {
    const channel = await channelOf(chat, "apart");
    const [one, other] = [await visit(browser, chat, "Mina", channel), await visit(browser, chat, "Joon", channel)];
    await one.page.getByRole("button", { name: "New channel" }).click();
    await one.page.getByRole("textbox", { name: "Name of the channel" }).fill("논문 읽기");
    await one.page.keyboard.press("Enter");
    await one.page.locator(".welcome").waitFor();
    await composer(one.page).fill("**굵게** <b>그대로</b> `code`");
    await composer(one.page).press("Enter");
    const papers = other.page.locator(".channel", { hasText: "논문 읽기" });
    await papers.locator(".dot").waitFor();
    await papers.click();
    await expect.poll(() => other.page.locator(".text").last().innerText(), patience).toBe("굵게 <b>그대로</b> code");
    expect(await other.page.locator(".text strong").last().innerText()).toBe("굵게");
  });

  it("says so while the server is away, sends again once, and shows the history after a restart", async () => {
    const channel = await channelWithAnswer(chat, "restart");
    const { page } = await visit(browser, chat, "Mina", channel);
    await shown(page, 1);
    const { home, port } = chat;
    await chat.close();
    await page.locator(".offline").waitFor();
    await composer(page).fill("are you there?");
    await composer(page).press("Enter");
    await page.locator(".note.trouble").waitFor();
    chat = await openWebChat(folder, { home, port });
    await page.locator(".offline").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".line.draft").waitFor({ state: "detached" });
    await page.reload();
    await shown(page, 1);
    expect(await page.locator(".text", { hasText: "are you there?" }).count()).toBe(1);
    await page.locator(".from-bot .pill", { hasText: "Shuffle" }).first().click();
    await shown(page, 2);
  });

  it.each([
    ["en-US", "That name is Peerlab's own", "Change your name"],
    ["ko-KR", "Peerlab의 이름이거나", "이름 바꾸기"],
  ])("says why a name will not do, and shows the mark of one that somebody else has: %s", async (locale, why, rename) => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, locale };
    const channel = await channelOf(chat, `names ${locale}`);
    await chat.bot.claimName(`somebody-${locale}`, `도윤 ${locale}`);
    const page = await (await browser.newContext(phone)).newPage();
    await page.addInitScript((it) => localStorage.setItem("peerlab.channel", it), channel);
    await page.goto(chat.address);
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
    await expect.poll(() => page.locator("#problem").innerText(), patience).toMatch(/cannot be seen|보이지 않는/);
  });

  it("asks for the token where there is one, and says so when it is wrong", async () => {
    const token = "a-token-of-sufficient-length";
    const guarded = await openWebChat(folder, { token });
    const page = await browser.newPage();
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
    const channel = await channelOf(chat, "models");
    const { page } = await visit(browser, chat, "Mina", channel);
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
