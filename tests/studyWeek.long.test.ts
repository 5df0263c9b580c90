import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Peer } from "../src/chat/request.ts";
import type { Message } from "../src/chat/web/message.ts";
import type { FileRef } from "../src/files.ts";
import { plainText } from "../src/richText.ts";
import { shippedFolder } from "../src/store/shippedModels.ts";
import type { Language } from "../src/text.ts";
import { openTestBot, type TestBot } from "./helpers/bot.ts";
import { landscape } from "./helpers/pictures.ts";
import { until } from "./helpers/processes.ts";
import { testChild } from "./helpers/testChild.ts";

const peers = {
  mina: { id: "mina", name: "Mina" },
  jun: { id: "jun", name: "Jun" },
  ada: { id: "ada", name: "Ada Okafor" },
  haneul: { id: "haneul", name: "하늘" },
  leo: { id: "leo", name: "*Leo* [x](y)" },
} as const satisfies Record<string, Peer>;

/** A Monday morning in Seoul, long ago: what the database dates itself, by the real clock, is not in that week. */
let clock = new Date("2024-11-18T00:00:00Z");
const hours = (count: number) => {
  clock = new Date(clock.getTime() + count * 3600_000);
};

/** What is discussed and reviewed on each day. */
const discussed = [
  "is a horizontal flip safe for digits? no: 2 and 5 turn into something else",
  "does CutMix help with so few pictures? Ada thinks it hides what matters",
  "why does the student agree with its teacher even where both are wrong",
  "",
  "brightness differs between our phones: that is a bias of its own",
  "pseudo-labels of a weak teacher repeat its mistakes",
  "one seed says nothing about one point",
];
const reviewed = [
  "데이터 편향: 밝은 사진만 모으면 어두운 사진을 못 알아본다",
  "온도 T가 높을수록 소프트 라벨이 부드러워진다 $$p_i = \\frac{e^{z_i/T}}{\\sum_j e^{z_j/T}}$$",
  "ResNet의 지름길은 항등 함수를 쉽게 배우게 한다 $$y = F(x) + x$$",
  "",
  "SENet은 채널마다 중요도를 곱한다",
  "EfficientNet은 깊이, 너비, 해상도를 함께 키운다",
  "DenseNet은 앞 층의 특징 맵을 모두 이어 붙인다",
];

/** Where what is made is kept for a look; nowhere unless asked. */
const kept = process.env["KEEP_RECAPS"];
const keep = (name: string, bytes: Uint8Array | string) => {
  if (!kept) return;
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, name), bytes);
};

/** The same hills in other colours. */
const tinted = (photo: Buffer, hue: number): Promise<Buffer> => sharp(photo).modulate({ hue }).jpeg().toBuffer();

let lab: TestBot;
let photos: FileRef[];
const ask = async (input: string, user: Peer, files: readonly FileRef[] = [], lang: Language = "en") => {
  const outcome = await lab.ask(input, files, { user, lang });
  if (outcome.status !== "done") throw new Error(`${input}: ${outcome.reply?.text}`);
  return outcome;
};
const posts = async (): Promise<readonly Message[]> =>
  (await lab.web.history("general", peers.mina)).filter((it) => "bot" in it.author && it.id === it.delivery);

const open = (home?: string) =>
  openTestBot(home, {}, shippedFolder, {
    now: () => clock,
    child: (folder) => testChild(folder, new URL("./helpers/cannedRuns.ts", import.meta.url)),
  });
beforeAll(async () => {
  lab = await open();
  photos = [];
  for (const [i, [width, height]] of [
    [640, 480],
    [480, 640],
    [700, 400],
    [500, 500],
    [640, 360],
  ].entries())
    for (const peer of Object.values(peers))
      photos[i] = await lab.bot.upload(peer, await tinted(await landscape(width, height), 70 * i), `hills-${i}.jpg`);
});
afterAll(() => lab.erase());

