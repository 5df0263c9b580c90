import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "../../../src/random.ts";
import { landscape } from "../../helpers/pictures.ts";
import { until } from "../../helpers/processes.ts";
import { openSlackBot, type SlackBot } from "../../helpers/slack/bot.ts";
import { whyNoSlack } from "../../helpers/slack/localSlack.ts";
import { BOT, CHANNEL, users } from "../../helpers/slack/workspace.ts";

const why = whyNoSlack();
const people = Object.values(users);
const share = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;

describe.skipIf(why)(`Slack under load${why ? ` (not here: ${why})` : ""}`, { timeout: 240_000 }, () => {
  let rig: SlackBot;
  beforeAll(async () => {
    rig = await openSlackBot({ PEERLAB_WAITING_PER_PERSON: "1000" });
  });
  afterAll(() => rig.close());

  it("50 commands at once, with a busy queue, are acknowledged within a second each", async () => {
    const photo = new File([new Uint8Array(await landscape(600, 600))], "hills.jpg", { type: "image/jpeg" });
    for (let n = 0; n < 20; n++)
      await rig.slack.upload(
        { user: people[n % 3] as string, channel: CHANNEL, text: `<@${BOT}> augment op:rotate n:16 seed:${n}` },
        [photo],
      );
    const from = rig.slack.acks.length;
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        rig.slack.command({ user: people[n % 3] as string, channel: CHANNEL, command: "/count", text: `n:${n}` }),
      ),
    );
    const acks = rig.slack.acks
      .slice(from)
      .filter((it) => it.type === "slash_commands")
      .map((it) => it.ms)
      .sort((a, b) => a - b);
    const [p50, p99] = [share(acks, 0.5), share(acks, 0.99)];
    console.log(
      `Slack, 50 commands at once with a busy queue: acknowledged after ${p50.toFixed(0)} ms (p50), ${p99.toFixed(0)} ms (p99)`,
    );
    expect(acks).toHaveLength(50);
    expect(p99).toBeLessThan(1000);
    await rig.bot().bot.idle();
  });

  it("a day of traffic with reconnects: nothing lost, nothing doubled", async () => {
    const rng = seeded(11);
    const asked: string[] = [];
    const sent: Promise<unknown>[] = [];
    const requests = 150;
    for (let n = 0; n < requests; n++) {
      const user = people[Math.floor(rng() * people.length)] as string;
      const tag = String(1000 + n);
      asked.push(tag);
      if (rng() < 0.5) sent.push(rig.slack.command({ user, channel: CHANNEL, command: "/peerlab", text: `count n:${tag}` }));
      else await rig.slack.say({ user, channel: CHANNEL, text: `<@${BOT}> count n:${tag}` });
      const chance = rng();
      if (chance < 0.04) rig.slack.sockets.drop();
      else if (chance < 0.06) rig.slack.sockets.drop(true);
      else if (chance < 0.1) rig.slack.sockets.refresh();
      else if (chance < 0.2) void rig.slack.repeat();
      if (n === 50) rig.slack.sockets.silence();
      if (n === 100) await rig.restart();
    }
    await Promise.all(sent);
    await until("everything to be acknowledged", () => rig.slack.sockets.unacknowledged() === 0, 60);
    const counted = async () => {
      const said = (await rig.visible()).map((it) => `${it.text}\n${JSON.stringify(it.blocks ?? [])}`);
      return asked.map((tag) => said.filter((text) => text.includes(`count ${tag}`)).length);
    };
    // What is not there by then is lost.
    await until("every answer", async () => !(await counted()).includes(0), 60).catch(() => {});
    await rig.bot().bot.idle();
    const counts = await counted();
    const [lost, doubled] = [counts.filter((it) => it === 0).length, counts.filter((it) => it > 1).length];
    console.log(
      `Slack, a day of traffic: ${requests} sent / ${lost} lost / ${doubled} doubled; ${rig.slack.sockets.opened()} sockets opened`,
    );
    expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
  });
});
