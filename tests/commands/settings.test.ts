import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCard } from "../../src/models/cardMetadata.ts";
import { readModel } from "../../src/onnx/file.ts";
import { shippedFolder } from "../../src/store/shippedModels.ts";
import { openTestBot, type TestBot } from "../helpers/bot.ts";

const owner = { id: randomUUID(), name: "Mina" };
const jun = { id: randomUUID(), name: "Jun" };
let lab: TestBot;
beforeAll(async () => {
  lab = await openTestBot();
  for (const { id, name } of [owner, jun]) await lab.bot.claimName(id, name);
});
afterAll(() => lab.erase());

/** The card of a model that ships. */
const shippedCard = () => {
  const card = readCard(readModel(readFileSync(join(shippedFolder, "resnet8.cifar10.onnx"))));
  if (!card) throw new Error("Expected a card");
  return card;
};

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

  it("name the model that answers where none is named, of those there are", async () => {
    const refused = await ask("/settings model:shapes");
    expect(refused.status).toBe("mistake");
    const card = shippedCard();
    const added = { groupId: "local", name: "ours", blob: "0".repeat(64), bytes: 1, card: { ...card, name: "ours" } };
    await lab.store.models.put({ ...added, addedBy: jun.name, addedById: jun.id, crashes: 0 });
    const vouched = { ...added, groupId: "shared", name: card.name, blob: "1".repeat(64), card };
    await lab.store.models.put({ ...vouched, addedBy: "Peerlab", addedById: null, crashes: 0 });
    const answering = async () => (await ask("/models details", jun)).reply?.text.split("\n")[0];
    expect(await answering()).toContain(card.name);
    expect((await ask("/settings model:ours", jun)).reply?.data).toMatchObject({ error: "administrators_only" });
    expect((await ask("/설정 모델:ours")).reply?.data).toMatchObject({ settings: { model: "ours" } });
    expect(await answering()).toContain("ours");
    // One that is set aside, or gone, is nobody's default.
    await lab.store.models.crashed(added.blob, "local");
    await lab.store.models.crashed(added.blob, "local");
    expect(await answering()).toContain(card.name);
    await lab.store.models.remove(added);
    expect(await answering()).toContain(card.name);
    expect((await ask("/settings model:best")).reply?.data).not.toMatchObject({ settings: { model: "ours" } });
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