describe("a week of a group of five", () => {
  it("is kept, voted on, told every evening, and written up", async () => {
    const { mina, jun, ada, haneul, leo } = peers;
    await ask("/recap schedule daily at:21:00 tz:Asia/Seoul", mina, [], "en");
    await ask("/recap schedule weekly at:21:30 days:sun tz:Asia/Seoul empty:silent", haneul, [], "ko");
    await ask("/privacy streaks:on", jun);
    await ask("/privacy streaks:on", haneul);
    let distilled = "";
    for (let day = 0; day < 7; day++) {
      hours(1);
      const [photo, other] = [photos[day % 5] as FileRef, photos[(day + 1) % 5] as FileRef];
      if (day !== 3) {
        await ask(`/augment op:${["rotate", "flip", "brightness", "crop"][day % 4]} n:4`, mina, [photo]);
        await ask(`/note peer ${discussed[day]}`, jun);
        await ask(`/note 복습 ${reviewed[day]}`, haneul, [], "ko");
      }
      if (day === 0) {
        await ask("/train seeds:2", jun);
        await ask("/cutmix", ada, [photo, other]);
        await ask("/arch resnet8", leo);
      }
      if (day === 1) {
        const run = await ask(
          '/distill teacher:resnet20.shapes student:resnet8 hypothesis:"T=8 beats T=2 with 10 labels a class"',
          ada,
        );
        distilled = run.id;
        await lab.web.press({
          ...{ id: crypto.randomUUID(), message: run.id, button: 0, delivery: run.id },
          user: jun,
          lang: "en",
        });
        await ask(`/hypotheses vote id:${run.id} vote:refuted`, mina);
        await ask(`/hypotheses vote id:${run.id} vote:refuted`, haneul);
        await ask("/note trouble my student stops at 40 %: the learning rate was ten times too high", ada);
      }
      if (day === 2) {
        await ask("/evaluate model:resnet20.shapes", leo);
        await ask(`/hypotheses close id:${distilled}`, ada);
        await ask("/note retro measure with three seeds before believing a gain of one point", leo, [photo]);
      }
      if (day === 5) await ask("/train net:resnet20 seeds:1", haneul, [], "ko");
      const before = (await posts()).length;
      if (day === 4) await lab.close();
      hours(11); // 21:00 in Seoul
      if (day === 4)
        lab = await open(lab.home); // its own start finds what is due
      else for (const { id } of await lab.store.schedules.list()) await lab.recaps.attend(id);
      const now = await until("the evening's recap", async () => {
        const all = await posts();
        return all.length > before ? all : undefined;
      });
      expect(now.length).toBe(before + 1);
      const recap = now.at(-1) as Message;
      if (day === 3) expect(plainText(recap.text)).toContain("nothing was tried or noted");
      else expect(recap.pictures).toHaveLength(1);
      if (day === 4) expect(plainText(recap.text)).not.toContain("resnet8");
      if (recap.pictures[0]) keep(`day-${day}.jpg`, await lab.read(recap.pictures[0].blob));
      keep(`day-${day}.txt`, `${recap.text}\n\n${recap.buttons.join(" | ")}\n\n${recap.pictures[0]?.alt}`);
      hours(12);
    }
    hours(-11.5); // Sunday, 21:30
    const before = (await posts()).length;
    for (const { id } of await lab.store.schedules.list()) await lab.recaps.attend(id);
    const all = await until("the week's recap", async () => {
      const now = await posts();
      return now.length > before ? now : undefined;
    });
    const weekly = all.at(-1) as Message;
    expect(plainText(weekly.text)).toContain("학습 요약");
    if (weekly.pictures[0]) keep("week.jpg", await lab.read(weekly.pictures[0].blob));
    keep("week.txt", weekly.text);

    for (const lang of ["en", "ko"] as const) {
      const exported = await ask(`/recap export week lang:${lang}`, leo, [], lang);
      keep(`post.${lang}.zip`, await lab.read(exported.reply?.files?.[0]?.blob ?? ""));
      const now = await ask("/recap now week", mina, [], lang);
      keep(`now.${lang}.jpg`, await lab.read(now.reply?.pictures?.[0]?.blob ?? ""));
      const log = await ask("/log 2024-11-19", mina, [], lang);
      const list = await ask("/hypotheses", mina, [], lang);
      keep(
        `log.${lang}.txt`,
        `${log.reply?.text}\n\n${list.reply?.text}\n${JSON.stringify(list.reply?.table, null, 1)}\n${now.reply?.text}`,
      );
    }
  }, 180_000);
});
