import { existsSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import sharp from "sharp";
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
  erase,
  openKeptBrowser,
  overflow,
  patience,
  photo,
  shown,
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

    // What can be downloaded stands below, its size on its button, and folds.
    const others = page.locator(".other-rows");
    const offered = others.locator(".row-card", { hasText: "efficientnet_b0" }).locator(".pill");
    expect(await offered.innerText()).toBe(korean ? "📥 다운로드 (21 MB)" : "📥 Download (21 MB)");
    expect(await others.locator(".row-card").count()).toBe(3);
    await others.locator("> button").click();
    expect(await others.locator(".row-card").count()).toBeGreaterThan(8);
    expect([await barriers(page), await overflow(page)]).toEqual([[], 0]);

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

  it.each(["dark", "light"] as const)("shows drawings %s on such a page, in the history and large", async (colorScheme) => {
    const channel = await channelOf(open.chat, `drawn, ${colorScheme}`);
    const { page, context } = await visit(open.browser, open.chat, "Nari", channel, { ...phone, colorScheme });
    await composer(page).fill("/arch resnet20");
    await composer(page).press("Enter");
    await page.locator(".from-bot .drawing > img").waitFor(patience);
    const paper = async (it: Locator) => {
      const { data, info } = await sharp(await it.screenshot())
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const at = (info.width * Math.floor(info.height / 2) + 6) * info.channels;
      return [...data.subarray(at, at + 3)];
    };
    const wanted = { dark: [28, 31, 41], light: [255, 255, 255] }[colorScheme];
    await expect.poll(() => paper(page.locator(".from-bot .drawing")), patience).toEqual(wanted);
    await page.locator(".from-bot .picture").click();
    await expect.poll(() => paper(page.locator(".lightbox .drawing")), patience).toEqual(wanted);
    await page.setViewportSize({ width: 844, height: 390 });
    const [stage, drawn] = await Promise.all(
      [".lightbox-picture", ".lightbox .drawing"].map((it) =>
        page.locator(it).evaluate((box) => box.getBoundingClientRect().height),
      ),
    );
    expect(drawn).toBeLessThanOrEqual((stage as number) + 1);
    await context.close();
  });

  it("an empty channel offers a network that knows a thousand things, and asks for it at one tap", async () => {
    const channel = await channelOf(open.chat, "offer");
    const { page, context } = await visit(open.browser, open.chat, "수아", channel, { ...phone, locale: "ko-KR" });
    const offer = page.locator(".welcome .offer");
    await offer.waitFor(patience);
    expect(await offer.innerText()).toMatch(/1,000가지를 아는 모델 받기\s+efficientnet_b0.*21\sMB/);
    expect([await barriers(page), await overflow(page)]).toEqual([[], 0]);
    await offer.click();
    await page.locator(".from-peer .text").waitFor(patience);
    expect(await page.locator(".from-peer .text").innerText()).toBe("/모델 다운로드 이름:efficientnet_b0");
    await context.close();
  });

  it("takes a HEIC photo where the browser can read it, and else says how to send a JPEG", async () => {
    const channel = await channelOf(open.chat, "heic");
    const { page, context, complaints } = await visit(open.browser, open.chat, "Hana", channel, { ...phone, locale: "ko-KR" });
    // Apple's devices convert for pages that name the types they take, and HEIC not among them.
    const accept = (await page.locator("input[type=file]").getAttribute("accept"))?.split(",") ?? [];
    // What they convert to is the first that they can make.
    expect(accept[0]).toBe("image/jpeg");
    expect(accept).toEqual(expect.arrayContaining(["image/jpeg", "image/png", ".onnx", ".zip"]));
    expect(accept.filter((it) => /\*|hei[cf]/.test(it))).toEqual([]);

    // No browser that tests can run has the decoder: a JPEG under the name goes the way that a HEIC goes in Safari.
    const { buffer } = await photo();
    await attach(page, { name: "IMG_1.HEIC", mimeType: "image/heic", buffer });
    await composer(page).fill("/증강 op:flip n:1");
    await composer(page).press("Enter");
    await page.locator(".from-bot .tile img").first().waitFor(patience);
    expect(await page.locator(".from-peer .picture").last().getAttribute("aria-label")).toContain("IMG_1.jpg");

    const real = await readFile(new URL("../fixtures/photo.heic", import.meta.url));
    await page.setInputFiles("input[type=file]", { name: "IMG_2.heic", mimeType: "", buffer: real });
    await page.locator(".attachment.failed").waitFor(patience);
    expect(await page.locator(".attachment").innerText()).toMatch(/HEIC 사진은 열 수 없어요.*JPEG.*높은 호환성/s);
    expect([await overflow(page), await barriers(page)]).toEqual([0, []]);
    await composer(page).press("Enter");
    expect(await page.locator(".hint").innerText()).toContain("올리지 못한 파일");
    expect(complaints.filter((it) => !/400/.test(it))).toEqual([]);
    await context.close();
  });

  it.each([
    ["a wide window", {}],
    ["a phone", { ...phone, locale: "ko-KR", colorScheme: "dark" as const }],
  ])("a search on %s finds what was said long ago and goes there; Escape and Back close it", async (name, options) => {
    const channel = await channelOf(open.chat, `search on ${name}`);
    const said = (text: string) => open.chat.web.say({ id: crypto.randomUUID(), channel, user: mina, files: [], text });
    const wanted = await said("오늘은 지식 증류를 공부해요");
    for (let count = 1; count <= 60; count++) await said(`message ${count}`);
    const { page, context, complaints } = await visit(open.browser, open.chat, "Juno", channel, options);
    const opener = page.locator("header .icon-button").last();
    const dialog = page.locator("dialog.search");
    await opener.click();
    await dialog.locator("input").fill("증류를");
    const hit = dialog.locator(".hit");
    await expect.poll(() => hit.locator("mark").allInnerTexts(), patience).toEqual(["증류를"]);
    expect([await barriers(page), await overflow(page)]).toEqual([[], 0]);
    await hit.click();
    const message = page.locator(`[data-id="${wanted.id}"]`);
    await expect.poll(() => message.evaluate((it) => it === document.activeElement), patience).toBe(true);
    expect(
      await message.evaluate((it) => it.getBoundingClientRect().top > 0 && it.getBoundingClientRect().bottom < innerHeight),
    ).toBe(true);

    await opener.click();
    await dialog.locator("input").fill("zebra");
    await expect.poll(() => dialog.getByRole("status").innerText(), patience).toContain("zebra");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await opener.evaluate((it) => it === document.activeElement)).toBe(true);
    await opener.click();
    await dialog.waitFor();
    await page.goBack();
    await dialog.waitFor({ state: "detached" });
    expect(decodeURIComponent(page.url())).toContain("/c/search on");
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("takes what is typed from the first, where there are keys", async () => {
    const channel = await channelOf(open.chat, "keys");
    const { page, context } = await visit(open.browser, open.chat, "Yuna", channel);
    await page.reload();
    await composer(page).waitFor();
    await expect.poll(() => composer(page).evaluate((it) => it === document.activeElement), patience).toBe(true);
    await page.keyboard.type("hello");
    expect(await composer(page).inputValue()).toBe("hello");
    await context.close();
    const touched = await visit(open.browser, open.chat, "Yuri", channel, phone);
    await touched.page.reload();
    await composer(touched.page).waitFor();
    expect(await composer(touched.page).evaluate((it) => it === document.activeElement)).toBe(false);
    await touched.context.close();
  });

  it.each([
    ["a wide window, in English", "Minji", {}],
    ["a phone, in Korean and dark", "민지", { ...phone, locale: "ko-KR", colorScheme: "dark" as const }],
  ])("has no barriers in any view, on %s", async (name, who, options) => {
    const channel = await channelWithAnswer(open.chat, name);
    const context = await open.browser.newContext({ viewport: { width: 1200, height: 800 }, locale: "en-US", ...options });
    const page = await context.newPage();
    const found: string[] = [];
    const look = async (view: string) => {
      for (const it of await barriers(page)) found.push(`${view}: ${it}`);
      if ((await overflow(page)) !== 0) found.push(`${view}: wider than its window`);
    };
    await context.addInitScript((it) => localStorage.setItem("peerlab.channel", it), channel);
    await page.goto(open.chat.address);
    const answer = page.locator("#answer");
    await answer.waitFor();
    await look("the gate");
    await answer.press("Enter");
    await look("the gate with a problem");
    await answer.fill(who);
    await answer.press("Enter");
    await shown(page, 1);
    await look("the chat");
    await page.locator(".from-bot .reply").last().click();
    await composer(page).fill("/augment strength:");
    await page.locator(".slider").waitFor();
    await look("a reply with a slider");
    await composer(page).fill("/");
    await page.locator('[role="option"]').first().waitFor();
    await look("the menu");
    await composer(page).fill("");
    await page.locator("header .icon-button").last().click();
    await page.locator("dialog.search").waitFor();
    await look("the search");
    await page.keyboard.press("Escape");
    for (const [view, opens] of [
      ["a tile", ".from-bot button.tile"],
      ["a picture", ".from-peer .picture"],
    ] as const) {
      await page.locator(opens).first().click();
      await page.locator("dialog[open]").waitFor();
      await look(view);
      await page.keyboard.press("Escape");
      await page.locator("dialog[open]").waitFor({ state: "detached" });
    }
    const drawer = page.locator("header .icon-button");
    if ((await drawer.count()) > 1) await drawer.first().click();
    await page.locator(".channel.quiet").click();
    await page.locator(".channel-form input").waitFor();
    await look("a new channel");
    await page.locator(".channel-form input").press("Escape");
    await page.locator(".who").click();
    await answer.waitFor();
    await look("another name");
    expect(found).toEqual([]);
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
