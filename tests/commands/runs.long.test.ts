import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { commandLine } from "../../commands/parts/runCommandLine.ts";
import { modelNameFor } from "../../commands/parts/runRequest.ts";
import { contracts } from "../../src/jobs/contracts.ts";
import { Card } from "../../src/models/card.ts";
import { readCard } from "../../src/models/cardMetadata.ts";
import { readModel } from "../../src/onnx/file.ts";
import { SHARED_GROUP } from "../../src/place.ts";
import { plainText } from "../../src/richText.ts";
import { languages } from "../../src/text.ts";
import { mina } from "../helpers/bot.ts";
import { general, mistakeIn, openRunBot, type RunBot, reportOf, runCommands, tasteSpec } from "../helpers/runs.ts";

const jun = { id: "jun", name: "Jun" };
const shipped = join(import.meta.dirname, "../../models");
const model = (name: string) => {
  const card = readCard(readModel(readFileSync(join(shipped, "resnet8.cifar10.onnx"))));
  return { card: Card.parse({ ...card, name }), file: { blob: "e".repeat(64), name: `${name}.onnx`, type: "", bytes: 9 } };
};

let bot: RunBot;
beforeAll(async () => {
  bot = await openRunBot();
  for (const file of readdirSync(shipped).filter((it) => it.endsWith(".onnx"))) {
    const bytes = readFileSync(join(shipped, file));
    const card = readCard(readModel(bytes));
    if (!card) throw new Error(`${file} has no card`);
    const row = { groupId: SHARED_GROUP, name: card.name, blob: "f".repeat(64), bytes: bytes.length, card };
    await bot.store.models.put({ ...row, addedBy: "Peerlab", addedById: null, crashes: 0 });
  }
});
afterAll(() => bot.close());

describe("a command that asks for a run", () => {
  // /lesson alone lists the lessons.
  const lines = runCommands.map(({ path }) => (path === "lesson" ? "/lesson degradation" : `/${path}`));

  it.each(lines)("%s works as it is, and its line asks for exactly the same again", async (bare) => {
    const { input } = await bot.begin(bare);
    expect(contracts.run.input.parse(input)).toEqual(input);
    for (const lang of languages) {
      const line = commandLine(commands, input.spec, lang) ?? "";
      expect((await bot.begin(line, { lang })).input.spec, line).toEqual(input.spec);
    }
  });

  it("keeps a hypothesis as it was typed, and repeats it", async () => {
    const { input } = await bot.begin(`/train resnet20 seeds:3 seed:5 preset:lesson hypothesis:'deeper is "better"'`);
    const spec = { ...tasteSpec, net: "resnet20", seeds: 3, seed: 5, preset: "lesson", hypothesis: 'deeper is "better"' };
    expect(input.spec).toEqual(spec);
    expect((await bot.begin(commandLine(commands, input.spec, "ko") ?? "")).input.spec).toEqual(spec);
    const long = await bot.begin(`/train hypothesis:"${"x".repeat(900)}"`);
    expect(contracts.run.input.parse(long.input).spec.hypothesis).toHaveLength(500);
  });

  it("is refused before anything is queued, with what was meant", async () => {
    expect(await mistakeIn(bot.begin("/train data:cifar"))).toMatchObject({
      code: "unknown_data",
      facts: { name: "cifar", near: ["cifar10"] },
    });
    expect(await mistakeIn(bot.begin("/train resnt20"))).toMatchObject({
      code: "unknown_net",
      facts: { near: expect.arrayContaining(["resnet20"]) },
    });
    expect(await mistakeIn(bot.begin("/train resnet50"))).toMatchObject({ code: "unknown_net" });
    expect(await mistakeIn(bot.begin("/train data:uploads"))).toEqual({ code: "too_few_labels", facts: { counts: [] } });
  });

  it("names what it trains after network, data and request, and no two alike", async () => {
    const { id, input } = await bot.begin("/train ResNet-20 data:CIFAR10");
    expect([input.spec.data, input.name]).toEqual(["cifar10", `resnet20.cifar10-${id.slice(0, 4)}`]);
    const context = { id, place: general, store: bot.store };
    const named = (net: string, data: string) => modelNameFor(context, { net, data });
    expect(await named("resnet8", "고양이")).toBe(`resnet8.data-${id.slice(0, 4)}`);
    expect(await named("resnet8", "My Pets!")).toBe(`resnet8.my-pets-${id.slice(0, 4)}`);
    expect(await named("resnet8", "x".repeat(90))).toHaveLength(48);
    const taken = { ...model(input.name), groupId: "local", name: input.name, addedBy: "Mina", addedById: mina.id };
    await bot.store.models.put({ ...taken, blob: taken.file.blob, bytes: 9, crashes: 0 });
    expect(await named("resnet20", "cifar10")).toBe(`resnet20.cifar10-${id.slice(0, 8)}`);
  });
});

