import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Progress, throttleProgress } from "../../src/jobs/progress.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const collect = () => {
  const sent: { done: number; at: number }[] = [];
  const start = Date.now();
  const send = async ({ done }: Progress) => void sent.push({ done, at: Date.now() - start });
  return { sent, ...throttleProgress(send) };
};

describe("a job's progress", () => {
  it("leaves at once the first time, then at most once in 250 ms, and always the newest", async () => {
    const { sent, report } = collect();
    for (let done = 0; done < 100; done++) {
      await report({ done, of: 100 });
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(sent).toEqual([
      { done: 0, at: 0 },
      { done: 24, at: 250 },
      { done: 49, at: 500 },
      { done: 74, at: 750 },
      { done: 99, at: 1000 },
    ]);
  });

  it("leaves at once again after a pause", async () => {
    const { sent, report } = collect();
    await report({ done: 1, of: 9 });
    await vi.advanceTimersByTimeAsync(1000);
    await report({ done: 2, of: 9 });
    expect(sent.map((it) => it.at)).toEqual([0, 1000]);
  });

  it("is sent to the last when the job has ended, and nothing after it", async () => {
    const { sent, report, flush } = collect();
    for (let done = 0; done <= 9; done++) await report({ done, of: 9 });
    await flush();
    await flush();
    expect(sent.map((it) => it.done)).toEqual([0, 9]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("tells the job when the queue takes none any more", async () => {
    const { report } = throttleProgress(() => Promise.reject(new Error("the queue is closed")));
    await expect(report({ done: 0, of: 1 })).rejects.toThrow("closed");
  });
});
