import type { BatchSource } from "../../src/data/batches.ts";
import type { TaskSpec } from "../../src/learn/tasks/index.ts";
import { noise } from "./training.ts";

const distill = { kind: "distill", temperature: 4, soft: 0.9, hard: 0.1 } as const;

const examplesOf: { [K in TaskSpec["kind"]]: readonly Extract<TaskSpec, { kind: K }>[] } = {
  supervised: [{ kind: "supervised", labelSmoothing: 0.1 }],
  distill: [
    { ...distill, method: "kd", labelSmoothing: 0.1 },
    { ...distill, method: "dkd" },
    { ...distill, method: "at" },
    { ...distill, method: "at", hard: 0 }, // the head learns nothing
    { ...distill, method: "fitnet" },
  ],
  "pseudo-label": [{ kind: "pseudo-label", threshold: 0.3, weight: 1, ramp: 0.4 }],
  consistency: [{ kind: "consistency", threshold: 0.3, weight: 1 }],
};

/** Every task, each in all its ways, under names that a test can show. */
export const taskExamples: readonly (readonly [string, TaskSpec])[] = Object.values(examplesOf)
  .flat()
  .map((spec) => [spec.kind === "distill" ? `${spec.method}, ${spec.hard} hard` : spec.kind, spec]);

/**
 * Noise in ten classes with everything that any task takes of a batch: every fourth label hidden, a teacher that knows the classes, its
 * feature maps on a coarser grid, and twice as many pictures without labels.
 */
export const noiseForTasks = (batch: number, size: number): BatchSource => {
  const [labelled, unlabelled] = [noise(batch, size, 1), noise(2 * batch, size, 2)];
  const half = size / 2;
  const { x, y } = labelled.shapes as Record<"x" | "y", readonly number[]>;
  return {
    batch,
    shapes: { x, y, teacher: y, teacherFeatures: [half, half, 4], weak: x, strong: x },
    next: async (step) => {
      const [{ x, y }, { x: weak }] = (await Promise.all([labelled.next(step), unlabelled.next(step)])) as Record<
        "x" | "y",
        Float32Array
      >[] as [Record<"x" | "y", Float32Array>, Record<"x" | "y", Float32Array>];
      return {
        x,
        y: y.map((it, i) => (Math.floor(i / 10) % 4 === 3 ? 0 : it)),
        teacher: y.map((it, i) => 4 * it + ((i * 7) % 5) / 5),
        teacherFeatures: Float32Array.from(
          { length: batch * half * half * 4 },
          (_, i) => ((i * 13) % 17) / 17 + (x[i] as number),
        ),
        weak,
        strong: weak.map((it, i) => it + ((i * 11) % 7) / 14 - 0.25),
      };
    },
  };
};
