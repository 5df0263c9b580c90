import { z } from "zod";
import { describe } from "../../src/nets/backends/describe.ts";
import { findNet } from "../../src/nets/index.ts";
import { Accuracy } from "../../src/runs/report.ts";
import type { Model } from "../../src/store/models.ts";
import type { Run } from "../../src/store/runs.ts";
import { isShipped } from "../../src/store/shippedModels.ts";
import { mainSpread, trainedIn } from "./runWords.ts";

/** Places of a leaderboard that are told. */
const SHOWN = 15;

/** A place on the leaderboard of a data set. */
export const Place = z.object({
  net: z.string().describe("the network, as the runs' specs name it; of a model that ships, the model"),
  how: z.string().describe("the kind of the run; `ships` for a model that comes with Peerlab"),
  accuracy: Accuracy.describe("on the test pictures, mean over the run's seeds"),
  seeds: z.int(),
  parameters: z.int().nullable().describe("trained numbers; null where they are not known"),
  run: z.string().nullable().describe("the run's id"),
  user: z.string().describe("who asked for it"),
});
export type Place = z.infer<typeof Place>;

/** Trained numbers of what a run made: as its model's card says, or else as its network is published. */
const parametersOf = (net: string, model: string | undefined, models: readonly Model[]): number | null => {
  const card = models.find((it) => it.name === model)?.card;
  if (card) return card.params;
  const known = findNet(net);
  return known ? describe(known).parameters : null;
};

/** What a run achieved, without its control. A lesson compares networks that were made to be compared, so it takes no place. */
export const placeOf = ({ id, kind, spec, report, userName }: Run, models: readonly Model[]): Place[] => {
  const spread = mainSpread(report);
  if (!report || !spread || kind === "lesson") return [];
  const net = trainedIn(spec);
  const parameters = parametersOf(net, report.model, models);
  return [{ net, how: kind, accuracy: spread.mean, seeds: spread.n, parameters, run: id, user: userName }];
};

/** Models that come with Peerlab and were trained on this data: something to be measured against. */
export const shippedPlaces = (data: string, models: readonly Model[]): Place[] =>
  models.filter(isShipped).flatMap(({ name, card, addedBy }) => {
    const accuracy = card.metrics?.accuracy;
    if (card.lineage?.["dataset"] !== data || accuracy === undefined) return [];
    return [{ net: name, how: "ships", accuracy, seeds: 1, parameters: card.params, run: null, user: addedBy }];
  });

/** The best of each network and kind, best first. */
export const ranked = (places: readonly Place[]): Place[] => {
  const best = new Map<string, Place>();
  for (const it of places) {
    const key = `${it.how} ${it.net}`;
    if (it.accuracy > (best.get(key)?.accuracy ?? -1)) best.set(key, it);
  }
  return [...best.values()].sort((a, b) => b.accuracy - a.accuracy).slice(0, SHOWN);
};
