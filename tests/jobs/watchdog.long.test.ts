import { once } from "node:events";
import { availableParallelism } from "node:os";
import { afterEach, expect, it } from "vitest";
import { until } from "../helpers/processes.ts";
import { compute, endWatched, limits, processorSecondsOf, watched } from "../helpers/watched.ts";

afterEach(endWatched);

it("lets a job finish among busy neighbours that it gives way to, and ends an endless one there after the same work", async () => {
  const neighbours = Array.from({ length: availableParallelism() }, () => watched("for (;;) {}"));
  await until("them to be busy", () => neighbours.every((it) => processorSecondsOf(it.pid) > 0.3), 60);
  const polite = `(await import("node:os")).setPriority(10);`;
  const ordinary = watched(`${polite} watch(${limits({ processorSeconds: 1 })}); ${compute(0.2)}`);
  const begun = performance.now();
  expect(await once(ordinary, "exit")).toEqual([0, null]);
  const seconds = (performance.now() - begun) / 1000;
  const endless = watched(`${polite} watch(${limits({ processorSeconds: 0.2 })}); for (;;) {}`);
  expect(await once(endless, "exit")).toEqual([null, "SIGXCPU"]);
  console.log(`0.2 s of work took ${seconds.toFixed(1)} s among busy neighbours`);
}, 120_000);
