import { afterAll, beforeAll, expect, it } from "vitest";
import type { Place } from "../../src/place.ts";
import type { Reply } from "../../src/reply.ts";
import { plainText } from "../../src/richText.ts";
import { general, mistakeIn, openRunBot, type RunBot, reportOf, tasteSpec } from "../helpers/runs.ts";

const mina = { id: "mina", name: "Mina" };
const jun = { id: "jun", name: "Jun" };
const leo = { id: "leo", name: "**Leo**" };
const staff: Place = { ...general, channel: "staff", isPrivate: true };
/** 23:30 in Seoul on the 25th, and 14:30 UTC. */
const late = new Date("2026-11-25T14:30:00Z");

let bot: RunBot;
beforeAll(async () => {
  bot = await openRunBot();
  await bot.store.groups.set("local", { replies: "channel", timeZone: "Asia/Seoul" });
});
afterAll(() => bot.close());

const idOf = ({ data }: Reply) => (data as { id: string }).id;
const file = { blob: "a".repeat(64), name: "cat.png", type: "image/png", bytes: 4 };

it("keeps what peers note, whole, whatever is in it, and only its author changes it", async () => {
  const said = await bot.ask("/note review T:8 softens more than T=2, see eq. 4", { user: mina, now: late });
  expect(said.data).toEqual({ id: expect.any(String), kind: "review", text: "T:8 softens more than T=2, see eq. 4" });
  const odd = await bot.ask("/note peer the text kind: of image id 7 text: and so on", { user: leo, now: late });
  expect(odd.data).toMatchObject({ text: "the text kind: of image id 7 text: and so on" });
  await bot.ask(`/note withdraw ${idOf(odd)}`, { user: leo });
  const korean = await bot.ask("/기록 회고 내일은 시드 3개로", { user: leo, lang: "ko", now: late });
  expect(korean.data).toMatchObject({ kind: "retro", text: "내일은 시드 3개로" });
  await bot.ask("/note trouble it diverged", { user: jun, now: late }, [file]);
  expect(await mistakeIn(bot.ask("/note review", { now: late }))).toMatchObject({ code: "missing_option" });
  expect(await mistakeIn(bot.ask('/note review " "', { now: late }))).toMatchObject({ code: "empty_note" });

  const id = idOf(said).slice(0, 8);
  expect(await mistakeIn(bot.ask(`/note edit ${id} mine now`, { user: jun }))).toMatchObject({ code: "not_your_note" });
  expect(await mistakeIn(bot.ask(`/note withdraw ${id}`, { user: jun }))).toMatchObject({ code: "not_your_note" });
  expect(await mistakeIn(bot.ask("/note withdraw ffffffff"))).toMatchObject({ code: "unknown_note" });
  const edited = await bot.ask(`/note edit ${id} T=8 softens more, by a factor`, { user: mina });
  expect(edited.data).toMatchObject({ id: idOf(said), kind: "review", text: "T=8 softens more, by a factor" });

  const log = await bot.ask("/log 2026-11-25", { user: mina, now: late });
  expect(log.data).toMatchObject({
    day: "2026-11-25",
    timeZone: "Asia/Seoul",
    reviewed: [{ who: "Mina", text: "T=8 softens more, by a factor" }],
    discussed: [{ who: "Jun", text: "(trouble) it diverged" }],
    takenAway: [{ who: "**Leo**", text: "내일은 시드 3개로" }],
  });
  expect(plainText(log.text)).toContain("· **Leo**: 내일은 시드 3개로");
  expect(log.pictures).toMatchObject([{ blob: file.blob, alt: "a picture by Jun" }]);
  await bot.ask(`/note withdraw ${id}`, { user: mina });
  expect((await bot.ask("/log 2026-11-25", { now: late })).data).toMatchObject({ reviewed: [] });
});

it("knows the day by the group's clock, and what a private channel said only there", async () => {
  const morning = new Date("2026-11-25T15:30:00Z"); // half past midnight of the 26th in Seoul
  await bot.ask("/note peer after midnight", { user: jun, now: morning });
  await bot.ask("/note peer among us", { user: jun, now: new Date(morning.getTime() + 1), place: staff });
  const texts = async (input: string, place: Place) =>
    (
      (await bot.ask(input, { now: new Date(morning.getTime() + 1000), place })).data as { discussed: { text: string }[] }
    ).discussed.map((it) => it.text);
  expect(await texts("/log", general)).toEqual(["after midnight"]);
  expect(await texts("/학습일지 오늘", staff)).toEqual(["after midnight", "among us"]);
  expect(await texts("/log yesterday", general)).toEqual(["(trouble) it diverged"]);
  expect(await texts("/log 2026-11-27", general)).toEqual([]);
  expect(await mistakeIn(bot.ask("/log 2026-02-30"))).toMatchObject({ code: "bad_day" });
});

