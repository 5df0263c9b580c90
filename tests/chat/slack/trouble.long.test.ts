import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { landscape } from "../../helpers/pictures.ts";
import { freezeWorkers, until } from "../../helpers/processes.ts";
import { openSlackBot, type SlackBot } from "../../helpers/slack/bot.ts";
import { whyNoSlack } from "../../helpers/slack/localSlack.ts";
import { BOT, CHANNEL, ELSEWHERE, PRIVATE, slackConfig, users } from "../../helpers/slack/workspace.ts";

const why = whyNoSlack();
const { Mina, Jun } = users;
const ok = (error: string) => ({ ok: false, error });
const photo = async (name = "hills.jpg", width = 240) =>
  new File([new Uint8Array(await landscape(width, width))], name, { type: "image/jpeg" });

describe.skipIf(why)(`what goes wrong on Slack${why ? ` (not here: ${why})` : ""}`, () => {
  let rig: SlackBot;
  beforeAll(async () => {
    const config = slackConfig();
    config.users.push({ id: "U09EVE", name: "<!channel> <@U02JUN> *Eve*" });
    for (const channel of config.channels) channel.members.push("U09EVE");
    config.channels.push({ id: "C04SECRET", name: "secret", is_private: true, members: [Mina] });
    rig = await openSlackBot({ PEERLAB_MAX_IMAGE_MB: "1" }, { config });
  });
  afterAll(() => rig.close());
  const ask = (text: string, channel = CHANNEL, user: string = Mina) =>
    rig.slack.command({ user, channel, command: "/peerlab", text });

  it("a limit is waited for; progress is dropped instead", async () => {
    let limited = 2;
    const slowDown = () => Response.json(ok("ratelimited"), { status: 429, headers: { "retry-after": "1" } });
    const began = Date.now();
    await rig.during(
      ({ method }) => (method === "chat.postMessage" && limited-- > 0 ? slowDown() : undefined),
      async () => {
        await ask("count n:50");
        await rig.seen(/count 50/);
      },
    );
    expect(Date.now() - began).toBeGreaterThan(1900);
    expect((await rig.visible()).filter((message) => message.text.includes("count 50"))).toHaveLength(1);

    const thaw = freezeWorkers();
    await rig.slack.upload({ user: Mina, channel: CHANNEL, text: `<@${BOT}> augment op:flip n:1` }, [await photo()]);
    const waiting = await rig.seen(/hourglass/);
    const updates = rig.called("chat.update").length;
    let isDropped = 0;
    await rig.during(
      ({ method, params }) => {
        const isProgress = method === "chat.update" && JSON.stringify(params).includes("hourglass");
        if (isProgress) isDropped++;
        return isProgress ? slowDown() : undefined;
      },
      async () => {
        thaw();
        await until("the answer", async () =>
          (await rig.visible()).find((message) => message.ts === waiting.ts && /flip/i.test(message.text)),
        );
      },
    );
    expect(isDropped).toBeLessThan(3);
    expect(rig.called("chat.update").length - updates).toBeLessThan(6);
  });

  it("a disconnect in the middle of a run loses nothing, and both sockets come back", async () => {
    const thaw = freezeWorkers();
    const { text } = await rig.slack.upload({ user: Mina, channel: CHANNEL, text: `<@${BOT}> augment op:flip n:2` }, [
      await photo(),
    ]);
    expect(text).toContain("n:2");
    const waiting = await rig.seen(/hourglass/);
    rig.slack.sockets.drop(true);
    // Sent while nobody listens: it waits for the next socket.
    const sent = ask("count n:51");
    thaw();
    await until("the answer", async () =>
      (await rig.visible()).find((message) => message.ts === waiting.ts && /2 variants/.test(message.text)),
    );
    await sent;
    await rig.seen(/count 51/);
    await until("both sockets", () => rig.slack.sockets.standing() === 2);
  });

  it("a socket that Slack renews, and one that dies silently, leave no gap", async () => {
    const opened = rig.slack.sockets.opened();
    rig.slack.sockets.refresh();
    await ask("count n:52");
    await rig.seen(/count 52/);
    await until("a new socket", () => rig.slack.sockets.opened() > opened && rig.slack.sockets.standing() === 2);
    rig.slack.sockets.silence();
    // Whichever socket they go to: what gets no answer comes again by the other.
    const sent = [ask("count n:53"), ask("count n:54")];
    await until("the silent socket to be replaced", () => rig.slack.sockets.standing() === 2, 30);
    await Promise.all(sent);
    await rig.seen(/count 53/);
    await rig.seen(/count 54/);
  });

  it("the same message under a fresh event id is worked once", async () => {
    const said = await rig.slack.say({ user: Mina, channel: CHANNEL, text: `<@${BOT}> count n:55` });
    await rig.seen(/count 55/);
    const event = { type: "app_mention", user: Mina, channel: CHANNEL, text: said.text, ts: said.ts };
    await rig.slack.send("events_api", { type: "event_callback", event_id: "EvFRESH", team_id: "T01", event });
    await ask("count n:56");
    await rig.seen(/count 56/);
    expect((await rig.visible()).filter((message) => message.text.includes("count 55"))).toHaveLength(1);
  });

  it("a file that it may not read, and a login page in its place, are told to who sent it, with what to do", async () => {
    const send = (n: number) =>
      photo().then((file) => rig.slack.upload({ user: Mina, channel: CHANNEL, text: `<@${BOT}> augment n:${n}` }, [file]));
    const page = () =>
      new Response("<!DOCTYPE html><html>Sign in</html>", { headers: { "content-type": "text/html; charset=utf-8" } });
    await rig.during(
      ({ path }) => (path.startsWith("/files-pri") ? page() : undefined),
      async () => {
        await send(3);
        expect((await rig.seen(/login page/, Mina)).text).toContain("files:read");
      },
    );
    const bare = () => new Response("\n<html>Sign in", { headers: { "content-type": "image/jpeg" } });
    await rig.during(
      ({ path }) => (path.startsWith("/files-pri") ? bare() : undefined),
      async () => {
        await send(4);
        await until(
          "the second",
          async () => (await rig.visible(Mina)).filter((message) => /login page/.test(message.text)).length === 2,
        );
      },
    );
    await rig.during(
      ({ path }) => (path.startsWith("/files-pri") ? new Response("", { status: 403 }) : undefined),
      async () => {
        await send(3);
        await rig.seen(/may not read/, Mina);
      },
    );
    expect((await rig.visible(Jun)).filter((message) => message.ephemeral_to)).toEqual([]);
  });

  it("a picture that is too large is refused with the limit", async () => {
    const noise = new Uint8Array(1_500_000).map((_, index) => (index * 2654435761) >>> 24);
    noise.set([0xff, 0xd8, 0xff, 0xe0]);
    await rig.slack.upload({ user: Mina, channel: CHANNEL, text: `<@${BOT}> augment` }, [
      new File([noise], "huge.jpg", { type: "image/jpeg" }),
    ]);
    await rig.seen(/MB/, Mina);
  });

  it("where Slack takes no file, the answer says where it can be downloaded", async () => {
    await rig.during(
      ({ method }) => (method === "files.getUploadURLExternal" ? ok("file_uploads_disabled") : undefined),
      async () => {
        await rig.slack.upload({ user: Mina, channel: CHANNEL, text: `<@${BOT}> blocks letters:3` }, [await photo("linked.jpg")]);
        await rig.seen(/linked\.jpg.*https?:\/\/\S+\/files\//);
      },
    );
  });

  it("an answer to somebody who has left is given up, and everything else goes on", async () => {
    const gone: Record<string, string> = {
      "users.info": "user_not_found",
      "chat.postEphemeral": "user_not_in_channel",
      "conversations.open": "user_not_found",
    };
    await rig.during(
      ({ method, path }) => {
        if (path.startsWith("/_hooks/response/")) return new Response("expired_url", { status: 404 });
        const error = gone[method];
        return error ? ok(error) : undefined;
      },
      async () => {
        await ask("secret", CHANNEL, Jun);
        await until("the end of it", () =>
          rig.bot().logged.some((line) => line.includes("a delivery is given up") || line.includes("user_not_found")),
        );
      },
    );
    await ask("count n:57");
    await rig.seen(/count 57/);
  });

  it("a trigger that has expired is told, with what to do", async () => {
    const command = { user: Mina, channel: CHANNEL, command: "/augment", text: "" };
    await rig.during(
      ({ method }) => (method === "views.open" ? ok("expired_trigger_id") : undefined),
      async () => {
        await rig.slack.command(command);
        await rig.seen(/too slow to open the form/, Mina);
      },
    );
  });

  it("an archived channel: the asker alone gets the answer", async () => {
    rig.slack.world.archived.add(CHANNEL);
    await ask("count n:58");
    expect((await rig.seen(/count 58/, Mina)).ephemeral_to).toBe(Mina);
    rig.slack.world.archived.delete(CHANNEL);
  });

  it("a response_url that was used five times: the answer comes another way", async () => {
    const used = () => rig.slack.calls.filter((call) => call.path.startsWith("/_hooks/response/")).length;
    const before = used();
    const posted = rig.called("chat.postEphemeral", /a secret/).length;
    await rig.during(
      ({ path }) => (path.startsWith("/_hooks/response/") ? new Response("used_url", { status: 404 }) : undefined),
      async () => {
        await ask("secret");
        await until("an ephemeral message", () => rig.called("chat.postEphemeral", /a secret/).length > posted);
      },
    );
    expect(used()).toBe(before + 1);
  });

  it("a public channel without the bot is joined; one that it cannot join is told to the asker alone", async () => {
    await rig.slack.command({ user: Mina, channel: ELSEWHERE, command: "/peerlab", text: "count n:59" });
    await rig.seen(/count 59/, undefined, ELSEWHERE);
    expect(rig.called("conversations.join")).toHaveLength(1);
    await rig.slack.command({
      user: Mina,
      channel: "C04SECRET",
      command: "/peerlab",
      text: "count n:60",
      channel_name: "privategroup",
    });
    const alone = await rig.seen(/count 60/, Mina, "C04SECRET");
    expect(alone.ephemeral_to).toBe(Mina);
    await rig.seen(/invite @Peerlab/, Mina, "C04SECRET");
  });

  it("a message that somebody deleted is posted anew", async () => {
    await ask("count n:61");
    const message = await rig.seen(/count 61/);
    const more = message.blocks?.find((block) => block.type === "actions")?.elements?.[0];
    await rig.during(
      ({ method }) => (method === "chat.update" ? ok("message_not_found") : undefined),
      async () => {
        await rig.slack.press({
          user: Mina,
          channel: CHANNEL,
          message,
          action: { action_id: more?.action_id ?? "", value: more?.value ?? "" },
        });
        const anew = await rig.seen(/count 62/);
        expect(anew.ts).not.toBe(message.ts);
      },
    );
  });

  it("a message that is too long for Slack is cut smaller, and nothing of it is lost", async () => {
    const isLong = (params: object) => JSON.stringify(params).length > 2500;
    await rig.during(
      ({ method, params }) => (/^chat\.(postMessage|update)$/.test(method) && isLong(params) ? ok("msg_too_long") : undefined),
      async () => {
        await ask("blocks letters:4000 buttons:0");
        await until("all of it", async () => {
          const all = (await rig.visible()).map((message) => JSON.stringify(message.blocks ?? [])).join("");
          return (all.match(/x{20,}/g) ?? []).join("").length >= 4000;
        });
      },
    );
  });

  it("nobody is pinged by a name, a table or what was typed", async () => {
    const from = rig.slack.calls.length;
    await ask("count n:<!channel>", CHANNEL, "U09EVE");
    await rig.seen(/channel/, "U09EVE");
    await rig.slack.say({ user: "U09EVE", channel: CHANNEL, text: `<@${BOT}> history` });
    await rig.seen(/Eve/);
    const said = JSON.stringify(
      rig.slack.calls.slice(from).filter((call) => /^chat\.|response/.test(call.path.replace("/api/", ""))),
    );
    expect(said).not.toMatch(/<!|<@/);
    expect(said).toContain("&lt;!channel&gt;");
  });

  it("a token that is refused is logged with what to do; the rest goes on, and so does Slack when it works again", async () => {
    await rig.during(
      ({ path }) => (path.startsWith("/api/") ? ok("token_revoked") : undefined),
      async () => {
        await ask("count n:63");
        await until("the log", () =>
          rig.bot().logged.some((line) => line.includes('"refused"') && line.includes("install the app again")),
        );
      },
    );
    await rig.seen(/count 63/);
  });

  it("a private channel is its members' own", async () => {
    await rig.slack.say({ user: Mina, channel: PRIVATE, text: `<@${BOT}> count n:64` });
    await rig.seen(/count 64/, undefined, PRIVATE);
    const kept = await rig.bot().bot.outcome("00000000-0000-5000-8000-000000000000", 0, { userId: "x", groupId: "slack:T01" });
    expect(kept).toBeUndefined();
    const shown = (await rig.visible(undefined, PRIVATE))[0]?.metadata?.event_payload?.delivery ?? "";
    const seenBy = (userId: string, channel: string) =>
      rig.bot().bot.outcome(shown, 0, { userId, groupId: "slack:T01", channel });
    expect(await seenBy("slack:T01:U02JUN", PRIVATE)).toBeDefined();
    expect(await seenBy("slack:T01:U02JUN", CHANNEL)).toBeUndefined();
  });
});
