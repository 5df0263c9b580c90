import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { learningCard } from "../../commands/parts/learningCards.ts";
import { cardTopics } from "../../src/cardTopics.ts";
import type { Place } from "../../src/place.ts";
import { languages } from "../../src/text.ts";
import { mina } from "../helpers/bot.ts";
import { mistakeIn, openRunBot, type RunBot } from "../helpers/runs.ts";

const blob = "e".repeat(64);
const closed: Place = { adapter: "web", group: "local", channel: "board", isPrivate: true };

let bot: RunBot;
beforeAll(async () => {
  bot = await openRunBot();
});
afterAll(() => bot.close());

describe("/explain-topic", () => {
  it.each(languages)("alone lists every card, and offers some (%s)", async (lang) => {
    const { table, data, buttons = [] } = await bot.ask("/explain-topic", { lang });
    expect((data as { topics: { topic: string }[] }).topics.map(({ topic }) => topic)).toEqual(cardTopics);
    expect(table?.rows).toHaveLength(cardTopics.length);
    expect(buttons.length).toBeGreaterThan(2);
  });

  it.each([
    ["en", "/explain-topic degradation"],
    ["ko", "/개념 성능저하"],
  ] as const)("shows text, formula, source and figure, the command to try and related cards (%s)", async (lang, input) => {
    const { text, pictures, buttons = [], data } = await bot.ask(input, { lang });
    const card = learningCard("degradation", lang);
    for (const it of [card.title, card.text, card.formula, card.source, card.command]) expect(text).toContain(it);
    expect(pictures).toHaveLength(1);
    expect(pictures?.[0]?.width).toBe(1080);
    expect(pictures?.[0]?.alt.length).toBeGreaterThan(20);
    expect(buttons[0]).toMatchObject({ command: "lesson", args: { topic: "degradation" } });
    expect(buttons.slice(1).map((it) => it.args["topic"])).toEqual(card.see);
    expect(data).toMatchObject({ topic: "degradation", math: card.math, see: card.see });
  });

  it("offers what needs a picture only where there is one, and never one from a private channel", async () => {
    const commandsOf = async (place?: Place) =>
      (await bot.ask("/explain-topic flip", place ? { place } : {})).buttons?.map((it) => it.command);
    expect(await commandsOf()).toEqual(["explain-topic", "explain-topic", "explain-topic"]);
    const label = async (file: string, place: Place) => {
      const request = randomUUID();
      const asked = {
        id: request,
        adapter: "web",
        groupId: place.group,
        channel: place.channel,
        isPrivate: place.isPrivate ?? false,
      };
      const row = {
        ...asked,
        userId: mina.id,
        userName: mina.name,
        lang: "en",
        command: "label add",
        args: {},
        seed: 1,
      } as const;
      await bot.store.requests.add({ ...row, adapter: "web", ephemeral: false, status: "waiting" });
      const saying = { request, groupId: place.group, dataset: "uploads", userId: mina.id };
      await bot.store.labels.add({ ...saying, channel: place.channel, replace: true }, [{ blob: file, label: "hills" }]);
    };
    await label("d".repeat(64), closed);
    expect(await commandsOf()).not.toContain("augment");
    await label(blob, { adapter: "web", group: "local", channel: "general" });
    const { buttons = [] } = await bot.ask("/explain-topic flip");
    expect(buttons[0]).toMatchObject({ command: "augment", args: { op: "flip", image: { blob } } });
    expect(buttons[1]).toMatchObject({ command: "explain-topic", inPlace: true, args: { topic: "flip", image: { blob } } });
  });

  it("says which topics are near where there is none of that name", async () => {
    expect(await mistakeIn(bot.ask("/explain-topic dropout"))).toMatchObject({ code: "not_a_choice" });
  });

  it("has cards that fit into one message of Discord, whose limit is 2000 characters, in English and Korean", () => {
    for (const topic of cardTopics)
      for (const lang of languages) {
        const { title, text, formula, source, command } = learningCard(topic, lang);
        expect([title, text, formula, source, command].join("\n\n").length, topic).toBeLessThan(1900);
      }
  });
});