it("says what was tried, and what came out of it", async () => {
  const at = new Date("2026-11-20T03:00:00Z");
  const run = await bot.begin('/train seeds:2 hypothesis:"80 % in half a minute"', { user: jun, now: at });
  await run.end(reportOf({ ...tasteSpec, seeds: 2, hypothesis: "80 % in half a minute" }, [0.81, 0.83]));
  await bot.ask("/arch resnet8", { user: mina, now: at });
  const { data } = await bot.ask("/log 2026-11-20", { now: at });
  const { tried, reviewed } = data as Record<"tried" | "reviewed", { who: string; text: string; id?: string }[]>;
  expect(tried).toMatchObject([{ who: "Jun", id: run.id.slice(0, 8), text: expect.stringContaining("82.0 ± 2.0 %") }]);
  expect(reviewed).toMatchObject([{ who: "Mina", text: expect.stringMatching(/^\/arch · resnet8/) }]);
});

it("lets everybody vote once on a hypothesis, until it is settled", async () => {
  const spec = { ...tasteSpec, hypothesis: "wider is better *always*" };
  const run = await bot.begin(`/train hypothesis:"${spec.hypothesis}"`, { user: jun });
  const answer = await run.end(reportOf(spec, [0.8]));
  expect(answer.buttons?.slice(0, 3).map((it) => [it.command, it.args])).toEqual(
    ["confirmed", "refuted", "unclear"].map((vote) => ["hypotheses vote", { id: run.id, vote }]),
  );
  const vote = (user: typeof mina, said: string) => bot.ask(`/hypotheses vote id:${run.id} vote:${said}`, { user });
  const close = (user: typeof mina, more = "") => bot.ask(`/hypotheses close ${run.id.slice(0, 8)}${more}`, { user });
  expect(await mistakeIn(close(jun))).toMatchObject({ code: "no_votes" });
  await vote(mina, "confirmed");
  expect((await vote(mina, "refuted")).data).toMatchObject({ votes: { confirmed: 0, refuted: 1, unclear: 0 } });
  expect((await vote(jun, "confirmed")).data).toMatchObject({ votes: { confirmed: 1, refuted: 1 } });
  await vote(leo, "refuted");
  expect(await mistakeIn(close(mina))).toMatchObject({ code: "not_your_hypothesis" });
  const closed = await close(jun);
  expect(closed.data).toMatchObject({ verdict: "refuted", votes: { confirmed: 1, refuted: 2 } });
  expect(closed.buttons).toMatchObject([{ command: "rerun", args: { id: run.id, seeds: 3 } }]);
  expect(plainText(closed.text)).toContain("wider is better *always*");
  expect(await mistakeIn(vote(leo, "confirmed"))).toMatchObject({ code: "hypothesis_settled" });
  expect(await mistakeIn(close(jun, " confirmed"))).toMatchObject({ code: "hypothesis_settled" });

  const { data } = await bot.ask("/hypotheses");
  const { hypotheses } = data as { hypotheses: { run: string; verdict: string | null }[] };
  expect(hypotheses.map((it) => it.verdict)).toEqual([null, "refuted"]); // the one of the test before is open
  const again = await bot.begin(`/rerun ${run.id} seeds:3`, { user: mina });
  expect(again.input.spec).toMatchObject({ seeds: 3, seed: 1, hypothesis: spec.hypothesis });
});

it("leaves those out of the leaderboard who want to be left out, but from their own", async () => {
  const run = await bot.begin("/train net:resnet20", { user: leo });
  await run.end(reportOf({ ...tasteSpec, net: "resnet20" }, [0.99]));
  const names = async (user: typeof mina) =>
    ((await bot.ask("/leaderboard shapes", { user })).data as { places: { user: string }[] }).places.map((it) => it.user);
  expect(await names(mina)).toContain(leo.name);
  await bot.store.privacy.choose(leo.id, { statistics: false, streaks: false });
  expect(await names(mina)).not.toContain(leo.name);
  expect(await names(leo)).toContain(leo.name);
});

it("a tie is unclear, and nobody sees the hypotheses of a private channel or another group", async () => {
  const spec = { ...tasteSpec, hypothesis: "secret" };
  const run = await bot.begin("/train hypothesis:secret", { user: jun, place: staff });
  await run.end(reportOf(spec, [0.8]));
  expect(await mistakeIn(bot.ask(`/hypotheses vote id:${run.id} vote:unclear`))).toMatchObject({ code: "unknown_hypothesis" });
  for (const [user, said] of [
    [jun, "confirmed"],
    [mina, "refuted"],
  ] as const)
    await bot.ask(`/hypotheses vote id:${run.id} vote:${said}`, { user, place: staff });
  expect((await bot.ask(`/hypotheses close ${run.id}`, { user: jun, place: staff })).data).toMatchObject({ verdict: "unclear" });
});
