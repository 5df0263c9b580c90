import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { contracts } from "../../src/jobs/contracts.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { until } from "../helpers/processes.ts";

const jun = { id: "jun", name: "Jun" };
const { queue } = contracts.arch;
/** No command trains yet, so a drawing is made heavy: its job goes through the real queue `train` and its child. */
beforeAll(() => void Object.assign(contracts.arch, { queue: "train" }));
afterAll(() => void Object.assign(contracts.arch, { queue }));

describe("one heavy run of a person at a time, in the whole bot", () => {
  let lab: TestBot;
  beforeEach(async () => {
    lab = await openTestBot();
  });
  afterEach(() => lab.erase());

  const draw = (user = mina) => lab.send("/arch net:resnet20", [], { user });

  it("of ten runs of one person and one of another, the other's first is second at the latest", async () => {
    const ended: string[] = [];
    const ask = async (user: typeof mina) => {
      const id = await draw(user);
      void lab.answerTo(id, user).then(() => ended.push(user.id));
    };
    for (let nth = 0; nth < 10; nth++) await ask(mina);
    await ask(jun);
    await until("all to end", () => ended.length === 11, 60);
    expect(ended.slice(0, 2)).toContain("jun");
  }, 90_000);

  it("goes on with what waited after a restart", async () => {
    const asked = [await draw(), await draw(), await draw()];
    await lab.close();
    lab = await openTestBot(lab.home);
    const outcomes = await Promise.all(asked.map((it) => lab.answerTo(it)));
    expect(outcomes.map((it) => it.status)).toEqual(["done", "done", "done"]);
  }, 90_000);

  const trainQueue = async () => {
    const { reply } = await lab.ask("/status");
    return (reply?.data as { queues: { train: { waiting: number; active: number } } }).queues.train;
  };
  const statuses = async () => {
    const { reply } = await lab.ask("/history");
    const { requests } = reply?.data as { requests: { id: string; status: string }[] };
    return new Map(requests.map((it) => [it.id, it.status]));
  };

  it("says which wait, and cancels those, without harm to the others", async () => {
    const [first, second, third] = [await draw(), await draw(), await draw()];
    await until("the first to run", async () => (await trainQueue()).active === 1);
    expect(await trainQueue()).toEqual({ waiting: 2, active: 1 });
    expect([(await statuses()).get(second), (await statuses()).get(third)]).toEqual(["waiting", "waiting"]);
    const { reply } = await lab.ask(`/cancel id:${second.slice(0, 8)}`);
    expect(reply?.text).toBeTruthy();
    expect((await lab.answerTo(second)).status).toBe("cancelled");
    expect([(await lab.answerTo(first)).status, (await lab.answerTo(third)).status]).toEqual(["done", "done"]);
    expect(await trainQueue()).toEqual({ waiting: 0, active: 0 });
  }, 90_000);
});
