import { putPicture } from "../../src/blobs/picture.ts";
import { runList } from "../../src/draw/runList.ts";
import type { JobContext } from "../../src/jobs/context.ts";
import type { JobInput } from "../../src/jobs/contracts.ts";
import { spreadOf } from "../../src/numbers.ts";
import { seeded } from "../../src/random.ts";

/** Evaluations along a curve. */
const POINTS = 8;

/** Runs whose results are made up from their specs at once: for tests of what is done with results. */
export const testHandlers = {
  run:
    async () =>
    async ({ spec }: JobInput<"run">, { blobs }: JobContext) => {
      const seeds = Array.from({ length: spec.seeds }, (_, i) => spec.seed + i);
      const name = JSON.stringify({ ...spec, hypothesis: undefined });
      const base = 0.55 + 0.35 * seeded([...name].reduce((sum, it) => (31 * sum + it.charCodeAt(0)) >>> 0, 7))();
      const hasControl = spec.kind !== "train";
      const arms = (hasControl ? ["main", "control"] : ["main"]).flatMap((arm) =>
        seeds.map((seed) => {
          const accuracy = base + 0.01 * Math.sin(seed) - (arm === "control" ? -0.02 : 0);
          const curve = Array.from({ length: POINTS }, (_, i): [number, number] => [
            (i + 1) * 50,
            accuracy * (1 - Math.exp(-(i + 1) / 2.5)),
          ]);
          return { name: arm, seed, steps: 400, accuracy, loss: 0.7, trainAccuracy: Math.min(1, accuracy + 0.08), curve };
        }),
      );
      const of = (arm: string) => arms.filter((it) => it.name === arm).map((it) => it.accuracy);
      const gains = of("main").map((it, i) => it - (of("control")[i] ?? 0));
      const names = hasControl ? ["main", "control"] : ["main"];
      const report = {
        ...{ spec, arms, summary: Object.fromEntries(names.map((it) => [it, spreadOf(of(it))])), main: "main" },
        ...{ control: hasControl ? "control" : null, gain: hasControl ? spreadOf(gains) : null },
        ...{ seconds: 24.4, imagesPerSecond: 2345 },
        ...(spec.kind === "distill" && {
          ...{ teacher: { model: spec.teacher, accuracy: 0.97 }, agreement: 0.8, compared: 1000 },
          costs: { teacher: { parameters: 270_000, ms: 1.1 }, student: { parameters: 78_000, ms: 0.4 } },
          confused: [{ actual: "hexagon", predicted: "circle", count: 31 }],
        }),
      };
      const curves = names.map((it) => ({ name: it, points: arms.find((arm) => arm.name === it)?.curve ?? [] }));
      const card = runList([{ title: `${spec.kind} on ${spec.data}`, subtitle: `seeds: ${spec.seeds}`, curves }], "en");
      return { report, pictures: [await putPicture(blobs, card, { name: "run", alt: "curves" })] };
    },
};
