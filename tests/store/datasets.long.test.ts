import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataChoices, resolveData } from "../../commands/parts/data.ts";
import type { FileRef } from "../../src/files.ts";
import { openDatabase } from "../../src/store/database.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { mina, openTestBot } from "../helpers/bot.ts";
import { landscape } from "../helpers/pictures.ts";

const place = { adapter: "web", group: "local", channel: "general" } as const;
let store: Store;
let end: () => Promise<void>;
/** Labelled in uploads, in pets, sent and asked about but not labelled, and sent only. */
let sent: Record<"uploads" | "pets" | "asked" | "unused", FileRef>;
beforeAll(async () => {
  const lab = await openTestBot();
  const photo = async (width: number) => lab.bot.upload(mina, await landscape(width, 100), "hills.jpg");
  sent = { uploads: await photo(100), pets: await photo(101), asked: await photo(102), unused: await photo(103) };
  await lab.ask("/label class:hills", [sent.uploads]);
  await lab.ask("/dataset create pets");
  await lab.ask("/label class:cat data:pets", [sent.pets]);
  await lab.ask("/augment flip n:1", [sent.asked]);
  await lab.close();
  const { database, close } = await openDatabase(`${lab.home}/database`);
  store = openStore(database);
  end = async () => {
    await close();
    await lab.erase().catch(() => {});
  };
}, 120_000);
afterAll(() => end());

describe("the data of a run", () => {
  it("is chosen from what is published and the group's own", async () => {
    const names = async (group: string) => (await dataChoices({ store, place: { ...place, group } })).map((it) => it.value);
    expect(await names("local")).toEqual(["shapes", "cifar10", "fashion-mnist", "uploads", "pets"]);
    expect(await names("guild")).toEqual(["shapes", "cifar10", "fashion-mnist", "uploads"]);
  });

  it("is a published name, or the pictures of a group's data set with its own labels", async () => {
    const resolve = (name: string) => resolveData({ store, place }, name);
    expect(await resolve("CIFAR-10")).toEqual({ kind: "published", name: "cifar10" });
    expect(await resolve("pets")).toEqual({ kind: "pictures", name: "pets", pictures: [{ blob: sent.pets.blob, label: "cat" }] });
    expect(await resolve("uploads")).toMatchObject({ pictures: [{ blob: sent.uploads.blob, label: "hills" }] });
    await expect(resolve("pet")).rejects.toThrow(/Did you mean pets/);
  });

  it("can have the pictures that the group sent and nobody labelled, as far as the channel sees them", async () => {
    const unlabelled = async (group: string) => {
      const source = await resolveData({ store, place: { ...place, group } }, "uploads", { unlabelled: true });
      return source.kind === "pictures" ? source.pictures.filter((it) => it.label === null).map((it) => it.blob) : [];
    };
    expect((await unlabelled("local")).sort()).toEqual([sent.asked.blob, sent.pets.blob].sort());
    expect(await unlabelled("guild")).toEqual([]);
  });
});

describe("many labels at once", () => {
  const pictures = Array.from({ length: 5000 }, (_, i) => ({
    ...{ blob: i.toString(16).padStart(64, "0"), label: `class ${i % 7}` },
    ...(i % 5 === 0 ? { split: "test" as const } : {}),
  }));
  const saying = { groupId: "local", dataset: "many", channel: "", replace: false, imported: true } as const;

  it("are kept once however often the answer is made, in their splits, and are their asker's uploads", async () => {
    for (let time = 0; time < 2; time++)
      expect(await store.labels.add({ ...saying, request: "r1", userId: "mina" }, pictures)).toEqual([]);
    const kept = await store.labels.list("local", { dataset: "many" });
    expect(kept.length).toBe(5000);
    expect(kept.filter((it) => it.split === "test").length).toBe(1000);
    expect((await store.labels.counts("local")).get("many")).toEqual({ classes: 7, pictures: 5000 });
    const whose = { userId: "mina", except: "", before: new Date(Date.now() + 60_000) };
    expect((await store.erasure.sentAlone(whose, "")).length).toBe(100);
  });

  it("say what had another class, in their order, and give way when one chooses so", async () => {
    const others = pictures.slice(0, 3).map((it) => ({ ...it, label: "other" }));
    const earlier = await store.labels.add({ ...saying, request: "r2", userId: "jun" }, others);
    expect(earlier.map((it) => it.label)).toEqual(["class 0", "class 1", "class 2"]);
    expect((await store.labels.counts("local")).get("many")).toMatchObject({ classes: 7 });
    await store.labels.add({ ...saying, request: "r3", userId: "jun", replace: true }, others);
    expect((await store.labels.counts("local")).get("many")).toEqual({ classes: 8, pictures: 5000 });
    expect(await store.labels.undo("r3", { userId: "jun", groupId: "local" })).toEqual({ removed: 3, dataset: "many" });
    expect((await store.labels.counts("local")).get("many")).toEqual({ classes: 7, pictures: 5000 });
  });

  it("leave no reference when their data set is removed", async () => {
    const blob = pictures[7]?.blob ?? "";
    const visible = () => store.blobs.readable([{ blob }], { userId: "", groupId: "local" });
    expect(await visible()).toEqual([blob]);
    expect(await store.datasets.remove({ groupId: "local", name: "many" })).toBe(5000);
    expect(await visible()).toEqual([]);
  });
});
