import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { fault, rateLimited } from "../../helpers/discord/refusals.ts";
import { BOT, CHANNEL, ELSEWHERE, users } from "../../helpers/discord/server.ts";
import { openTalk, type Talk } from "../../helpers/discord/talk.ts";
import { until } from "../../helpers/processes.ts";

/** What Discord refuses, and what comes of it for those who asked. */
let talk: Talk;
beforeAll(async () => {
  talk = await openTalk();
});
afterEach(() => {
  Object.assign(talk.double.staged, { before: () => undefined, now: Date.now });
});
afterAll(async () => {
  await talk.close();
  expect(talk.complaints()).toEqual([]);
});

const ORIGINAL = /^PATCH \/webhooks\/.*@original$/;
const ACKNOWLEDGEMENT = /callback$/;
const direct = (user: string = users.Mina) => talk.double.directChannel(user);
const minutesLater = (minutes: number) => () => Date.now() + minutes * 60_000;
const saying = async (text: string, user: string = users.Mina) =>
  (await talk.double.shownTo(user, CHANNEL)).filter((it) => it.content === text);

describe("an acknowledgement", () => {
  it("that comes late (10062) is answered all the same, by the bot's own token", async () => {
    const refused = talk.refuse(ACKNOWLEDGEMENT, () => fault(404, 10062, "Unknown interaction"), 1);
    await talk.settled((await talk.command("/count n:60")).id);
    expect(refused.count).toBe(1);
    expect(await saying("count 60")).toHaveLength(1);
  });

  it("that was taken already (40060) loses and doubles nothing", async () => {
    const { id, event } = await talk.command("/count n:61");
    await talk.settled(id);
    talk.double.repeat(event);
    await talk.settled((await talk.command("/count n:62")).id);
    expect([await saying("count 61"), await saying("count 62")].map((it) => it.length)).toEqual([1, 1]);
    talk.refuse(ACKNOWLEDGEMENT, () => fault(400, 40060, "Interaction has already been acknowledged."), 1);
    await talk.settled((await talk.command("/count n:63")).id);
    expect(await saying("count 63")).toHaveLength(1);
  });
});

describe("an answer", () => {
  it("whose token has expired (50027) is a message of the bot's own", async () => {
    const refused = talk.refuse(/webhooks/, () => fault(401, 50027, "Invalid Webhook Token"));
    await talk.settled((await talk.command("/count n:64")).id);
    expect(refused.count).toBeGreaterThan(0);
    expect(await saying("count 64")).toHaveLength(1);
  });

  it("for one person, whose token has expired (50027), comes in their direct messages", async () => {
    talk.refuse(/webhooks/, () => fault(401, 50027, "Invalid Webhook Token"));
    await talk.settled((await talk.command("/secret")).id);
    await talk.shown("a secret", { channel: direct() });
    expect(await saying("a secret")).toEqual([]);
  });

  it.each([
    [50013, "Missing Permissions"],
    [50001, "Missing Access"],
  ])("where the bot may not write (%i) reaches its asker alone, and says what to do", async (code, said) => {
    const refused = talk.refuse(/^(POST|PATCH) \/(channels\/200\/|webhooks\/.*@original)/, () => fault(403, code, said));
    await talk.settled((await talk.command(`/count n:${65 + (code % 10)}`)).id);
    expect(refused.count).toBeGreaterThan(0);
    await talk.shown("I may not write in that channel");
    const [notice] = (await talk.double.shownTo(users.Jun, CHANNEL)).filter((it) => it.content.includes("I may not write"));
    expect(notice).toBeUndefined();
    await talk.shown(`count ${65 + (code % 10)}`);
  });

  it("that AutoMod blocks (200000) reaches its asker alone", async () => {
    talk.refuse(ORIGINAL, () => fault(400, 200000, "Message was blocked by automatic moderation"), 1);
    await talk.settled((await talk.command("/count n:70")).id);
    await talk.shown("AutoMod");
    expect((await saying("count 70", users.Jun)).length).toBe(0);
    expect((await saying("count 70")).length).toBe(1);
  });

  it("whose message was deleted (10008), or edited too often (30046), is posted anew", async () => {
    for (const [n, code] of [
      [71, 10008],
      [72, 30046],
    ] as const) {
      talk.refuse(ORIGINAL, () => fault(code === 10008 ? 404 : 400, code, "no"), 1);
      await talk.settled((await talk.command(`/count n:${n}`)).id);
      expect(await saying(`count ${n}`)).toHaveLength(1);
    }
  });

  it("that is too long for Discord after all (50035) comes in smaller messages", async () => {
    talk.double.staged.before = ({ body }) =>
      (body?.content?.length ?? 0) > 900 ? fault(400, 50035, "Invalid Form Body") : undefined;
    await talk.settled((await talk.command("/blocks letters:5000 buttons:0")).id);
    const letters = (await talk.double.shownTo(users.Mina, CHANNEL)).map((it) => it.content.match(/x{20,}/)?.[0].length ?? 0);
    expect(letters.reduce((sum, it) => sum + it, 0)).toBe(5000);
  });

  it("whose file Discord finds too large (40005) says where to download it", async () => {
    talk.double.staged.before = ({ added }) => (added.length > 0 ? fault(413, 40005, "Request entity too large") : undefined);
    await talk.settled((await talk.command("/blocks buttons:0", [new File(["four"], "notes.txt")])).id);
    expect((await talk.shown("notes.txt")).content).toMatch(/https?:\/\/\S+\/files\/[0-9a-f]{64}/);
  });

  it("for somebody who left (50007, 50278) is given up, and nothing else waits for it", async () => {
    talk.double.staged.before = ({ path, method }) => {
      if (path.includes("webhooks")) return fault(401, 50027, "Invalid Webhook Token");
      return method === "POST" && path.includes(direct()) ? fault(403, 50278, "no server in common") : undefined;
    };
    const { id } = await talk.command("/secret");
    await talk.settled(id, "failed");
    await talk.settled((await talk.command("/count n:73")).id);
  });

  it("in an archived thread (50083) wakes it", async () => {
    let isAsleep = true;
    talk.double.staged.before = ({ method, path }) => {
      if (path.startsWith("/webhooks")) return fault(401, 50027, "Invalid Webhook Token");
      if (method === "PATCH" && path === `/channels/${CHANNEL}`) {
        isAsleep = false;
        return Response.json({ id: CHANNEL, type: 0 });
      }
      return isAsleep && method === "POST" && path.endsWith("/messages") ? fault(400, 50083, "Thread is archived") : undefined;
    };
    await talk.settled((await talk.command("/count n:74")).id);
    expect(isAsleep).toBe(false);
    expect(await saying("count 74")).toHaveLength(1);
  });

  it("in a channel that is gone (10003) goes to its asker's direct messages, where the token holds no longer", async () => {
    talk.double.staged.before = ({ path }) => {
      if (path.startsWith("/webhooks")) return fault(401, 50027, "Invalid Webhook Token");
      return path.includes(`/channels/${ELSEWHERE}/`) ? fault(404, 10003, "Unknown Channel") : undefined;
    };
    await talk.settled((await talk.command("/count n:75", [], { channelId: ELSEWHERE })).id);
    await talk.shown("count 75", { channel: direct() });
  });

  it.each([
    ["a route's", false],
    ["a global one", true],
  ])("at %s rate limit (429) is sent when that is over", async (_, isGlobal) => {
    const refused = talk.refuse(ORIGINAL, () => rateLimited(0.2, isGlobal), 1);
    const n = isGlobal ? 77 : 76;
    await talk.settled((await talk.command(`/count n:${n}`)).id);
    expect(refused.count).toBe(1);
    expect(await saying(`count ${n}`)).toHaveLength(1);
  });

  it("through a server error, and a request that hangs up, is sent once it works", async () => {
    talk.refuse(ORIGINAL, () => fault(503, 0, "upstream connect error"), 3);
    await talk.settled((await talk.command("/count n:78")).id);
    expect(await saying("count 78")).toHaveLength(1);
  });
});

