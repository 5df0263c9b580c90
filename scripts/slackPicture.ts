import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { landscape } from "../tests/helpers/pictures.ts";
import { openSlackBot } from "../tests/helpers/slack/bot.ts";
import type { SlackBlock, SlackSeen } from "../tests/helpers/slack/double.ts";
import { BOT, CHANNEL, users } from "../tests/helpers/slack/workspace.ts";

/**
 * Draws docs/images/slack-answer.webp: a real bot answers at the test double of Slack, and the messages that the double received are drawn the
 * way Slack draws them. `node --import tsx scripts/slackPicture.ts [where.webp]`; needs Chromium, and what the double needs.
 */
const rig = await openSlackBot();
const photo = new File([new Uint8Array(await landscape(900, 600))], "hills.jpg", { type: "image/jpeg" });
const asked = await rig.slack.upload({ user: users.Mina, channel: CHANNEL, text: `<@${BOT}> augment op:rotate n:5 seed:7` }, [
  photo,
]);
await rig.seen(/5 variants/);
await rig.slack.command({ user: users.Jun, channel: CHANNEL, command: "/history" });
await rig.seen(/```/);

const dataUri = async (id: string): Promise<string> => {
  const { file } = (await (
    await fetch(`${rig.slack.apiUrl}files.info?file=${id}`, { headers: { authorization: "Bearer xoxb-1" } })
  ).json()) as { file: { url_private: string; mimetype: string } };
  const response = await fetch(file.url_private, { headers: { authorization: "Bearer xoxb-1" } });
  return `data:${file.mimetype};base64,${Buffer.from(await response.arrayBuffer()).toString("base64")}`;
};
/** Slack's mrkdwn as HTML; what is escaped in it stays so. */
const html = (text: string): string =>
  text
    .replaceAll("\u200b", "")
    // Chromium has no font with them here.
    .replace(/\p{Emoji_Presentation}\s?/gu, "")
    .replace(/```\n?([\s\S]*?)\n?```/g, "<pre>$1</pre>")
    .replace(/`([^`\n]+)`/g, "<code>$1</code>")
    .replace(/\*([^*\n]+)\*/g, "<b>$1</b>")
    .replace(/:hourglass_flowing_sand:/g, "⏳")
    .replace(/<@U0BOT>/g, '<span class="mention">@Peerlab</span>')
    .replace(/\n(?![^<]*<\/pre>)/g, "<br>");
const textOf = (text: NonNullable<SlackBlock["elements"]>[number]["text"]) =>
  typeof text === "object" ? text.text : (text ?? "");

const blockHtml = async (block: SlackBlock): Promise<string> => {
  if (block.type === "section") return `<div class="text">${html(block.text?.text ?? "")}</div>`;
  if (block.type === "context")
    return `<div class="context">${(block.elements ?? []).map((it) => html(textOf(it.text))).join(" ")}</div>`;
  if (block.type === "image") return `<img class="picture" src="${await dataUri(block.slack_file?.id ?? "")}">`;
  if (block.type === "actions")
    return `<div class="actions">${(block.elements ?? []).map((it) => `<span class="button">${html(textOf(it.text))}</span>`).join("")}</div>`;
  return "";
};
const colours: Readonly<Record<string, string>> = { Mina: "#2eb67d", Jun: "#e8912d", Sora: "#36c5f0", Peerlab: "#1f2a44" };
const messageHtml = async (message: SlackSeen): Promise<string> => {
  const name = Object.entries(users).find(([, id]) => id === message.user)?.[0] ?? "Peerlab";
  const app = name === "Peerlab" ? '<span class="app">APP</span>' : "";
  const blocks = message.blocks?.length
    ? await Promise.all(message.blocks.map(blockHtml))
    : [`<div class="text">${html(message.text)}</div>`];
  const files = await Promise.all((message.files ?? []).map(async (it) => `<img class="upload" src="${await dataUri(it.id)}">`));
  const alone = message.ephemeral_to ? '<div class="alone">👁 Only visible to you</div>' : "";
  return `<div class="message ${message.ephemeral_to ? "ephemeral" : ""}"><div class="avatar" style="background:${colours[name]}">${name[0]}</div>
    <div class="body">${alone}<div class="who"><b>${name}</b>${app}<span class="time">10:24</span></div>${[...blocks, ...files].join("")}</div></div>`;
};

const style = `*{box-sizing:border-box} body{margin:0;background:#fff;color:#1d1c1d;font:15px/1.47 Lato,"Slack-Lato","Noto Sans","Noto Sans CJK KR",Arial,sans-serif;width:760px}
  .bar{padding:14px 20px;border-bottom:1px solid #ddd;font-weight:900;font-size:18px} .message{display:flex;gap:10px;padding:8px 20px} .ephemeral{background:#f8f8f8}
  .avatar{width:36px;height:36px;border-radius:8px;color:#fff;font-weight:700;display:grid;place-items:center;flex:none} .body{min-width:0;flex:1}
  .who{display:flex;gap:6px;align-items:baseline} .app{background:#ddd;color:#454447;font-size:10px;font-weight:700;padding:1px 4px;border-radius:2px} .time{font-size:12px;color:#616061}
  .picture{display:block;max-width:420px;border-radius:8px;margin:6px 0;border:1px solid #e0e0e0} .upload{display:block;max-width:220px;border-radius:8px;margin:6px 0}
  .actions{display:flex;flex-wrap:wrap;gap:8px;margin:8px 0 4px} .button{border:1px solid #bbb;border-radius:8px;padding:4px 12px;font-weight:700;font-size:13px}
  .alone{font-size:12px;color:#616061} .mention{background:#e8f5fa;color:#1264a3;border-radius:3px;padding:0 2px} .context{color:#616061;font-size:13px}
  code{background:#f0f0f0;border:1px solid #ddd;border-radius:3px;color:#c01343;padding:1px 3px;font-size:12px}
  pre{background:#f8f8f8;border:1px solid #ddd;border-radius:4px;padding:8px;font:12px/1.5 Monaco,Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK KR",monospace;overflow:hidden;margin:4px 0}`;

const all = await rig.slack.messages(CHANNEL);
const first = all.findIndex((it) => it.ts === asked.ts);
const shown = all.slice(first);
const messages = await Promise.all(shown.map(messageHtml));
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 760, height: 400 }, deviceScaleFactor: 2 });
await page.setContent(`<style>${style}</style><div class="bar"># lab</div>${messages.join("")}<div style="height:12px"></div>`);
const png = await page.screenshot({ fullPage: true });
await browser.close();
const [where = join(import.meta.dirname, "../docs/images/slack-answer.webp")] = process.argv.slice(2);
await (where.endsWith(".png") ? writeFile(where, png) : sharp(png).webp({ quality: 82 }).toFile(where));
console.log(`${where}`);
await rig.close();
process.exit(0);
