import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Card } from "../../src/models/card.ts";
import { readCard } from "../../src/models/cardMetadata.ts";
import { readModel } from "../../src/onnx/file.ts";
import { SHARED_GROUP } from "../../src/place.ts";
import type { RunReport } from "../../src/runs/report.ts";
import { mina } from "../helpers/bot.ts";
import { general, mistakeIn, openRunBot, type RunBot, reportOf } from "../helpers/runs.ts";

const cardOf = (name: string): Card => readCard(readModel(readFileSync(`models/${name}.onnx`))) as Card;
const shipped = ["resnet8.cifar10", "airbench94.cifar10"];
const at = (group: string) => ({ place: { ...general, group } });

let bot: RunBot;
beforeAll(async () => {
  bot = await openRunBot();
  const put = (groupId: string, card: Card, addedById: string | null) =>
    bot.store.models.put({ groupId, name: card.name, blob: "f".repeat(64), bytes: 9, card, addedBy: "-", addedById, crashes: 0 });
  for (const name of shipped) await put(SHARED_GROUP, cardOf(name), null);
  const { lineage: _, ...theirs } = cardOf("resnet8.cifar10");
  for (const group of ["local", "labelled"]) await put(group, { ...theirs, name: "theirs" }, mina.id);
  const leftBehind = {
    ...cardOf("resnet8.cifar10"),
    name: "label-noise.mnist",
    params: 9,
    lineage: { net: "resnet8", dataset: "mnist" },
  };
  await put("experimenting", leftBehind, mina.id);
});
afterAll(() => bot.close());

const label = (group: string, name: string, blobs: readonly string[]) =>
  bot.store.labels.add(
    { request: `label-${name}`, groupId: group, dataset: "uploads", userId: mina.id, channel: "", replace: false },
    blobs.map((it) => ({ blob: it.repeat(64), label: name })),
  );
const specOf = async (line: string, group = "local") => (await bot.begin(line, at(group))).input.spec;

describe("/transfer", () => {
  it("takes shapes and compares all approaches, until enough pictures are labelled for a last layer of the group's own", async () => {
    const published = { data: "shapes", model: "resnet8.cifar10", mode: "both", labels: [10, 100], lr: 0.01, backboneLr: 0.003 };
    expect(await specOf("/transfer", "labelled")).toMatchObject(published);
    await label("labelled", "cat", ["1", "2"]);
    expect(await specOf("/transfer", "labelled")).toMatchObject(published);
    await label("labelled", "dog", ["3", "4"]);
    expect(await specOf("/transfer", "labelled")).toMatchObject({
      data: "uploads",
      model: "airbench94.cifar10",
      mode: "head",
      labels: [],
    });
    expect(await specOf("/transfer data:shapes", "labelled")).toMatchObject(published);
  });

  it("takes more labels where there is more time, and those that are named in order", async () => {
    expect(await specOf("/transfer preset:lesson")).toMatchObject({ labels: [10, 30, 100, 300] });
    expect(await specOf("/전이학습 라벨:'100, 10 10'")).toMatchObject({ labels: [10, 100] });
    expect(await specOf("/transfer labels:ALL")).toMatchObject({ labels: [] });
  });

  it("trains only a last layer of what was trained elsewhere, and says so where more is wanted", async () => {
    expect(await specOf("/transfer theirs")).toMatchObject({ model: "theirs", mode: "head" });
    for (const mode of ["finetune", "both"])
      expect(await mistakeIn(bot.begin(`/transfer theirs mode:${mode}`))).toEqual({
        code: "only_head",
        facts: { name: "theirs", mode },
      });
  });

  it("begins with no model that learned from the same data, unless it is named", async () => {
    expect(await specOf("/transfer data:cifar10 mode:head")).toMatchObject({ model: "theirs" });
    expect(await specOf("/transfer resnet8.cifar10 data:cifar10")).toMatchObject({ model: "resnet8.cifar10", mode: "both" });
  });

  it("begins with what ships before what an experiment left behind, however small, and with that where nothing that ships will do", async () => {
    expect(await specOf("/transfer data:shapes", "experimenting")).toMatchObject({ model: "resnet8.cifar10" });
    expect(await specOf("/transfer data:cifar10", "experimenting")).toMatchObject({ model: "label-noise.mnist" });
  });

  it.each([
    ["/transfer labels:many", "bad_label_counts"],
    ["/transfer labels:0", "bad_label_counts"],
    ["/transfer labels:1,2,3,4,5,6,7", "bad_label_counts"],
    ["/transfer labels:,", "bad_label_counts"],
    ["/transfer lr:0", "not_a_number"],
    ["/transfer lr:1e9", "not_a_number"],
    ["/transfer backbone_lr:-1", "not_a_number"],
    ["/transfer model:nobody", "unknown_model"],
    ["/transfer data:uploads", "too_few_labels"],
  ])("refuses %s: %s", async (line, code) => {
    expect(await mistakeIn(bot.begin(line))).toMatchObject({ code });
  });

  it("says what was learned, and which approach is ahead where", async () => {
    const begun = await bot.begin("/transfer");
    const counts = [
      { labels: 10, head: 0.42, finetune: 0.3, scratch: 0.1 },
      { labels: 100, head: 0.5, finetune: 0.81, scratch: 0.49 },
    ];
    const common = reportOf(begun.input.spec, [0.81]);
    const report = { ...common, counts } as RunReport;
    const answer = await begun.end(report);
    expect(answer.text).toMatch(
      /^\*\*resnet8\.cifar10\*\* learned \*\*shapes\*\* from 100 labels a class: \*\*81\.0 %\*\* of the test pictures right\.\nWith 10 labels a class \*\*a new last layer\*\* is ahead, with 100 \*\*fine-tuning\*\* is ahead\./,
    );
    expect(answer.data).toMatchObject({ counts });
  });
});
