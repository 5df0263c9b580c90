import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestBot, type TestBot } from "../helpers/bot.ts";

const owner = { id: randomUUID(), name: "Mina" };
const jun = { id: randomUUID(), name: "Jun" };
let lab: TestBot;
beforeAll(async () => {
  lab = await openTestBot();
  for (const { id, name } of [owner, jun]) await lab.bot.claimName(id, name);
});
afterAll(() => lab.erase());

const ask = (input: string, user = owner) => lab.ask(input, [], { user });

describe("a group's settings", () => {
  it("are shown, and are the administrators' to change", async () => {
    const { reply } = await ask("/settings");
    expect(reply?.data).toEqual({ settings: { replies: "channel" }, changed: false });
    expect((await ask("/settings language:ko", jun)).reply?.data).toMatchObject({ error: "administrators_only" });
  });

  it("give every answer one language, whatever each person's is", async () => {
    await ask("/settings language:Korean");
    expect((await ask("/status", jun)).reply?.text).toContain("웹 채팅");
    await ask("/설정 언어:own");
    expect((await ask("/status", jun)).reply?.text).toContain("Web chat");
  });

  it("close a channel to all but who can open it again", async () => {
    await lab.web.openChannel("lab");
    await lab.ask("/settings channel:open", [], { user: owner, channel: "lab" });
    const refused = await ask("/status", jun);
    expect(refused).toMatchObject({ status: "mistake", reply: { data: { error: "closed_channel" } } });
    expect((await lab.bot.outcome(refused.id, 0, { userId: owner.id, groupId: "local" }))?.reply).toBeUndefined();
    expect((await ask("/settings channel:everywhere")).reply?.data).toMatchObject({ settings: { replies: "channel" } });
    expect((await ask("/status", jun)).status).toBe("done");
  });

  it("keep answers to who asked", async () => {
    await ask('/settings replies:"only me"');
    const asked = await ask("/models list", jun);
    expect(asked.status).toBe("done");
    expect(await lab.bot.outcome(asked.id, 0, { userId: owner.id, groupId: "local" })).toBeUndefined();
    await ask("/settings replies:channel");
  });

  it("say what is wrong with a time or a zone", async () => {
    const { reply } = await ask("/settings quiet:22:00-8:00 timezone:Asia/Seoul");
    expect(reply?.data).toMatchObject({ settings: { quiet: { from: "22:00", to: "08:00" }, timeZone: "Asia/Seoul" } });
    expect((await ask("/settings quiet:late")).reply?.data).toMatchObject({ error: "bad_quiet_hours" });
    expect((await ask("/settings quiet:25:00-08:00")).reply?.data).toMatchObject({ error: "bad_quiet_hours" });
    expect((await ask("/settings timezone:Seoul")).reply?.data).toMatchObject({ error: "bad_time_zone" });
    expect((await ask("/settings quiet:off")).reply?.data).not.toMatchObject({ settings: { quiet: expect.anything() } });
  });
});
