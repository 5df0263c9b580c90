// Long, some 20 s: a start of `npm start -- --share`, and a browser.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { networkAddresses } from "../src/app/share.ts";
import { freshHome } from "./helpers/bot.ts";
import { openBrowser } from "./helpers/browser.ts";
import { until } from "./helpers/processes.ts";

it("`npm start -- --share` lets in who has the link, and nobody else, until it is stopped", async () => {
  const home = await freshHome();
  // Where there is no network to share, this machine stands for one.
  const host = networkAddresses().length > 0 ? {} : { PEERLAB_HOST: "127.0.0.1" };
  const child = spawn("npm", ["start", "--", "--share", "--data", home, "--port", "0"], {
    cwd: join(import.meta.dirname, ".."),
    detached: true,
    env: { ...process.env, LANG: "ko_KR.UTF-8", PEERLAB_LOG: "warn", ...host },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said += part));
  const browser = await openBrowser();
  try {
    const link = await until("the link", () => said.match(/http:\S+#token=[\w-]+/)?.[0], 60);
    const { origin, hash } = new URL(link);
    expect(said).toContain("Ctrl-C를 누르면 공유가 끝나요");
    expect((await fetch(`${origin}/api/channels`)).status).toBe(401);
    const authorization = `Bearer ${hash.replace("#token=", "")}`;
    expect((await fetch(`${origin}/api/channels`, { headers: { authorization } })).status).toBe(200);

    const page = await browser.newPage();
    await page.goto(link);
    await page.getByLabel("Your name").waitFor();
    expect(page.url()).toBe(`${origin}/`);
    // The browser remembers; a stranger without the link is asked for the token.
    await page.reload();
    await page.getByLabel("Your name").waitFor();
    const stranger = await browser.newContext();
    const theirs = await stranger.newPage();
    await theirs.goto(`${origin}/#token=${"x".repeat(22)}`);
    await theirs.getByLabel("Token").waitFor();
    // As Ctrl-C does: all that npm started hears it.
    process.kill(-(child.pid as number), "SIGINT");
    await once(child, "exit");
    await expect(fetch(`${origin}/api/channels`)).rejects.toThrow();
  } finally {
    await browser.close();
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid as number), "SIGKILL");
    await rm(home, { recursive: true, force: true });
  }
}, 120_000);
