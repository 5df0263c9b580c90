import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FileRef } from "../../src/files.ts";
import type { RunReport } from "../../src/runs/report.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { labelShapes, TINY_WORK } from "../helpers/labelledShapes.ts";
import { hashOfWeights } from "../helpers/weightsHash.ts";

/**
 * Every command about runs, the whole way through the bot, the queue and a worker's child, on two classes of twelve pictures that peers
 * labelled. `answerTo` holds each answer against its command's schema.
 */
let lab: TestBot;
let shown: readonly FileRef[];
beforeAll(async () => {
  lab = await openTestBot(undefined, { PEERLAB_WORK_SHARE: TINY_WORK }, join(import.meta.dirname, "../../models"));
  shown = await labelShapes(lab, 12);
}, 300_000);
afterAll(() => lab.erase());

/** Long enough for a machine that trains something else at the same time. */
const SECONDS = 570;
const LIMIT = { timeout: SECONDS * 1000 + 60_000 };

const ask = async (input: string) => {
  const id = await lab.send(input);
  const { status, reply } = await lab.answerTo(id, mina, SECONDS);
  expect(status, reply?.text).toBe("done");
  return { id, reply, data: reply?.data as RunReport & { model?: string } };
};

/** A run's answer is whole: a report of what was asked, a card of curves, and a model in a file that /classify knows. */
const askForModel = async (input: string) => {
  const { id, reply, data } = await ask(input);
  expect(data.spec).toMatchObject({ data: "uploads", preset: "taste", seed: 1, seeds: 1 });
  expect(data.spec.kind).toBe(input.slice(1).split(" ")[0]);
  expect(Object.keys(data.summary)).toContain(data.main);
  expect([data.cancelled, data.resumed]).toEqual([undefined, undefined]);
  const [card] = reply?.pictures ?? [];
  expect((await lab.read(card?.blob ?? "")).length).toBeGreaterThan(10_000);
  const [file] = reply?.files ?? [];
  expect(file?.name).toBe(`${data.model}.onnx`);
  const classified = await lab.send(`/classify model:${data.model}`, [shown[0] as FileRef]);
  const said = await lab.answerTo(classified, mina, SECONDS);
  expect(said.status, said.reply?.text).toBe("done");
  const { top } = said.reply?.data as { top: { label: string; score: number }[] };
  expect(top.map((it) => it.label).sort()).toEqual(["circle", "triangle"]);
  return { id, data, file: await lab.read(file?.blob ?? "") };
};

describe("pictures that nobody labelled", () => {
  it("are learned by /distill labels:none, from what a teacher says of them", LIMIT, async () => {
    const { reply, data } = await ask("/distill labels:none data:uploads teacher:resnet20.shapes");
    expect(data).toMatchObject({ spec: { labels: "none" }, main: "student", control: "control", teacher: { accuracy: 1 } });
    expect(reply?.text).toContain("agreement with the teacher");
    const classified = await lab.answerTo(await lab.send(`/classify model:${data.model}`, [shown[0] as FileRef]), mina, SECONDS);
    const { top } = classified.reply?.data as { top: { label: string }[] };
    // The teacher knows ten shapes, and its student those that it found in these.
    expect(top.map((it) => it.label)).toContain("circle");
  });

  it("are too few in a group that has sent hardly any", LIMIT, async () => {
    const jun = { id: "jun", name: "Jun" };
    const { reply } = await lab.ask("/distill labels:none data:pets teacher:resnet20.shapes", [], { user: jun });
    expect(reply?.data).toMatchObject({ error: "unknown_data" });
    await lab.ask("/dataset create pets");
    const few = await lab.ask("/distill labels:none data:pets teacher:resnet20.shapes", [], { user: jun });
    expect(few.reply?.data).toMatchObject({ error: "too_few_unlabelled", got: 0 });
  });
});

describe("a group's own pictures", () => {
  let first: Awaited<ReturnType<typeof askForModel>>;

  it("are learned by /train, whose model teaches in /distill", LIMIT, async () => {
    first = await askForModel("/train data:uploads");
    const { data } = await askForModel(`/distill teacher:${first.data.model} data:uploads`);
    expect(data).toMatchObject({ main: "student", control: "control", teacher: { model: first.data.model } });
  });

  it.each([
    "/transfer data:uploads",
    "/pseudolabel labels:2 data:uploads",
    "/fixmatch labels:2 data:uploads",
    "/selftrain labels:2 rounds:2 data:uploads",
    "/policysearch data:uploads",
    "/lesson degradation data:uploads preset:taste",
  ])("are learned by %s", LIMIT, async (line) => void (await askForModel(line)));

  it("test a model of theirs, and find it a learning rate", LIMIT, async () => {
    const tested = await ask(`/evaluate model:${first.data.model} data:uploads`);
    const { accuracy, of } = tested.data as unknown as { accuracy: number; of: number };
    const { summary, main } = first.data;
    // A kernel in the file has half the bits of the one that was trained, so one picture may fall on the other side.
    expect(Math.abs(accuracy - (summary[main ?? ""]?.mean ?? Number.NaN))).toBeLessThanOrEqual(1.001 / of);
    expect((await ask("/learning-rate data:uploads")).data).toMatchObject({ suggestion: expect.any(Number) });
  });

  it("are learned to the same bit by /rerun, which says so", LIMIT, async () => {
    const { reply, data } = await ask(`/rerun id:${first.id}`);
    expect(reply?.text).toContain("to the last digit");
    expect(data.model).not.toBe(first.data.model);
    const again = await lab.read(reply?.files?.[0]?.blob ?? "");
    expect(hashOfWeights(again)).toBe(hashOfWeights(first.file));
    const other = await ask(`/rerun id:${first.id} seed:2`);
    expect(hashOfWeights(await lab.read(other.reply?.files?.[0]?.blob ?? ""))).not.toBe(hashOfWeights(first.file));
  });

  it("leave runs that can be listed, looked at, ranked and compared", LIMIT, async () => {
    const { runs } = (await ask("/runs")).data as unknown as { runs: { id: string; kind: string; status: string }[] };
    const kinds = ["distill", "fixmatch", "lesson", "policysearch", "pseudolabel", "selftrain", "train", "transfer"];
    expect([...new Set(runs.map((it) => it.kind))].sort()).toEqual(kinds);
    expect(new Set(runs.map((it) => it.status))).toEqual(new Set(["done"]));
    expect((await ask(`/run id:${first.id}`)).data).toMatchObject({ id: first.id });
    await ask("/leaderboard data:uploads");
    await ask(`/compare a:${first.id} b:${runs[0]?.id}`);
  });
});
