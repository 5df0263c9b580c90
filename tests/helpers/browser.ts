import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { webApp } from "../../src/chat/web/app.ts";
import { serveWeb } from "../../src/chat/web/serve.ts";
import { openLog } from "../../src/log.ts";
import { openTestBot } from "./bot.ts";

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
  { home, port = 0, token }: { home?: string; port?: number; token?: string } = {},
) => {
  const tested = await openTestBot(home);
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
