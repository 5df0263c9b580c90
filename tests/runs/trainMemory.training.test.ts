/** Takes minutes: a thousand steps in a real worker's child. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChannelEvent } from "../../src/chat/web/message.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { trainChild, until } from "../helpers/processes.ts";

const SECONDS = 3000;

describe.skipIf(process.platform !== "linux")("a learning run (needs /proc)", () => {
  let lab: TestBot;
  let done = new Map<string, number>();
  beforeAll(async () => {
    lab = await openTestBot();
    done = new Map();
    lab.web.listen((_: unknown, event: ChannelEvent) => {
      if (event.type === "progress") done.set(event.request, event.done);
    });
  });
  afterAll(() => lab.erase());

  it("takes no more memory after 1,000 steps than after 200", {
    timeout: (SECONDS + 60) * 1000,
  }, async () => {
    const id = await lab.send("/train resnet8 preset:lesson");
    /** Resident megabytes of its child at a step. */
    const residentAt = async (step: number) => {
      await until(`step ${step}`, () => (done.get(id) ?? 0) >= step, SECONDS);
      const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${trainChild()}/status`, "latin1")) ?? [];
      return (Number(kilobytes) * 1024) / 1e6;
    };
    const [early, late] = [await residentAt(200), await residentAt(1_000)];
    console.log(`${early.toFixed(0)} MB after 200 steps, ${late.toFixed(0)} MB after 1,000`);
    await lab.ask("/cancel");
    expect((await lab.answerTo(id, mina, 300)).status).toBe("cancelled");
    expect(late - early).toBeLessThan(100);
  });
});
