import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshHome } from "../../helpers/bot.ts";
import { until } from "../../helpers/processes.ts";
import { type SlackDouble, startSlack } from "../../helpers/slack/double.ts";
import { whyNoSlack } from "../../helpers/slack/localSlack.ts";
import { BOT, CHANNEL, environmentOf, slackConfig, users } from "../../helpers/slack/workspace.ts";

const why = whyNoSlack();
const helper = join(import.meta.dirname, "../../helpers/slack/killed.ts");

describe.skipIf(why)(`SIGKILL of a bot on Slack${why ? ` (not here: ${why})` : ""}`, { timeout: 120_000 }, () => {
  let home: string;
  let slack: SlackDouble;
  beforeEach(async () => {
    home = await freshHome();
    slack = await startSlack({ config: slackConfig() });
  });
  afterEach(async () => {
    await slack.stop();
    await rm(home, { recursive: true, force: true });
  });

  const start = async (holdAt = ""): Promise<{ child: ChildProcess; said(): string }> => {
    const env = { ...process.env, ...environmentOf(slack), PEERLAB_HOME: home, PEERLAB_LOG: "silent", PEERLAB_HOLD_AT: holdAt };
    const child = spawn(process.execPath, ["--import", "tsx", helper], { env, stdio: ["pipe", "pipe", "inherit"] });
    let said = "";
    child.stdout?.on("data", (part) => {
      said += part;
    });
    await until("the bot to hold, or to be connected", () => said.includes("held") || said.includes("connected"), 60);
    return { child, said: () => said };
  };
  const killWhenHeld = async ({ child, said }: Awaited<ReturnType<typeof start>>) => {
    await until("the moment", () => said().includes("held"), 30);
    child.kill("SIGKILL");
    await once(child, "close");
  };
  const answers = async () => (await slack.messages(CHANNEL)).filter((it) => it.user === BOT && /count 7/.test(it.text));

  it.each([
    "before the acknowledgement",
    "after the acknowledgement",
    "before the send",
    "after the send",
  ])("%s: the answer is delivered once", async (moment) => {
    const first = await start(moment);
    void slack.command({ user: users.Mina, channel: CHANNEL, command: "/count", text: "n:7" });
    await killWhenHeld(first);
    expect(await answers()).toHaveLength(moment === "after the send" ? 1 : 0);
    const second = await start();
    await until("the answer", async () => (await answers()).length > 0, 30);
    second.child.stdin?.end();
    await once(second.child, "close");
    expect(second.said()).toContain("left 0 0");
    expect(await answers()).toHaveLength(1);
    // And nothing is said again by a start after that.
    const third = await start();
    third.child.stdin?.end();
    await once(third.child, "close");
    expect(await answers()).toHaveLength(1);
  });
});
