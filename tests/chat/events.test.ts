import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openEvents } from "../../src/chat/events.ts";
import type { AdapterName } from "../../src/place.ts";
import type { RequestRow } from "../../src/store/requests.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const place = (adapter: AdapterName) => ({ adapter, group: "guild", channel: "lounge" });

const heard = (secondsBetween?: number) => {
  const events = openEvents();
  const all: { request: string; done: number; at: number }[] = [];
  const start = Date.now();
  events.onProgress("web", ({ request, done }) => all.push({ request, done, at: Date.now() - start }), secondsBetween);
  const report = (request: string, done: number, adapter: AdapterName = "web") =>
    events.progress({ request, place: place(adapter), done, of: 100, note: "" });
  return { all, report, ended: events.ended };
};

describe("progress, as a chat hears it", () => {
  it("is all of it where a message can be edited as often as one likes, and only its own", () => {
    const { all, report } = heard();
    for (let done = 0; done < 50; done++) report("a", done);
    report("b", 1, "terminal");
    expect(all.map(({ done }) => done)).toEqual(Array.from({ length: 50 }, (_, it) => it));
  });

  it("is at most one edit in five seconds of each message, always the newest, and at once after a pause", async () => {
    const { all, report } = heard(5);
    for (let second = 0; second < 12; second++) {
      report("a", second);
      if (second === 3) report("b", second);
      await vi.advanceTimersByTimeAsync(1000);
    }
    await vi.advanceTimersByTimeAsync(10_000);
    report("a", 99);
    expect(all.filter((it) => it.request === "a").map(({ done, at }) => [done, at])).toEqual([
      [0, 0],
      [4, 5000],
      [9, 10_000],
      [11, 15_000],
      [99, 22_000],
    ]);
    expect(all.filter((it) => it.request === "b")).toEqual([{ request: "b", done: 3, at: 3000 }]);
  });

  it("ends with the answer: what was held back does not come after it", async () => {
    const { all, report, ended } = heard(5);
    report("a", 1);
    report("a", 2);
    ended({ id: "a" } as RequestRow);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(all.map(({ done }) => done)).toEqual([1]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
