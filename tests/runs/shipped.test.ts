import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Card } from "../../src/models/card.ts";
import { readCard } from "../../src/models/cardMetadata.ts";
import { catalog } from "../../src/models/catalog.ts";
import { short } from "../../src/numbers.ts";
import { readModel } from "../../src/onnx/file.ts";
import { recipes } from "../../src/runs/recipes.ts";

const folder = resolve(import.meta.dirname, "../../models");
const names = readdirSync(folder).flatMap((it) => (it.endsWith(".onnx") ? [it.slice(0, -".onnx".length)] : []));
const bytesOf = (name: string) => readFileSync(join(folder, `${name}.onnx`));
const accuracyOf = (card: Card | undefined): number => card?.metrics?.["accuracy"] ?? 0;
const cardOf = (name: string) => readCard(readModel(bytesOf(name)));

describe.each(names)("the model %s that ships", (name) => {
  it("says what it is, and was made by the recipe of its name", () => {
    const card = cardOf(name);
    const { net, dataset, seed, epochs } = recipes[name] ?? {};
    expect(card?.name).toBe(name);
    expect(card?.lineage).toMatchObject({ recipe: name, net, dataset, seed, epochs });
    expect(card?.params).toBeLessThanOrEqual(2_200_000);
    expect(card?.preprocessing).toMatchObject({ crop: 32, resize: 32, scale: 255, order: "RGB" });
  });

  it("has a log that ends with the accuracy on its card", () => {
    const lines = readFileSync(join(folder, `${name}.log.jsonl`), "utf8")
      .trim()
      .split("\n");
    type Test = { accuracy: number; total: number; views?: Record<string, { accuracy: number }> };
    const last = JSON.parse(lines.at(-1) ?? "") as { epochs: number; test: Test };
    const epochs = lines.slice(0, -1).map((it) => JSON.parse(it).epoch as number);
    expect(epochs).toEqual([...new Set(epochs)].sort((a, b) => a - b));
    expect(epochs.at(-1)).toBe(last.epochs);
    const total = { cifar10: 10_000, shapes: 4_000 }[recipes[name]?.dataset as string];
    expect(last.test).toMatchObject({ accuracy: cardOf(name)?.metrics?.["accuracy"], total });
    // Where several views are published, theirs stands beside that of one, never in its place.
    const { testViews } = recipes[name] ?? {};
    expect(Object.keys(last.test.views ?? {})).toEqual(testViews ? [testViews] : []);
  });
});

it("no model that ships has the name of one in the catalog, or that one could not be fetched", () => {
  expect(names.filter((name) => catalog.some((it) => it.name === name))).toEqual([]);
});

it("the README's table says of each model what its card says, the best one first", () => {
  const readme = readFileSync(join(folder, "../README.md"), "utf8");
  const shown = [...readme.matchAll(/^\| `(\w[\w.-]*)` \| (\w[\w-]*) \| (.+) \| (\d+) \| ([\d.]+) % \|$/gm)].map((it) =>
    it.slice(1),
  );
  const cards = names.map((name) => cardOf(name) as Card).sort((a, b) => accuracyOf(b) - accuracyOf(a));
  const known = cards.map((it) => [
    it.name,
    String(it.lineage?.["net"]),
    short(it.params ?? 0),
    String(it.lineage?.["epochs"]),
    (100 * accuracyOf(it)).toFixed(2),
  ]);
  expect(shown).toEqual(known);
});
