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
});
