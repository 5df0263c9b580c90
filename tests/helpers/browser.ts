import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect } from "vitest";
import { webApp } from "../../src/chat/web/app.ts";
import { serveWeb } from "../../src/chat/web/serve.ts";
import { openLog } from "../../src/log.ts";
import { localViewer, type More, mina, openTestBot } from "./bot.ts";
import { landscape } from "./pictures.ts";

/** Debian's Chromium; `npm test` installs it where it may. */
export const chromiumPath = "/usr/bin/chromium";

const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The page as `npm run build` makes it, in a folder of its own. */
export const buildPage = async (): Promise<string> => {
  const outDir = await mkdtemp(join(tmpdir(), "peerlab-page-"));
  const configFile = join(import.meta.dirname, "../../src/chat/web/vite.config.ts");
  await build({ configFile, logLevel: "error", build: { outDir, emptyOutDir: true } });
  return outDir;
};

/** The web chat of a real bot on a free port, or on the port it had before. */
export const openWebChat = async (
  folder: string,
  {
    home,
    port = 0,
    token,
    models = "none",
    more = {},
  }: { home?: string; port?: number; token?: string; models?: string; more?: More } = {},
) => {
  const tested = await openTestBot(home, {}, models, more);
  const { bot, web, close, home: kept } = tested;
  const app = webApp(tested, { maxImageMb: 25, log: openLog({ log: "silent" }), folder, token });
  const server = await serveWeb(app, { host: "127.0.0.1", port });
  return {
    bot,
    web,
    home: kept,
    address: server.address,
    port: Number(new URL(server.address).port),
    close: async () => {
      await server.close();
      await close();
    },
  };
};
export type WebChat = Awaited<ReturnType<typeof openWebChat>>;

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath, args });

/** A browser whose profile is kept in a folder, as people's are; `openBrowser` opens private windows. */
export const openKeptBrowser = (profile: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, { executablePath: chromiumPath, args });

/** A new visitor of a channel, past the question for a name. Whatever the page's scripts complain about ends in `complaints`. */
export const visit = async (
  browser: Browser,
  { address }: WebChat,
  name: string,
  channel: string,
  options: BrowserContextOptions = {},
) => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, locale: "en-US", ...options });
  await context.addInitScript((it) => localStorage.setItem("peerlab.channel", it), channel);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on("pageerror", (it) => complaints.push(it.message));
  page.on("console", (it) => {
    if (it.type() === "error") complaints.push(it.text());
  });
  await page.goto(address);
  await page.locator("#answer").fill(name);
  await page.locator("#answer").press("Enter");
  await page.locator("textarea").waitFor();
  return { page, context, complaints };
};

/** What axe finds wrong with the page for people who use it with a keyboard, a screen reader or weak eyes. */
export const barriers = async (page: Page): Promise<string[]> => {
  // A script tag would be refused by the page's own policy; an evaluated one is not.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const runner = (
      globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    ).axe;
    const { violations } = await runner.run();
    return violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(" ")}`);
  });
};

export const erase = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** A web chat and a browser for the tests of a file or a block: opened before the first and closed after the last. */
export const chatInBrowser = (more: More = {}) => {
  const open = {} as { folder: string; chat: WebChat; browser: Browser };
  beforeAll(async () => {
    [open.folder, open.browser] = await Promise.all([buildPage(), openBrowser()]);
    open.chat = await openWebChat(open.folder, { more });
  });
  afterAll(async () => {
    await open.browser?.close();
    await open.chat?.close();
    await Promise.all([open.folder, open.chat?.home].map((it) => it && erase(it)));
  });
  return open;
};

/** A photo as a file chooser is given it. */
export const photo = async () => ({ name: "hills.jpg", mimeType: "image/jpeg", buffer: await landscape(1200, 900) });

/** The machine that runs this may be busy with every other test. */
export const patience = { timeout: 25_000 };

/** Pictures of answers, of a sheet its first tile. */
const answers = (page: Page) =>
  page.locator(".from-bot .picture > img, .from-bot .drawing > img, .from-bot .tile:first-child img");
/** An empty channel of a test's own. */
export const channelOf = async (chat: WebChat, name: string) => (await chat.web.openChannel(name)).id;
/** A channel in which Mina was shown one augmentation of her picture. */
export const channelWithAnswer = async (chat: WebChat, name: string) => {
  const channel = await channelOf(chat, name);
  const files = [await chat.bot.upload(mina, await landscape(1200, 900), "hills.jpg")];
  const id = randomUUID();
  await chat.web.ask({ id, channel, user: mina, lang: "en", input: "/augment op:rotate n:3", files });
  await chat.bot.outcome(id, 30, localViewer(mina));
  return channel;
};
/** Where messages are typed. */
export const composer = (page: Page) => page.locator("textarea");
/** Waits until so many pictures of answers are there, and the last one is loaded. */
export const shown = async (page: Page, count: number) => {
  await expect.poll(() => answers(page).count(), patience).toBe(count);
  const last = answers(page).last();
  await expect.poll(() => last.evaluate((it) => (it as HTMLImageElement).naturalWidth), patience).toBeGreaterThan(300);
};
/** Attaches a file and waits until it is uploaded. */
export const attach = async (page: Page, file: Parameters<Page["setInputFiles"]>[1]) => {
  await page.setInputFiles("input[type=file]", file);
  await page.locator(".attachment.ready").waitFor();
};
/** By how many pixels the page is wider than its window. */
export const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