describe("the connection", () => {
  it("that drops resumes, and what happened meanwhile is answered once", async () => {
    talk.double.drop();
    const { id } = await talk.command("/count n:79");
    await talk.settled(id);
    expect(await saying("count 79")).toHaveLength(1);
  });

  it("that has to begin anew goes on, in the midst of work", async () => {
    const before = await talk.command("/count n:80");
    talk.double.drop(4009);
    await talk.settled(before.id);
    await until("a new session", talk.double.isConnected);
    await talk.settled((await talk.command("/count n:81")).id);
  });
});

describe("what peers do", () => {
  it("a name with a mention in it pings nobody", async () => {
    const picture = { name: "<@everyone> _x_.txt", type: "text/plain" };
    const large = new File([new Uint8Array(11_000_000)], picture.name);
    await talk.settled((await talk.command("/blocks buttons:0", [large])).id);
    const { content } = await talk.shown("everyone");
    expect(content).toContain("\\<\\@everyone\\>");
    const pinging = talk.double.calls.filter((it) => (it.body?.allowed_mentions?.parse ?? []).length > 0);
    expect(pinging).toEqual([]);
  });

  it("a file whose link is dead is said to them alone", async () => {
    const { double } = talk;
    const file = double.upload("gone.jpg", "image/jpeg", Buffer.from("x"));
    double.files.delete(file.id);
    const options = [{ name: "images", type: 11, value: file.id }];
    const data = { id: "1", name: "blocks", type: 1, options, resolved: { attachments: { [file.id]: file } } };
    await double.act({ type: 2, channelId: CHANNEL, userId: users.Mina, data });
    const said = await talk.shown("gone.jpg");
    expect((said.flags ?? 0) & 64).toBe(64);
  });

  it("a mention in a thread is answered there, as a reply", async () => {
    const { id } = await talk.double.say(CHANNEL, users.Jun, `<@${BOT}> count n:82`);
    await talk.settled(talk.idOf(id));
    await talk.shown("count 82");
    const sent = talk.double.calls.find((it) => it.method === "POST" && it.body?.content === "count 82");
    expect(sent?.body.message_reference).toEqual({ message_id: id, fail_if_not_exists: false });
  });

  it("what is said to others is none of the bot's business", async () => {
    const calls = talk.double.calls.length;
    await talk.double.say(CHANNEL, users.Jun, "count n:83");
    await talk.settled((await talk.command("/count n:84")).id);
    expect(talk.double.calls.slice(calls).some((it) => JSON.stringify(it.body ?? "").includes("count 83"))).toBe(false);
  });

  it("an answer after 15 minutes is the bot's own message", async () => {
    talk.double.staged.before = ({ path }) => {
      // The clock moves on once the interaction is acknowledged.
      if (path.endsWith("/callback")) setImmediate(() => Object.assign(talk.double.staged, { now: minutesLater(16) }));
      return undefined;
    };
    await talk.settled((await talk.command("/count n:85")).id);
    expect(await saying("count 85")).toHaveLength(1);
  });
});