describe("the answer to a run", () => {
  it("says what came of it, keeps its network, and is the same when it is given twice", async () => {
    const { input, end, id } = await bot.begin('/train hypothesis:"it *learns*"');
    const report = reportOf(input.spec, [0.8734], { resumed: true });
    const first = await end(report, { model: model(input.name) });
    expect(await end(report, { model: model(input.name) })).toEqual(first);
    expect(plainText(first.text).split("\n")).toEqual([
      "resnet8-16px learned shapes: 87.3 % of the test pictures right.",
      "Expected: it *learns*",
      "🔧 Its worker was killed on the way; the run went on from its last checkpoint, with the same result.",
      "seed 1 · 24 s · 2.35 k images/s",
      `${input.name} is ready: send /classify model:${input.name} with a picture.`,
      '/train net:resnet8-16px data:shapes preset:taste seeds:1 seed:1 hypothesis:"it *learns*"',
    ]);
    expect(first.data).toEqual({ ...report, model: input.name });
    expect(first.files?.map((it) => it.name)).toEqual([`${input.name}.onnx`]);
    // It had a hypothesis, so peers vote on it first.
    expect(first.buttons?.slice(0, 3).map((it) => it.command)).toEqual(Array(3).fill("hypotheses vote"));
    expect(first.buttons?.find((it) => it.command === "rerun")).toMatchObject({ args: { id, seed: 2 } });
    expect((await bot.store.models.list("local")).filter((it) => it.name === input.name)).toHaveLength(1);
  });

  it("says in Korean how far a gain can be trusted, and what was stopped", async () => {
    const { input, end } = await bot.begin("/train seeds:3", { lang: "ko" });
    const summary = { distilled: { mean: 0.79, std: 0.004, n: 3 }, alone: { mean: 0.769, std: 0.006, n: 3 } };
    const arms = Object.keys(summary).flatMap((name) =>
      [1, 2, 3].map((seed) => ({ name, seed, steps: 40, accuracy: 0.78, loss: 0.5, trainAccuracy: 0.9, curve: [] })),
    );
    const more = {
      arms,
      summary,
      main: "distilled",
      control: "alone",
      gain: { mean: 0.021, std: 0.0041 },
      cancelled: true,
    } as const;
    const { text, table } = await end(reportOf(input.spec, [0.5], more));
    expect(plainText(text)).toContain("대조군 대비 +2.1 ± 0.4%p, 시드 3개의 결과예요.");
    expect(plainText(text)).toContain("⏹ 끝나기 전에 멈췄어요.");
    expect(text).toContain("/학습 신경망:resnet8-16px 데이터:shapes 규모:맛보기 시드수:3 시드:1");
    expect(table?.rows).toEqual([
      ["distilled", "79.0 ± 0.4 %", "90.0 %", "40"],
      ["alone (대조군)", "76.9 ± 0.6 %", "90.0 %", "40"],
    ]);
  });
});

