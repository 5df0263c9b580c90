import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { localViewer, mina } from "../helpers/bot.ts";
import {
  attach,
  barriers,
  channelOf,
  chatInBrowser,
  chromiumPath,
  composer,
  erase,
  openKeptBrowser,
  overflow,
  patience,
  photo,
  visit,
} from "../helpers/browser.ts";
import { colourModel, colours, plainly } from "../helpers/onnxModels.ts";

const why = existsSync(chromiumPath) ? "" : ` (skipped: needs ${chromiumPath}; on Debian: sudo apt-get install chromium)`;
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe.skipIf(why)(`the web chat as an app, in a real browser${why}`, { timeout: 90_000 }, () => {
  const open = chatInBrowser();

  it.each([
    ["a wide window", "Joon", {}],
    ["a phone", "준", { ...phone, locale: "ko-KR", colorScheme: "dark" as const }],
  ])("/models is cards on %s: one tap asks the model, another asks before it is removed", async (name, who, options) => {
    const channel = await channelOf(open.chat, name);
    const files = [
      await open.chat.bot.upload(mina, colourModel(), "colours.onnx"),
      await open.chat.bot.upload(mina, Buffer.from(colours.join("\n")), "names.txt"),
    ];
    const id = crypto.randomUUID();
    await open.chat.web.ask({
      id,
      channel,
      user: mina,
      lang: "en",
      input: `/models add name:colours preprocessing:${plainly}`,
      files,
    });
    await open.chat.bot.outcome(id, 60, localViewer(mina));
    const { page, context, complaints } = await visit(open.browser, open.chat, who, channel, options);
    const korean = who === "준";
    await composer(page).fill(korean ? "/모델" : "/models");
    await composer(page).press("Enter");
    const card = page.locator(".row-card", { hasText: "colours" });
    await card.waitFor(patience);
    expect(await card.innerText()).toContain(korean ? "3가지: red … blue" : "3 things: red … blue");
    expect([await barriers(page), await overflow(page)]).toEqual([[], 0]);

    const [picker] = await Promise.all([page.waitForEvent("filechooser"), card.locator(".pill").first().click()]);
    await picker.setFiles(await photo());
    await page.locator(".attachment.ready").waitFor();
    expect(await composer(page).inputValue()).toBe(korean ? "/분류 모델:colours " : "/classify model:colours ");
    await page.locator(".remove").click();
    await composer(page).fill("");

    const asked = page.locator(".from-bot .text").last();
    await card.locator(".pill").last().click();
    await expect.poll(() => asked.innerText(), patience).toMatch(korean ? /Mina.*추가한/ : /added by Mina/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each([
    ["en-US", "colours.onnx", "/models add name:colours preprocessing:", /colours\.onnx\s+takes 16 × 16 pixels · 3 classes/],
    ["ko-KR", "내 모델 V2.onnx", "/모델 추가 이름:v2 전처리:", /16 × 16픽셀 입력 · 클래스 3개/],
  ])("an attached model opens its form, filled in with what its file says (%s)", async (locale, name, line, about) => {
    const channel = await channelOf(open.chat, `form ${locale}`);
    const { page, context, complaints } = await visit(open.browser, open.chat, "Sora", channel, { locale });
    await attach(page, { name, mimeType: "application/octet-stream", buffer: Buffer.from(colourModel()) });
    await expect.poll(() => composer(page).inputValue(), patience).toBe(line);
    expect(await page.locator(".attachment").innerText()).toMatch(about);
    expect(await page.locator('[role="option"]').first().innerText()).toContain("torchvision");
    expect(await barriers(page)).toEqual([]);
    // What is being written stays.
    await page.locator(".remove").click();
    await composer(page).fill("look at this");
    await attach(page, { name, mimeType: "application/octet-stream", buffer: Buffer.from(colourModel()) });
    await expect.poll(() => page.locator(".attachment").innerText(), patience).toMatch(about);
    expect([await composer(page).inputValue(), complaints]).toEqual(["look at this", []]);
    await context.close();
  });

  it("can be installed: a browser finds nothing missing in its manifest and icons", async () => {
    // Only a profile that is kept may install anything.
    const profile = await mkdtemp(join(tmpdir(), "peerlab-profile-"));
    const context = await openKeptBrowser(profile);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(open.chat.address);
    const devtools = await context.newCDPSession(page);
    const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
    const { errors, data = "{}" } = await devtools.send("Page.getAppManifest");
    expect([installabilityErrors, errors]).toEqual([[], []]);
    const { icons, display } = JSON.parse(data) as { icons: { src: string; sizes: string; type: string }[]; display: string };
    expect(display).toBe("standalone");
    const apple = await page.locator("link[rel=apple-touch-icon]").getAttribute("href");
    for (const { src, sizes, type } of [...icons, { src: apple ?? "", sizes: "180x180", type: "image/png" }]) {
      const answer = await page.request.get(new URL(src, page.url()).href);
      expect([src, answer.status(), answer.headers()["content-type"]]).toEqual([src, 200, type]);
      // Width and height of a PNG stand behind its signature and the head of its first chunk.
      const bytes = await answer.body();
      if (type === "image/png") expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
    }
    await context.close();
    await erase(profile);
  });
});
