import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBlobs } from "../../src/blobs/blobs.ts";
import { datasets } from "../../src/data/index.ts";
import type { FileRef } from "../../src/files.ts";
import { openDatabase } from "../../src/store/database.ts";
import { openStore } from "../../src/store/store.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { landscape } from "../helpers/pictures.ts";

const jun = { id: "jun", name: "Jun" };
let lab: TestBot;
let photos: FileRef[];
beforeAll(async () => {
  lab = await openTestBot();
  const sides = [200, 210, 220, 230, 240];
  photos = await Promise.all(sides.map(async (width) => lab.bot.upload(mina, await landscape(width, 160), `hills-${width}.jpg`)));
});
afterAll(() => lab.erase());

const some = (...places: number[]) => places.map((it) => photos[it] as FileRef);

/** One story in the order it is told: what later steps need, earlier ones did. */
describe("a group that labels its pictures", () => {
  it("is told how to begin", async () => {
    const { status, reply } = await lab.ask("/label");
    expect([status, reply?.data]).toEqual(["mistake", { error: "no_labels" }]);
    expect((await lab.ask("/label class:hills")).reply?.data).toMatchObject({ error: "missing_image" });
    expect((await lab.ask("/label", some(0))).reply?.data).toMatchObject({ error: "missing_option", name: "class" });
    expect((await lab.ask(`/label class:"${"x".repeat(41)}"`, some(0))).reply?.data).toMatchObject({ error: "bad_label" });
  });

  it("labels several pictures at once, and sees them", async () => {
    const { reply } = await lab.ask("/label class:hills", some(0, 1, 2));
    expect(reply?.data).toEqual({ label: "hills", dataset: "uploads", kept: [], classes: [{ label: "hills", count: 3 }] });
    expect(reply?.text).toContain("3 pictures labelled **hills**");
    expect(reply?.pictures?.[0]?.alt).toContain("hills");
  });

  it("does so in Korean, and in its own spelling", async () => {
    const { reply } = await lab.ask('/라벨 클래스:" 푸른   하늘 "', some(3), { lang: "ko" });
    expect(reply?.text).toContain("사진 1장에 **푸른 하늘** 라벨을 붙였어요.");
    const again = await lab.ask("/label class:HILLS", some(2));
    expect(again.reply?.data).toMatchObject({ label: "hills", classes: [{ label: "hills", count: 3 }, { count: 1 }] });
  });

  it("labels what a message shows, by replying to it", async () => {
    // Jun has these two as well, so they are not Mina's alone.
    for (const width of [230, 240]) await lab.bot.upload(jun, await landscape(width, 160), `hills-${width}.jpg`);
    const said = await lab.web.say({
      ...{ id: "f6b0c5a2-0000-4000-8000-000000000001", channel: "general", user: jun },
      ...{ text: "look", files: some(3, 4) },
    });
    const { reply } = await lab.ask('/label "푸른 하늘"', [], { replyTo: said.id, user: jun });
    expect(reply?.data).toMatchObject({
      classes: [
        { label: "hills", count: 3 },
        { label: "푸른 하늘", count: 2 },
      ],
    });
  });

  it("is told which pictures have another class already and by whom, and nothing is overwritten in silence", async () => {
    const id = await lab.send('/label "푸른 하늘"', some(0, 4, 1), { user: jun });
    const { reply } = await lab.answerTo(id, jun);
    expect(reply?.data).toEqual({
      ...{ label: "푸른 하늘", dataset: "uploads" },
      kept: [
        { picture: 1, label: "hills", by: "Mina" },
        { picture: 3, label: "hills", by: "Mina" },
      ],
      classes: [
        { label: "hills", count: 3 },
        { label: "푸른 하늘", count: 2 },
      ],
    });
    expect(reply?.text).toContain("1 picture labelled **푸른 하늘**.\nPictures 1 and 3 stay **hills**, as Mina said.");
    expect(reply?.pictures?.[0]?.alt).toBe("푸른 하늘: hills Mina; 푸른 하늘; hills Mina");
    expect(reply?.buttons?.map((it) => [it.label, it.owner])).toEqual([
      ["↩ Undo", "jun"],
      ["Change to 푸른 하늘", "jun"],
      ["Keep hills", "jun"],
    ]);
  });

  it("is told in Korean, and about one's own earlier word too", async () => {
    const { reply } = await lab.ask('/라벨 클래스:"푸른 하늘"', some(0), { lang: "ko" });
    expect(reply?.text).toMatch(/^이 사진에는 직접 붙인 \*\*hills\*\* 라벨을 그대로 뒀어요\./);
    expect(reply?.buttons?.map((it) => it.label)).toEqual(["라벨 바꾸기: 푸른 하늘", "hills 그대로 두기"]);
    const kept = await lab.ask({ command: "label add", args: reply?.buttons?.[1]?.args ?? {} });
    expect(kept.reply?.buttons).toEqual([]);
    expect(kept.reply?.pictures).toBeUndefined();
    expect(kept.reply?.data).toMatchObject({ kept: [{ picture: 1, label: "hills", by: "Mina" }], classes: [{ count: 3 }, {}] });
  });

  it("changes them by a button, after which the newest word counts, and undoes it by another", async () => {
    const asked = await lab.ask('/label "푸른 하늘"', some(0, 1));
    const change = asked.reply?.buttons?.[0];
    const { reply } = await lab.ask({ command: change?.command ?? "", args: change?.args ?? {} });
    expect(reply?.text).toContain("2 pictures labelled **푸른 하늘**.\nPictures 1 and 2 were **hills** before, as you said.");
    expect(reply?.data).toMatchObject({
      classes: [
        { label: "hills", count: 1 },
        { label: "푸른 하늘", count: 4 },
      ],
    });
    const button = reply?.buttons?.[0];
    expect(reply?.buttons?.map((it) => it.label)).toEqual(["↩ Undo"]);
    const input = { command: button?.command ?? "", args: button?.args ?? {} };
    const notTheirs = await lab.ask(input, [], { user: jun });
    expect(notTheirs.reply?.data).toMatchObject({ removed: 0 });
    const undone = await lab.ask(input);
    expect(undone.reply?.data).toMatchObject({ removed: 2, classes: [{ count: 3 }, { count: 2 }] });
    expect((await lab.ask(input)).reply?.data).toMatchObject({ removed: 0 });
  });

  it("has as many data sets as it likes, each with its own word about a picture", async () => {
    const unknown = await lab.ask("/label class:sea data:coast", some(0));
    expect(unknown.reply?.data).toMatchObject({ error: "not_a_choice", name: "data", known: ["uploads"] });
    expect((await lab.ask("/dataset create coast")).status).toBe("done");
    const { reply } = await lab.ask("/label class:sea data:coast", some(0, 1));
    expect(reply?.data).toEqual({ label: "sea", dataset: "coast", kept: [], classes: [{ label: "sea", count: 2 }] });
    expect((await lab.ask("/label list data:coast")).reply?.pictures?.[0]?.alt).toBe("coast: sea 2 pictures");
    expect((await lab.ask("/label")).reply?.data).toMatchObject({ classes: [{ label: "hills", count: 3 }, { count: 2 }] });
    const undone = await lab.ask({ command: "label undo", args: reply?.buttons?.[0]?.args ?? {} });
    expect(undone.reply?.data).toMatchObject({ removed: 2, dataset: "coast", classes: [] });
  });

  it("sees all of it on one sheet", async () => {
    const { reply } = await lab.ask("/label");
    expect(reply?.data).toEqual({
      dataset: "uploads",
      classes: [
        { label: "hills", count: 3 },
        { label: "푸른 하늘", count: 2 },
      ],
    });
    expect(reply?.pictures?.[0]?.alt).toBe("Our labelled pictures: hills 3 pictures; 푸른 하늘 2 pictures");
  });

  it("does not label what is no picture", async () => {
    const broken = await lab.bot.upload(mina, (await landscape()).subarray(0, 600), "cut.jpg");
    const { reply } = await lab.ask("/label class:hills", [...some(0), broken]);
    expect(reply?.data).toMatchObject({ error: "unreadable_image" });
    expect((await lab.ask("/label")).reply?.data).toMatchObject({ classes: [{ label: "hills", count: 3 }, { count: 2 }] });
  });

  it("has a data set of them", async () => {
    await lab.close();
    const { database, close } = await openDatabase(join(lab.home, "database"));
    const labelled = await openStore(database).labels.list("local");
    await close();
    const { get } = openBlobs(join(lab.home, "blobs"));
    const { classes, train, test } = await datasets.uploads({ root: "", size: 32, labelled, read: get });
    expect(classes).toEqual(["hills", "푸른 하늘"]);
    expect([train.count, test.count]).toEqual([3, 2]);
  });

  it("keeps nothing of whoever wants to be forgotten, and everything of the others", async () => {
    lab = await openTestBot(lab.home);
    await lab.ask("/forget sure:yes");
    expect((await lab.ask("/label", [], { user: jun })).reply?.data).toMatchObject({
      classes: [{ label: "푸른 하늘", count: 2 }],
    });
  });
});