describe("runs that are kept", () => {
  /** A place of its own for each test, so that they see nothing of each other. */
  const placed = (group: string) => ({ place: { ...general, group } });
  const ended = async (group: string, input: string, accuracies: readonly number[], more = {}, user = mina) => {
    const run = await bot.begin(input, { ...placed(group), user });
    await run.end(reportOf(run.input.spec, accuracies, more));
    return run;
  };

  it("/runs lists them with how they stand, newest first", async () => {
    const here = placed("listing");
    expect((await bot.ask("/runs", here)).text).toMatch(/Nothing has been trained here yet/);
    await ended("listing", "/train", [0.5], { gain: { mean: 0.021, std: 0 } });
    await ended("listing", "/train vgg-mini", [0.4], { cancelled: true }, jun);
    const failed = await bot.begin("/train", here);
    await bot.store.requests.finish(failed.id, "failed", { text: "" });
    const waiting = await bot.begin("/train data:cifar10", here);
    const { table, data, pictures } = await bot.ask("/runs", here);
    expect(pictures?.map((it) => it.alt)).toEqual([
      expect.stringMatching(/^[0-9a-f]{8} train resnet8-16px · cifar10: under way · Mina · /),
    ]);
    expect(table?.rows.map((row) => row.slice(1, -1))).toEqual([
      ["⏳ under way", "train", "resnet8-16px", "cifar10", "-", "-", "Mina"],
      ["❌ failed", "train", "resnet8-16px", "shapes", "-", "-", "Mina"],
      ["⏹ stopped", "train", "vgg-mini", "shapes", "40.0 %", "-", "Jun"],
      ["✅ done", "train", "resnet8-16px", "shapes", "50.0 %", "+2.1", "Mina"],
    ]);
    expect((data as { runs: object[] }).runs[0]).toMatchObject({ id: waiting.id, status: "waiting", accuracy: null });
    expect((await bot.ask("/runs user:jun", here)).table?.rows).toHaveLength(1);
    expect((await bot.ask("/runs kind:distill", here)).data).toEqual({ runs: [] });
  });

  it("/run shows one by the beginning of its id, and the newest without", async () => {
    const first = await ended("showing", "/train", [0.5]);
    const second = await bot.begin("/train vgg-mini", placed("showing"));
    const shown = await bot.ask(`/run ${first.id.slice(0, 6)}`, placed("showing"));
    expect(shown.text).toMatch(/^\*\*train resnet8-16px · shapes\*\* · ✅ done · 50.0 %.*\n\*\*resnet8-16px\*\* learned/);
    const { spec, ...rest } = reportOf(tasteSpec, [0.5]);
    expect(shown.data).toMatchObject({ id: first.id, spec, report: rest });
    const korean = await bot.ask(`/실험 ${first.id.slice(0, 6)}`, { ...placed("showing"), lang: "ko" });
    expect(plainText(korean.text)).toMatch(/시드 1 · 24초.*\n\/학습 신경망:resnet8-16px/);
    expect((await bot.ask("/run", placed("showing"))).data).toMatchObject({ id: second.id, status: "waiting", report: null });
    expect(await mistakeIn(bot.ask("/run zzz", placed("showing")))).toMatchObject({ code: "unknown_run" });
    expect(await mistakeIn(bot.ask(`/run ${first.id}`, placed("elsewhere")))).toMatchObject({ code: "unknown_run" });
    expect(await mistakeIn(bot.ask("/run", placed("elsewhere")))).toMatchObject({ code: "no_runs" });
  });

  it("/rerun repeats anybody's run of the group, says whether it came out alike, and takes another seed", async () => {
    const first = await ended("again", "/train vgg-mini", [0.5, 0.6], {}, jun);
    const second = await bot.begin(`/rerun ${first.id.slice(0, 8)}`, placed("again"));
    expect(second.input.spec).toEqual(first.input.spec);
    const alike = await second.end(reportOf(second.input.spec, [0.5, 0.6], { seconds: 99 }));
    expect(alike.text).toContain(`The same figures as \`${first.id.slice(0, 8)}\``);
    const differing = await (await bot.begin(`/rerun ${first.id}`, placed("again"))).end(
      reportOf(second.input.spec, [0.5, 0.61]),
    );
    expect(differing.text).toContain("Not the same figures");
    const third = await bot.begin(`/rerun ${first.id} seed:9`, placed("again"));
    expect(third.input.spec).toEqual({ ...first.input.spec, seed: 9 });
    expect((await third.end(reportOf(third.input.spec, [0.5, 0.6]))).text).not.toMatch(/same figures/);
    expect((await bot.begin("/rerun", placed("again"))).input.spec).toEqual(third.input.spec); // the asker's newest
    expect(await mistakeIn(bot.begin(`/rerun ${first.id}`, placed("elsewhere")))).toMatchObject({ code: "unknown_run" });
  });

  it("/rerun says when the group's pictures have changed since", async () => {
    const label = (request: string, label: string, blobs: readonly string[]) =>
      bot.store.labels.add(
        { request, groupId: "pictures", dataset: "uploads", userId: jun.id, channel: "", replace: false },
        blobs.map((it) => ({ blob: it.repeat(64), label })),
      );
    await label("p1", "cat", ["1", "2"]);
    await label("p2", "dog", ["3", "4"]);
    const first = await ended("pictures", "/train data:uploads", [0.5]);
    const same = await bot.begin(`/rerun ${first.id}`, placed("pictures"));
    expect((await same.end(reportOf(same.input.spec, [0.5]))).text).toContain("The same figures");
    await label("p3", "dog", ["5"]);
    const later = await bot.begin(`/rerun ${first.id}`, placed("pictures"));
    expect((await later.end(reportOf(later.input.spec, [0.5]))).text).toContain("**uploads** has changed since");
  });

  it("/compare sets two side by side, and claims no more than the seeds bear", async () => {
    const here = placed("comparing");
    expect(await mistakeIn(bot.ask("/compare", here))).toMatchObject({ code: "too_few_runs" });
    const a = await ended("comparing", "/train", [0.5]);
    const b = await ended("comparing", "/train vgg-mini seed:4", [0.62]);
    const { text, table, data, pictures } = await bot.ask("/compare", here);
    const [shortA, shortB] = [a.id.slice(0, 8), b.id.slice(0, 8)];
    expect(pictures?.[0]?.alt).toBe(`Two runs side by side; ${shortA} main: 50.0 %; ${shortB} main: 62.0 %`);
    expect(data).toMatchObject({ runs: [{ id: a.id }, { id: b.id }], differing: ["seed", "net"] });
    expect(table?.rows).toEqual([
      ["seed", "1", "4"],
      ["net", "resnet8-16px", "vgg-mini"],
      ["accuracy", "50.0 %", "62.0 %"],
      ["gain over the control", "-", "-"],
      ["time", "24 s", "24 s"],
      ["who", "Mina", "Mina"],
    ]);
    expect(text).toContain(`\`${b.id.slice(0, 8)}\` is 12.0 points better; that is one seed`);
    const c = await ended("comparing", "/train seeds:2", [0.61, 0.65]);
    const d = await ended("comparing", "/train seeds:2 net:resnet20", [0.64, 0.68]);
    expect((await bot.ask(`/compare ${c.id} ${d.id}`, here)).text).toContain("3.0 points apart, no more than seeds are");
    const waiting = await bot.begin("/train", here);
    expect(await mistakeIn(bot.ask(`/compare ${a.id} ${waiting.id}`, here))).toMatchObject({
      code: "run_without_result",
      facts: { waiting: true },
    });
  });

  it("/leaderboard has the best of each network, without what was stopped and without controls", async () => {
    const here = placed("leading");
    expect((await bot.ask("/leaderboard fashion-mnist", here)).text).toContain("Nothing has been trained on **fashion-mnist**");
    await ended("leading", "/train", [0.5]);
    const best = await ended("leading", "/train seeds:2", [0.6, 0.62], {
      summary: { main: { mean: 0.61, std: 0.014, n: 2 }, control: { mean: 0.99, std: 0, n: 2 } },
      control: "control",
    });
    await ended("leading", "/train vgg-mini", [0.9], { cancelled: true });
    await ended("leading", "/train resnet20", [0.7], {}, jun);
    await ended("leading", "/train resnet20 data:cifar10", [0.1], {}, jun);
    const { table, data } = await bot.ask("/leaderboard shapes", here);
    expect(table?.rows.map((row) => row.filter((_, index) => index !== 5))).toEqual([
      ["1", "resnet20.shapes", "ships with Peerlab", expect.any(String), "272.5 k", "Peerlab"],
      ["2", "resnet20", "train", "70.0 %", "272.5 k", "Jun"],
      ["3", "resnet8-16px", "train", "61.0 ± 1.4 %", "78.0 k", "Mina"],
    ]);
    expect(data).toMatchObject({ data: "shapes", places: [{}, {}, { run: best.id, seeds: 2 }] });
    const { data: cifar } = await bot.ask("/leaderboard", here); // the newest of the asker's own is on shapes
    expect(cifar).toMatchObject({ data: "shapes" });
    const onCifar = await bot.ask("/leaderboard cifar10", here);
    expect(onCifar.table?.rows[0]).toEqual(["1", "airbench94.cifar10", "ships with Peerlab", "93.4 %", "1.97 M", "-", "Peerlab"]);
    expect(onCifar.table?.rows.at(-1)?.slice(1, 4)).toEqual(["resnet20", "train", "10.0 %"]);
  });

  it("/cancel says whose it is when it is somebody else's", async () => {
    const { id } = await bot.begin("/train", { ...placed("stopping"), user: jun });
    expect(await mistakeIn(bot.ask(`/cancel ${id.slice(0, 8)}`, placed("stopping")))).toEqual({
      code: "not_your_request",
      facts: { id: id.slice(0, 8), by: "Jun" },
    });
    expect(await mistakeIn(bot.ask("/cancel", placed("stopping")))).toMatchObject({ code: "not_waiting" });
  });
});
