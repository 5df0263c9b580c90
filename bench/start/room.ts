import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { openBrowser } from "../../tests/helpers/browser.ts";
import { landscape } from "../../tests/helpers/pictures.ts";
import type { Socket } from "../socket.ts";

/** Half of the pictures are photos that peers sent, half are answers. */
const PICTURES = 30;
const user = { id: "mina", name: "Mina" };
/** So long nothing more was loaded: the page is done. */
const QUIET_MS = 1500;
const SCROLL_PIXELS = 600;

/** Fills the room "general" with pictures, through the socket. */
const fill = async (peerlab: Socket) => {
  for (let i = 0; i < PICTURES / 2; i++) {
    const photo = await peerlab.upload(user, await landscape(1600, 1200 - i), `hills${i}.jpg`);
    const id = await peerlab.send(user, "/augment", [photo], randomUUID());
    while ((await peerlab.outcome(id, user, 25)).status === "waiting");
  }
};

/** Megabytes of pictures that the page takes to show a room of 30: as it opens, and once all of it has been scrolled through. */
export const roomMegabytes = async (peerlab: Socket, address: string): Promise<{ openedMb: number; scrolledMb: number }> => {
  await fill(peerlab);
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, locale: "en-US" });
    const page = await context.newPage();
    let [bytes, lastAt] = [0, Date.now()];
    page.on("response", async (response) => {
      if (!response.url().includes("/api/blobs/")) return;
      const body = await response.body().catch(() => Buffer.alloc(0));
      bytes += body.length;
      lastAt = Date.now();
    });
    const quiet = async () => {
      lastAt = Date.now();
      while (bytes === 0 || Date.now() - lastAt < QUIET_MS) await sleep(QUIET_MS / 10);
      return bytes / 1e6;
    };
    await page.goto(address);
    await page.locator("#answer").fill(user.name);
    await page.locator("#answer").press("Enter");
    await page.locator(".from-bot :is(.picture, .tile) img").last().waitFor();
    const openedMb = await quiet();
    // Over the history, wherever its last picture is: its wheel is what scrolls.
    await page.locator(".history").hover({ position: { x: 10, y: 200 }, force: true });
    for (let i = 0; i < 40; i++) {
      await page.mouse.wheel(0, -SCROLL_PIXELS);
      await sleep(100);
    }
    return { openedMb, scrolledMb: await quiet() };
  } finally {
    await browser.close();
  }
};
