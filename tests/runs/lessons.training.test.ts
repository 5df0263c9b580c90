import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { drawShapes } from "../../src/data/shapes/index.ts";
import { splitIndices } from "../../src/data/split.ts";
import { readCard } from "../../src/models/cardMetadata.ts";
import { readModel } from "../../src/onnx/file.ts";
import { execute } from "../../src/runs/execute.ts";
import type { Setting } from "../../src/runs/experiment.ts";
import { lesson } from "../../src/runs/experiments/lesson.ts";
import { LessonFields, lessonTopics } from "../../src/runs/kinds/lesson.ts";
import { summarise } from "../../src/runs/summarise.ts";
import { languages } from "../../src/text.ts";

const dataset = drawShapes({ train: 300, test: 60 });
const bytes = readFileSync(join(import.meta.dirname, "../../models/resnet20.shapes.onnx"));
const card = readCard(readModel(bytes));
if (!card) throw new Error("the teacher has no card");
const teacher = { card, bytes, blob: createHash("sha256").update(bytes).digest("hex") };

describe.each(lessonTopics)("the lesson %s", (topic) => {
  it("trains in small what it says, and reports and draws it in both languages", { timeout: 600_000 }, async () => {
    const spec = { kind: "lesson", topic, preset: "taste", data: "shapes", seed: 1, seeds: 1 } as const;
    const signal = new AbortController().signal;
    // As little work as there can be: every arm gets the least number of steps.
    const setting: Setting<"lesson"> = { spec, dataset, ...splitIndices(dataset.train), models: { teacher }, work: 1, signal };
    const experiment = await lesson(setting);
    const checkpoints = { save: async () => {}, load: async () => undefined };
    const run = execute(experiment, {
      setting,
      seeds: [1],
      checkpoints,
      measuring: { points: 5, pictures: 1_000, own: 2_000 },
      saveEvery: 60,
    });
    let step = await run.next();
    while (!step.done) step = await run.next();
    const { results, stopped } = step.value;
    expect(stopped).toBe(false);
    expect(results.map(({ arm }) => arm.name)).toEqual((await experiment.arms(1, [])).map(({ name }) => name));
    expect(new Set(results.map(({ steps }) => steps)).size).toBe(1);
    const report = summarise(spec, experiment, results, { seconds: 1, stopped, resumed: false });
    expect(report.gain).not.toBeNull();
    for (const lang of languages) {
      const { fields, pictures = [] } = (await experiment.findings?.(results, report, lang)) ?? { fields: {} };
      for (const [name, schema] of Object.entries(LessonFields)) expect(schema.parse(fields[name])).toEqual(fields[name]);
      expect(Object.keys(LessonFields)).toEqual(expect.arrayContaining(Object.keys(fields)));
      expect(new Set(pictures.map(({ name }) => name)).size).toBe(pictures.length);
      for (const { image, alt } of pictures) {
        expect(image.width).toBeGreaterThanOrEqual(1080);
        expect(alt).not.toMatch(/NaN|undefined/);
      }
    }
  });
});
