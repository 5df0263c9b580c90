import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { APIMessage } from "discord.js";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { commands } from "../commands/index.ts";
import { shippedFolder } from "../src/store/shippedModels.ts";
import { openTestBot } from "../tests/helpers/bot.ts";
import { chatCommand } from "../tests/helpers/discord/acting.ts";
import { startDiscord } from "../tests/helpers/discord/double.ts";
import { CHANNEL, environmentOf, serverOptions, users } from "../tests/helpers/discord/server.ts";
import { until } from "../tests/helpers/processes.ts";
import { draw, drawings } from "./tour/pictures.ts";

/**
 * Draws docs/images/discord-answer.webp: a real bot answers at the test double of Discord, and the messages that the double received are drawn
 * the way Discord draws them. `node --import tsx scripts/discordPicture.ts [where.webp]`; needs Chromium.
 */
const discord = await startDiscord(serverOptions());
const bot = await openTestBot(undefined, environmentOf(discord), shippedFolder);
await until("the bot on Discord", () => discord.isConnected());
const photo = new File([new Uint8Array(await draw(drawings.cat))], "cat.png", { type: "image/png" });

interface Shown {
  who: string;
  command: string;
  message: APIMessage;
}
type Row = { components?: { label?: string; custom_id?: string }[] };
const isOver = ({ flags, components = [] }: APIMessage) =>
  (Number(flags ?? 0) & 128) === 0 &&
  !(components as Row[]).some((row) => row.components?.some((it) => it.custom_id?.startsWith("cancel:")));

/** Uses a command as a peer, and gives the message that answers. */
const ask = async (
  who: keyof typeof users,
  path: string,
  args: object,
  files: readonly File[],
  locale: string,
): Promise<Shown> => {
  const data = await chatCommand(discord, commands, path, { ...args }, files);
  if (!data) throw new Error(`Expected the command ${path}`);
  const before = (await discord.shownTo(users[who], CHANNEL)).map((it) => it.id);
  await discord.act({ type: 2, channelId: CHANNEL, userId: users[who], data }, { locale });
  const answered = async () => (await discord.shownTo(users[who], CHANNEL)).find((it) => !before.includes(it.id) && isOver(it));
  return { who, command: path, message: await until(`the answer to /${path}`, answered, 120) };
};
const shown = [
  await ask("Mina", "classify", {}, [photo], "en-US"),
  await ask("Sora", "augment", { op: "rotate", n: 5, seed: 7 }, [photo], "ko"),
];

/** Emoji are left out: a machine without a font for them would draw boxes. */
const escaped = (text: string) =>
  text
    .replace(/\p{Extended_Pictographic}\ufe0f? ?/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;");
const font = await readFile(
  createRequire(import.meta.url).resolve("pretendard/dist/web/variable/woff2/PretendardVariable.woff2"),
);
/** Discord's markdown as HTML, as far as we use it. */
const html = (text: string): string =>
  escaped(text)
    .replace(/```\n?([\s\S]*?)\n?```/g, "<pre>$1</pre>")
    .replace(/`([^`\n]+)`/g, "<code>$1</code>")
    .replace(/\*\*([^*\n]+)\*\*/g, "<b>$1</b>")
    .replace(/\\([^\w\s])/g, "$1")
    .replace(/\n(?![^<]*<\/pre>)/g, "<br>");
const dataUri = async ({ url, content_type: type }: APIMessage["attachments"][number]): Promise<string> =>
  `data:${type};base64,${Buffer.from(await (await fetch(url)).arrayBuffer()).toString("base64")}`;

const messageHtml = async ({ who, command, message }: Shown): Promise<string> => {
  const pictures = await Promise.all(message.attachments.map(async (it) => `<img src="${await dataUri(it)}">`));
  const rows = (message.components as Row[] | undefined)?.map(
    (row) =>
      `<div class="row">${(row.components ?? []).map((it) => `<span class="button">${escaped(it.label ?? "")}</span>`).join("")}</div>`,
  );
  return `<div class="used"><i></i><span class="small">${who[0]}</span><b>${who}</b> used <span class="command">/${command}</span></div>
    <div class="message"><div class="avatar">P</div><div class="body"><div class="who"><b>Peerlab</b><span class="app">APP</span><span class="time">Today at 10:24</span></div>
    <div class="text">${html(message.content)}</div>${pictures.join("")}${(rows ?? []).join("")}</div></div>`;
};

const style = `@font-face{font-family:Pretendard;font-weight:45 920;src:url(data:font/woff2;base64,${font.toString("base64")})} *{box-sizing:border-box} body{margin:0;background:#313338;color:#dbdee1;font:16px/1.375 Pretendard,sans-serif;width:760px}
  .bar{padding:12px 16px;border-bottom:1px solid #26272b;font-weight:600;color:#f2f3f5} .used{display:flex;gap:6px;align-items:center;padding:14px 16px 0 36px;font-size:14px;color:#949ba4}
  .used i{width:26px;height:11px;border:2px solid #4e5058;border-right:0;border-bottom:0;border-radius:6px 0 0;margin:11px 2px 0 0;flex:none} .used b{color:#c9cdfb}
  .small{width:16px;height:16px;border-radius:50%;background:#2eb67d;color:#fff;font-size:10px;font-weight:700;display:grid;place-items:center} .command{color:#00a8fc}
  .message{display:flex;gap:16px;padding:4px 16px 6px} .avatar{width:40px;height:40px;border-radius:50%;background:#5865f2;color:#fff;font-weight:700;display:grid;place-items:center;flex:none}
  .body{min-width:0;flex:1} .who{display:flex;gap:6px;align-items:baseline} .who b{color:#f2f3f5;font-weight:600} .app{background:#5865f2;color:#fff;font-size:10px;font-weight:700;padding:1px 5px;border-radius:4px}
  .time{font-size:12px;color:#949ba4} img{display:block;max-width:480px;max-height:340px;border-radius:8px;margin:6px 0} .row{display:flex;flex-wrap:wrap;gap:8px;margin:6px 0}
  .button{background:#4e5058;color:#fff;border-radius:4px;padding:6px 14px;font-size:14px;font-weight:500} code{background:#2b2d31;border-radius:4px;padding:1px 4px;font-size:14px}
  pre{background:#2b2d31;border:1px solid #1e1f22;border-radius:4px;padding:8px;margin:4px 0;font:14px/1.3 "DejaVu Sans Mono",Pretendard,monospace;overflow:hidden}`;

const messages = await Promise.all(shown.map(messageHtml));
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 760, height: 400 }, deviceScaleFactor: 2 });
await page.setContent(`<style>${style}</style><div class="bar"># lab</div>${messages.join("")}<div style="height:14px"></div>`);
await page.evaluate(() => document.fonts.ready);
const png = await page.screenshot({ fullPage: true });
await browser.close();
const [where = join(import.meta.dirname, "../docs/images/discord-answer.webp")] = process.argv.slice(2);
await (where.endsWith(".png") ? writeFile(where, png) : sharp(png).webp({ quality: 82 }).toFile(where));
console.log(where);
await bot.erase();
await discord.stop();
process.exit(0);
