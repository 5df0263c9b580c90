import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { shippedFolder } from "../src/store/shippedModels.ts";
import { type Language, languages, type Text } from "../src/text.ts";
import { attach, buildPage, composer, erase, openBrowser, openWebChat, visit, type WebChat } from "../tests/helpers/browser.ts";
import { draw, drawings } from "./tour/pictures.ts";

/**
 * Photographs the web chat for docs/images: each screenshot in English and light, in Korean and dark, as `web-sheet-phone.ko.webp`.
 * `node --import tsx scripts/webPictures.ts [folder [screenshot …]]`; needs Chromium, and a font with emoji (fonts-noto-color-emoji).
 */
const [folder = join(import.meta.dirname, "../docs/images"), ...only] = process.argv.slice(2);

const windows = {
  wide: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
} as const satisfies Record<string, BrowserContextOptions>;

/** Who looks, and where: the first visit's channel is empty. */
const people: Record<keyof typeof windows, Text> = { wide: { en: "Mina", ko: "미나" }, phone: { en: "Joon", ko: "준" } };
const channels: Record<"empty" | keyof typeof windows, Text> = {
  empty: { en: "week 4", ko: "4주차" },
  wide: { en: "augmentation", ko: "증강" },
  phone: { en: "photos", ko: "사진" },
};

interface Screenshot {
  window: keyof typeof windows;
  /** What is asked, with a picture; nothing on a first visit. */
  input?: Text;
  picture?: keyof typeof drawings;
  /** What is done then, and waited for. */
  act(page: Page): Promise<unknown>;
}

const rotations = {
  input: { en: "/augment op:rotate n:5 seed:7", ko: "/증강 변형:회전 개수:5 시드:7" },
  picture: "cat",
} as const;
const newest = (page: Page) => page.locator(".message.from-bot").last();
const sheetShown = (page: Page) => newest(page).locator(".tile img").first().waitFor();
const cardShown = (page: Page) => newest(page).locator(".picture img").first().waitFor();
const tapTile = async (page: Page) => {
  await newest(page).locator(".tile").nth(2).click();
  await page.locator(".tile-about code").first().waitFor();
};
const welcomed = (page: Page) => page.locator(".welcome .offer").waitFor();

const screenshots: Readonly<Record<string, Screenshot>> = {
  "first-visit": { window: "wide", act: welcomed },
  "first-visit-phone": { window: "phone", act: welcomed },
  "sheet-wide": { window: "wide", ...rotations, act: sheetShown },
  "sheet-phone": { window: "phone", ...rotations, act: sheetShown },
  "tile-wide": { window: "wide", ...rotations, act: tapTile },
  "tile-phone": { window: "phone", ...rotations, act: tapTile },
  "none-of-these": { window: "phone", input: { en: "/classify", ko: "/분류" }, picture: "sunset", act: cardShown },
  explained: { window: "wide", input: { en: "/explain", ko: "/설명" }, picture: "cat", act: cardShown },
  models: {
    window: "wide",
    input: { en: "/models", ko: "/모델" },
    act: async (page) => {
      await page.locator(".other-rows").waitFor();
      await page.locator(".other-rows").scrollIntoViewIfNeeded();
    },
  },
};

/** Waits until every picture that is in sight is there. */
const loaded = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll("img")].every((it) => {
      const { top, width } = it.getBoundingClientRect();
      return it.complete || width === 0 || top > innerHeight;
    }),
  );

/** Asks as a person does: the picture first, then the command. Resolves when it is answered. */
const ask = async (page: Page, { input, picture }: Screenshot, lang: Language): Promise<void> => {
  if (!input) return;
  const answers = await page.locator(".message.from-bot").count();
  if (picture) await attach(page, { name: `${picture}.jpg`, mimeType: "image/jpeg", buffer: await draw(drawings[picture]) });
  await composer(page).fill(input[lang]);
  await composer(page).press("Enter");
  await page.locator(".message.from-bot").nth(answers).waitFor();
};

/** One language's screenshots, in a Peerlab of its own; each kind of window is one person's. */
const photograph = async (lang: Language, chat: WebChat, browser: Browser): Promise<void> => {
  for (const it of Object.values(channels)) await chat.web.openChannel(it[lang]);
  for (const window of Object.keys(windows) as (keyof typeof windows)[]) {
    const look = { locale: { en: "en-US", ko: "ko-KR" }[lang], colorScheme: ({ en: "light", ko: "dark" } as const)[lang] };
    const { page, context } = await visit(browser, chat, people[window][lang], "general", { ...windows[window], ...look });
    for (const [name, screenshot] of Object.entries(screenshots)) {
      if (screenshot.window !== window || (only.length > 0 && !only.includes(name))) continue;
      const channel = (await chat.web.openChannel(channels[screenshot.input ? window : "empty"][lang])).name;
      await page.goto(`${chat.address}/c/${encodeURIComponent(channel)}`);
      await page.locator(".history, .welcome").waitFor();
      await ask(page, screenshot, lang);
      await screenshot.act(page);
      await page.evaluate(() => document.fonts.ready);
      await loaded(page);
      const path = join(folder, `web-${name}.${lang}.webp`);
      const { size } = await sharp(await page.screenshot())
        .webp({ quality: 80 })
        .toFile(path);
      console.log(`${basename(path)}  ${Math.round(size / 1000)} kB`);
    }
    await context.close();
  }
};

await mkdir(folder, { recursive: true });
const [pageFolder, browser] = await Promise.all([buildPage(), openBrowser()]);
for (const lang of languages) {
  const chat = await openWebChat(pageFolder, { models: shippedFolder });
  await photograph(lang, chat, browser);
  await chat.close();
  await erase(chat.home);
}
await browser.close();
await erase(pageFolder);
