import { PGlite } from "@electric-sql/pglite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { contracts } from "../../src/jobs/contracts.ts";
import { embeddedQueue } from "../../src/jobs/embedded.ts";
import { type Flows, openFlows } from "../../src/jobs/flows.ts";
import { redisQueue, type Transport } from "../../src/jobs/transport.ts";
import { openLog } from "../../src/log.ts";
import { until } from "../helpers/processes.ts";
import { redisMissing, startRedis } from "../helpers/redis.ts";

const { queue } = contracts.arch;
/** No command trains yet, so a drawing is made heavy: its job goes through the real queue `train` and its child. */
beforeAll(() => void Object.assign(contracts.arch, { queue: "train" }));
afterAll(() => void Object.assign(contracts.arch, { queue }));

const log = openLog({ log: "silent" });
const queues = {
  embedded: async () => ({ transport: await embeddedQueue(await PGlite.create(), log), stop: async () => {} }),
  Redis: async () => {
    const { url, stop } = await startRedis();
    return { transport: redisQueue(url, log), stop };
  },
};
const testable = (Object.keys(queues) as (keyof typeof queues)[]).filter((name) => name !== "Redis" || !redisMissing);

describe.each(testable)(`the queue (%s), while no host serves it${redisMissing}`, (name) => {
  let transport: Transport;
  let stop: () => Promise<void>;
  let flows: Flows;
  const open = () => openFlows(transport, { remove: async () => {} });
  beforeEach(async () => {
    ({ transport, stop } = await queues[name]());
    flows = await open();
  });
  afterEach(async () => {
    await transport.close(true);
    await stop();
  });

  const start = (request: string, person: string) =>
    flows.start(request, { job: "arch", input: { net: "resnet20", lang: "en" } }, { person, priority: 1 });
  const queued = async () => (await transport.queue("train").getJobs(["prioritized", "waiting"])).map((it) => it.id).sort();

  it("has one heavy job of a person, also after restarts that ask again in another order", async () => {
    await start("mina-2", "mina");
    await start("mina-3", "mina");
    await start("jun-1", "jun");
    flows = await open();
    await start("mina-1", "mina");
    await start("mina-3", "mina");
    await start("mina-2", "mina");
    await start("jun-1", "jun");
    expect(await queued()).toEqual(["jun-1", "mina-2"]);
    expect((await flows.lengths()).train).toEqual({ waiting: 4, active: 0 });
  });

  it("gets the next of a person when one is cancelled that had not begun", async () => {
    await flows.onResult(async () => {});
    await start("mina-1", "mina");
    await start("mina-2", "mina");
    await start("mina-3", "mina");
    await flows.cancel("mina-2");
    await flows.cancel("mina-1");
    await until("the third", async () => (await queued()).includes("mina-3"));
    expect(await queued()).toEqual(["mina-3"]);
  });

  it("gives a person's turn to their next when their first could not be queued and was cancelled", async () => {
    const add = transport.flows.add;
    transport.flows.add = () => Promise.reject(new Error("the queue cannot be reached"));
    await expect(start("mina-1", "mina")).rejects.toThrow("cannot be reached");
    transport.flows.add = add;
    await flows.cancel("mina-1");
    await start("mina-2", "mina");
    expect(await queued()).toEqual(["mina-2"]);
  });

  it("takes as much other work of a person as they ask for", async () => {
    const mix = { job: "fetchModel", input: {} } as unknown as Parameters<Flows["start"]>[1];
    for (const request of ["a", "b", "c"]) await flows.start(request, mix, { person: "mina", priority: 1 });
    expect((await flows.lengths()).fetch).toEqual({ waiting: 3, active: 0 });
  });
});
