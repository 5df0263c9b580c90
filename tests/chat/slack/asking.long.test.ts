import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { landscape } from "../../helpers/pictures.ts";
import { until } from "../../helpers/processes.ts";
import { openSlackBot, type SlackBot } from "../../helpers/slack/bot.ts";
import type { SlackBlock } from "../../helpers/slack/double.ts";
import { whyNoSlack } from "../../helpers/slack/localSlack.ts";
import { BOT, CHANNEL, TEAM, users } from "../../helpers/slack/workspace.ts";

const why = whyNoSlack();
const { Mina, Jun, Sora } = users;
const photo = async (name = "hills.jpg", width = 240) =>
  new File([new Uint8Array(await landscape(width, width))], name, { type: "image/jpeg" });

interface View {
  callback_id: string;
  private_metadata: string;
  title: { text: string };
  blocks: (SlackBlock & { block_id: string; optional?: boolean; element: Record<string, unknown> & { type: string } })[];
}

interface Button {
  action_id: string;
  value: string;
  text: { text: string };
}

describe.skipIf(why)(`how Slack's users ask${why ? ` (not here: ${why})` : ""}`, () => {
  let rig: SlackBot;
  beforeAll(async () => {
    rig = await openSlackBot();
    rig.slack.world.locales.set(Sora, "ko-KR");
    rig.slack.world.administrators.add(Mina);
  });
  afterAll(() => rig.close());
  const openedAfter = async (count: number): Promise<View> =>
    (await until("a modal", () => rig.called("views.open")[count]))?.params["view"] as View;
  const opened = () => rig.called("views.open").length;
  const uploaded = (user: string, text: string, files: readonly File[], channel = CHANNEL) =>
    rig.slack.upload({ user, channel, text }, files);

  it("a slash command without its picture opens a form with its options, filled in as far as they were typed", async () => {
    const before = opened();
    await rig.slack.command({ user: Mina, channel: CHANNEL, command: "/augment", text: "flip n:2" });
    const view = await openedAfter(before);
    expect(view.title.text).toBe("/augment");
    const fields = Object.fromEntries(view.blocks.map((it) => [it.block_id, it.element]));
    expect(fields["image"]).toMatchObject({ type: "file_input", max_files: 1 });
    expect(fields["op"]).toMatchObject({ type: "static_select", initial_option: { value: "flip" } });
    expect(fields["n"]).toMatchObject({ type: "number_input", initial_value: "2", is_decimal_allowed: false });
    expect(view.blocks[0]).toMatchObject({ block_id: "image", optional: false });

    const { files } = await uploaded(Mina, "look", [await photo()]);
    const values = {
      image: { image: { type: "file_input", files } },
      op: { op: { type: "static_select", selected_option: { value: "flip" } } },
      n: { n: { type: "number_input", value: "2" } },
    };
    await rig.slack.submit(Mina, values);
    const answer = await rig.seen(/2 variants/);
    const [picture] = answer.blocks?.filter((it) => it.type === "image") ?? [];
    expect(picture?.alt_text?.length).toBeGreaterThan(10);
    expect(await rig.slack.fileSize(picture?.slack_file?.id ?? "")).toBeGreaterThan(1000);
  });

  it("the form is in the language of who asked, and says what is missing", async () => {
    const before = opened();
    await rig.slack.command({ user: Sora, channel: CHANNEL, command: "/peerlab", text: "증강" });
    const view = await openedAfter(before);
    expect(JSON.stringify(view.blocks[0])).toContain("사진");
    const empty = { ...view, id: "V-EMPTY", state: { values: { image: { image: { type: "file_input", files: [] } } } } };
    const said = await rig.slack.send("interactive", {
      type: "view_submission",
      view: empty,
      user: { id: Sora },
      team: { id: TEAM },
      trigger_id: "t",
    });
    expect(said).toEqual({ response_action: "errors", errors: { image: "이 항목을 채워 주세요." } });
  });

  it("a sheet has its tiles in a menu and its strength as buttons, which change it in place", async () => {
    await uploaded(Mina, `<@${BOT}> augment op:rotate n:6`, [await photo()]);
    const message = await rig.seen(/6 variants/);
    type Element = Button & { type: string; options?: { value: string; text: { text: string } }[] };
    const elements = message.blocks?.flatMap((it) => (it as { elements?: Element[] }).elements ?? []) ?? [];
    const menu = elements.find((it) => it.type === "static_select");
    expect(menu?.options?.slice(0, 2).map((it) => it.text.text)).toEqual(["original", expect.stringMatching(/^rotate/)]);
    const chosen = { type: "static_select", action_id: menu?.action_id ?? "", selected_option: menu?.options?.[1] };
    await rig.slack.press({ user: Jun, channel: CHANNEL, message, action: chosen });
    await rig.seen(/F\.rotate\(image, /);
    const stronger = elements.find((it) => it.text?.text === "Stronger") as Button;
    const { action_id, value } = stronger;
    await rig.slack.press({ user: Mina, channel: CHANNEL, message, action: { action_id, value } });
    expect((await rig.seen(/strength 0.75 · 6 variants/)).ts).toBe(message.ts);
  });

  it("a button whose command needs a picture opens the form too, and one that is gone says so", async () => {
    await rig.slack.command({ user: Mina, channel: CHANNEL, command: "/peerlab", text: "count n:77" });
    const message = await rig.seen(/count 77/);
    const buttons = message.blocks?.flatMap((it) => (it as { elements?: Button[] }).elements ?? []) ?? [];
    const { action_id, value } = buttons.find((it) => it.text?.text === "With a photo") as Button;
    const before = opened();
    await rig.slack.press({ user: Jun, channel: CHANNEL, message, action: { action_id, value } });
    const view = await openedAfter(before);
    expect(view.title.text).toBe("/augment");
    const fields = Object.fromEntries(view.blocks.map((it) => [it.block_id, it.element]));
    expect(fields["n"]).toMatchObject({ initial_value: "2" });
    expect(fields["image"]).toMatchObject({ type: "file_input" });
    await rig.slack.press({ user: Jun, channel: CHANNEL, message, action: { action_id, value: "gone" } });
    await rig.seen(/button/, Jun);
  });

  it("a message's shortcut works on its picture, asks which of several, and asks what else is needed", async () => {
    const one = await uploaded(Jun, "a hill", [await photo()]);
    await rig.slack.shortcut({ user: Mina, channel: CHANNEL, message: one, callback_id: "augment" });
    await rig.seen(/one of each augmentation/);

    const two = await uploaded(Jun, "two hills", [await photo("a.jpg", 200), await photo("b.jpg", 260)]);
    const before = opened();
    await rig.slack.shortcut({ user: Mina, channel: CHANNEL, message: two, callback_id: "augment" });
    const which = await openedAfter(before);
    const [select] = which.blocks;
    expect((select?.element["options"] as { text: { text: string } }[]).map((it) => it.text.text)).toEqual([
      "1. a.jpg",
      "2. b.jpg",
    ]);
    expect(which.blocks.some((it) => it.element.type === "file_input")).toBe(false);
    const second = { type: "static_select", selected_option: { value: two.files?.[1]?.id } };
    const values = {
      "which picture": { "which picture": second },
      n: { n: { type: "number_input", value: "3" } },
      op: { op: { type: "static_select", selected_option: { value: "flip" } } },
    };
    await rig.slack.submit(Mina, values);
    await rig.seen(/3 variants/);

    await rig.slack.shortcut({ user: Mina, channel: CHANNEL, message: two, callback_id: "label add" });
    const label = await openedAfter(before + 1);
    expect(label.blocks[0]).toMatchObject({ block_id: "class", optional: false, element: { type: "external_select" } });
    const suggested = (await rig.slack.suggest(Mina, { ...label, id: "V2" }, "class", "hill")) as {
      options: { value: string }[];
    };
    expect(suggested.options.map((it) => it.value)).toEqual(["hill"]);
    await rig.slack.submit(Mina, { class: { class: { type: "external_select", selected_option: { value: "hill" } } } });
    expect(JSON.stringify((await rig.seen(/hill/)).blocks)).toMatch(/2 pictures|hill/);
  });

  it("a mention in a thread means the nearest picture above", async () => {
    const root = await uploaded(Jun, "what a hill", [await photo("root.jpg", 250)]);
    await rig.slack.say({ user: Mina, channel: CHANNEL, text: `<@${BOT}> augment n:4 op:flip`, thread_ts: root.ts });
    const answer = await rig.seen(/4 variants/);
    expect(answer.thread_ts).toBe(root.ts);
  });

  it("a picture without words is asked about, with buttons", async () => {
    await uploaded(Mina, `<@${BOT}>`, [await photo()]);
    const asked = await rig.seen(/What shall I do with it/);
    expect(asked.blocks?.some((it) => it.type === "actions")).toBe(true);
  });

  it("direct messages are seen by nobody else, and need no mention", async () => {
    const { channel } = (await (
      await fetch(`${rig.slack.apiUrl}conversations.open`, {
        method: "POST",
        headers: { authorization: "Bearer xoxb-1", "content-type": "application/json" },
        body: JSON.stringify({ users: Jun }),
      })
    ).json()) as { channel: { id: string } };
    await rig.slack.say({ user: Jun, channel: channel.id, text: "count n:71" });
    const answer = await rig.seen(/count 71/, undefined, channel.id);
    const delivery = answer.metadata?.event_payload?.delivery ?? "";
    const sees = (userId: string, groupId: string) =>
      rig.bot().bot.outcome(delivery, 0, { userId, groupId, channel: channel.id });
    expect(await sees(`slack:${TEAM}:${Jun}`, `slack:${TEAM}:dm:${Jun}`)).toMatchObject({ command: "count" });
    expect(await sees(`slack:${TEAM}:${Jun}`, `slack:${TEAM}`)).toBeUndefined();
    await uploaded(Jun, "augment op:flip n:2", [await photo()], channel.id);
    await rig.seen(/2 variants/, undefined, channel.id);
    // Somebody's mistake is told where only they are.
    await rig.slack.say({ user: Jun, channel: channel.id, text: "count n:many" });
    expect((await rig.seen(/many/, undefined, channel.id)).ephemeral_to).toBeUndefined();
  });

  it("who administers the workspace administers its group, in the language and places that it has set", async () => {
    const set = (user: string, text: string) => rig.slack.command({ user, channel: CHANNEL, command: "/settings", text });
    await set(Jun, "replies:thread");
    await rig.seen(/administ/i, Jun);
    await set(Mina, "replies:thread");
    await rig.seen(/thread/i, Mina);
    const said = await rig.slack.say({ user: Jun, channel: CHANNEL, text: `<@${BOT}> count n:72` });
    expect((await rig.seen(/count 72/)).thread_ts).toBe(said.ts);
    await rig.slack.command({ user: Mina, channel: CHANNEL, command: "/settings", text: 'replies:"only me"' });
    await until("it to be set", async () => (await rig.bot().bot.settings(`slack:${TEAM}`)).replies === "only me");
    await rig.slack.command({ user: Jun, channel: CHANNEL, command: "/count", text: "n:73" });
    expect((await rig.seen(/count 73/, Jun)).ephemeral_to).toBe(Jun);
    await set(Mina, "replies:channel");
    await until("it to be set back", async () => (await rig.bot().bot.settings(`slack:${TEAM}`)).replies === "channel");
  });

  it("what somebody lets Peerlab forget goes from Slack too, with its files", async () => {
    await uploaded(Sora, `<@${BOT}> augment op:rotate n:5`, [await photo("gone.jpg", 270)]);
    const answer = await rig.seen(/변형 5장/);
    const picture = answer.blocks?.find((it) => it.type === "image")?.slack_file?.id ?? "";
    expect(await rig.slack.fileSize(picture)).toBeGreaterThan(0);
    await rig.slack.command({ user: Sora, channel: CHANNEL, command: "/forget", text: "" });
    const asks = await rig.seen(/지울|지우/, Sora);
    const button = asks.blocks?.flatMap((it) => it.elements ?? []).find((it) => it.action_id?.startsWith("press:"));
    if (button)
      await rig.slack.press({
        user: Sora,
        channel: CHANNEL,
        message: asks,
        action: { action_id: button.action_id ?? "", value: button.value ?? "" },
      });
    await until("the message to go", async () => !(await rig.visible()).some((it) => it.ts === answer.ts));
    await until("its file to go", async () => (await rig.slack.fileSize(picture)) === -1);
  });
});
