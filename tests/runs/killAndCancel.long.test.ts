import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { train } from "../../commands/train.ts";
import type { ChannelEvent } from "../../src/chat/web/message.ts";
import type { RunReport } from "../../src/runs/report.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { isRunning, trainChild, until } from "../helpers/processes.ts";
import { hashOfWeights } from "../helpers/weightsHash.ts";

/** Learning runs that are killed and stopped while they train, through the real bot. */
let lab: TestBot;
/** When the work of each request was seen to have come further. */
const seen: { request: string; done: number; of: number; at: number }[] = [];
beforeAll(async () => {
  lab = await openTestBot();
  lab.web.listen((_: unknown, event: ChannelEvent) => {
    if (event.type === "progress") seen.push({ request: event.request, done: event.done, of: event.of, at: performance.now() });
  });
});
afterAll(() => lab.erase());

/** Long enough for a machine that trains something else at the same time. */
const SECONDS = 1500;
const LIMIT = { timeout: 2 * SECONDS * 1000 + 60_000 };

const checkpointsOf = (id: string): Promise<string[]> =>
  readdir(join(lab.home, "blobs", "checkpoints", id)).then(
    (names) => names.filter((it) => /^arm-\d+(\.result)?$/.test(it)),
    () => [],
  );

const modelOf = async (reply: Awaited<ReturnType<TestBot["answerTo"]>>["reply"]) =>
  hashOfWeights(await lab.read(reply?.files?.[0]?.blob ?? ""));

it("a run whose child is killed goes on from its checkpoint to the same weights, bit for bit, and says so", LIMIT, async () => {
  // Two seeds, so that something is left to do however fast the machine: checkpoints come every 5 s.
  const line = "/train resnet8 seeds:2";
  const id = await lab.send(line);
  const [checkpoint] = await until(
    "the first checkpoint",
    async () => ((await checkpointsOf(id)).length > 0 ? checkpointsOf(id) : undefined),
    SECONDS,
  );
  const child = await until("the child", trainChild);
  process.kill(child, "SIGKILL");
  console.log(`killed after ${checkpoint}, at step ${seen.filter((it) => it.request === id).at(-1)?.done}`);
  const killed = await lab.answerTo(id, mina, SECONDS);
  expect(killed.status, killed.reply?.text).toBe("done");
  expect(isRunning(child)).toBe(false);
  expect(killed.reply?.data).toMatchObject({ resumed: true });
  expect(killed.reply?.text).toContain("Its worker was killed on the way");
  expect(await checkpointsOf(id)).toEqual([]);

  const whole = await lab.answerTo(await lab.send(line), mina, SECONDS);
  expect(whole.status, whole.reply?.text).toBe("done");
  expect(whole.reply?.text).not.toContain("killed");
  expect(await modelOf(killed.reply)).toBe(await modelOf(whole.reply));
  const figures = ({ arms, summary }: RunReport) => ({ arms, summary });
  expect(figures(killed.reply?.data as RunReport)).toEqual(figures(whole.reply?.data as RunReport));
});

it("a run that is cancelled trains no further within seconds, and its model is kept", LIMIT, async () => {
  const id = await lab.send("/train resnet8 preset:lesson seed:3");
  const of = () => seen.filter((it) => it.request === id);
  await until("it to train", () => of().find((it) => it.done >= 10), SECONDS);
  const asked = performance.now();
  expect((await lab.ask("/cancel")).reply?.data).toMatchObject({ cancelled: id, stopping: true });
  const { status, reply } = await lab.answerTo(id, mina, SECONDS);
  const answered = performance.now();
  expect(status, reply?.text).toBe("cancelled");
  // The last step that was heard of: when the arm is finished, evaluated and all, it counts as done to the end.
  const steps = of().filter((it) => it.done < it.of);
  const last = steps.find((it) => it.done === Math.max(...steps.map(({ done }) => done)));
  const seconds = Math.max(0, ((last?.at ?? answered) - asked) / 1000);
  console.log(
    `training stopped ${seconds.toFixed(2)} s after /cancel, the answer came after ${((answered - asked) / 1000).toFixed(2)} s`,
  );
  expect(seconds).toBeLessThan(15); // 2 s where nothing else runs
  const report = train.data.parse(reply?.data) as RunReport & { model?: string };
  expect(report).toMatchObject({ cancelled: true, model: expect.any(String) });
  expect(report.arms[0]?.steps).toBeGreaterThanOrEqual(10);
  expect(report.arms[0]?.steps).toBeLessThan(1_000);
  expect(reply?.text).toContain("Stopped before its end");
  const classified = await lab.ask(`/classify model:${report.model}`, [
    { blob: reply?.pictures?.[0]?.blob ?? "", name: "card.jpg", type: "image/jpeg", bytes: 1 },
  ]);
  expect(classified.status, classified.reply?.text).toBe("done");
});
