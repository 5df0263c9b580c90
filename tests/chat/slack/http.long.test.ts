import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort, until } from "../../helpers/processes.ts";
import { openSlackBot, type SlackBot } from "../../helpers/slack/bot.ts";
import { whyNoSlack } from "../../helpers/slack/localSlack.ts";
import { BOT, CHANNEL, slackConfig, users } from "../../helpers/slack/workspace.ts";

const why = whyNoSlack();

describe.skipIf(why)(`Slack over HTTP${why ? ` (not here: ${why})` : ""}`, () => {
  let rig: SlackBot;
  let port: number;
  const open = async (secretOfSlack: string) => {
    port = await freePort();
    const requestUrl = `http://127.0.0.1:${port}/slack/events`;
    const config = slackConfig({ mode: "events", signingSecret: secretOfSlack, requestUrl });
    const environment = { SLACK_APP_TOKEN: "", SLACK_SIGNING_SECRET: "secret", SLACK_PORT: String(port) };
    const opened = await openSlackBot(environment, { config, botPort: port });
    const answers = () =>
      fetch(requestUrl, { method: "POST" }).then(
        () => true,
        () => false,
      );
    await until("the port", answers);
    return opened;
  };
  const command = (text: string) =>
    rig.slack.control("command", { channel: CHANNEL, user: users.Mina, command: "/peerlab", text });

  describe("with the right signature", () => {
    beforeAll(async () => {
      rig = await open("secret");
    });
    afterAll(() => rig.close());
    it("takes commands and mentions, and nothing that is not signed", async () => {
      await command("count n:81");
      await rig.seen(/count 81/);
      await rig.slack.say({ user: users.Mina, channel: CHANNEL, text: `<@${BOT}> count n:82` });
      await rig.seen(/count 82/);
      const body = new URLSearchParams({
        command: "/count",
        text: "n:83",
        team_id: "T01",
        channel_id: CHANNEL,
        user_id: users.Mina,
        trigger_id: "t",
      });
      const url = `http://127.0.0.1:${port}/slack/events`;
      const forged = {
        "x-slack-request-timestamp": String(Math.floor(Date.now() / 1000)),
        "x-slack-signature": `v0=${"0".repeat(64)}`,
      };
      expect((await fetch(url, { method: "POST", body })).status).toBe(401);
      expect((await fetch(url, { method: "POST", body, headers: forged })).status).toBe(401);
      await command("count n:84");
      await rig.seen(/count 84/);
      expect((await rig.visible()).some((it) => it.text.includes("count 83"))).toBe(false);
    });
  });

  describe("with another secret", () => {
    beforeAll(async () => {
      rig = await open("another");
    });
    afterAll(() => rig.close());
    it("takes nothing", async () => {
      await command("count n:85");
      await rig.slack.say({ user: users.Mina, channel: CHANNEL, text: `<@${BOT}> count n:86` });
      await until("the refusals", () => rig.bot().logged.filter((line) => /verify|signature/i.test(line)).length >= 2);
      expect(await rig.visible()).toEqual([]);
    });
  });
});
