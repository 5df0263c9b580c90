import { PGlite } from "@electric-sql/pglite";
import { describe, expect, it } from "vitest";
import { openAlarms } from "../../src/jobs/alarms.ts";
import { embeddedQueue } from "../../src/jobs/embedded.ts";
import { redisQueue } from "../../src/jobs/transport.ts";
import { openLog } from "../../src/log.ts";
import { until } from "../helpers/processes.ts";
import { redisMissing, startRedis } from "../helpers/redis.ts";

const log = openLog({ log: "silent" });
const daily = { at: "21:00", days: [0, 1, 2, 3, 4, 5, 6], timeZone: "Asia/Seoul" };

const queues = {
  embedded: async () => {
    const engine = await PGlite.create();
    return { open: () => embeddedQueue(engine, log), stop: () => engine.close() };
  },
  Redis: async () => {
    const { url, stop } = await startRedis();
    return { open: async () => redisQueue(url, log), stop };
  },
};
const testable = (Object.keys(queues) as (keyof typeof queues)[]).filter((name) => name !== "Redis" || !redisMissing);

describe.each(testable)(`alarms (%s)${redisMissing}`, (name) => {
  it("ring at their times, follow their table, and ring after a restart for what came meanwhile", async () => {
    const { open, stop } = await queues[name]();
    const rung: string[] = [];
    const ring = async (id: string) => void rung.push(id);
    const first = await open();
    // A clock on which everything is due a moment later, again and again.
    const alarms = openAlarms(first, (after) => after + 150);
    await alarms.reconcile([
      { id: "a", recurrence: daily },
      { id: "b", recurrence: daily },
    ]);
    await alarms.serve(ring);
    const times = (id: string) => rung.filter((it) => it === id).length;
    await until("each has rung twice", () => times("a") > 1 && times("b") > 1);

    await alarms.reconcile([{ id: "b", recurrence: daily }]);
    await alarms.reconcile([{ id: "b", recurrence: daily }]);
    const [a, b] = [times("a"), times("b")];
    await until("the other goes on", () => times("b") > b + 1);
    expect(times("a")).toBeLessThanOrEqual(a + 1); // one may have been on its way
    await first.close();

    rung.length = 0;
    const second = await open();
    const again = openAlarms(second); // the real calendar: the next time is hours away
    await again.serve(ring);
    await until("what was due meanwhile rings", () => times("b") > 0);
    await again.reconcile([{ id: "b", recurrence: daily }]);
    await again.again("c", 50);
    await until("one that was asked for", () => times("c") > 0);
    expect(times("a")).toBe(0);
    await second.close();
    await stop();
  });
});
