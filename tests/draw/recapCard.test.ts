import { expect, it } from "vitest";
import { drawRecapCard, type RecapResult } from "../../src/draw/recapCard.ts";
import { renderSvg } from "../../src/draw/svg.ts";
import { page } from "../../src/draw/theme.ts";
import { languages } from "../../src/text.ts";
import { wrongInTheDark } from "../helpers/darkened.ts";

const nothing: RecapResult = {
  ...{ title: "Study recap", subtitle: "", counts: [], collage: [], parts: [], runs: [], risen: [] },
  ...{ hypotheses: [], confused: [], streaks: [] },
};
const long = "한글과 English가 섞인 아주 긴 이름 ".repeat(12);
const curve = [
  [10, 0.2],
  [20, 0.5],
] as const;
const everything: RecapResult = {
  ...{ title: long, subtitle: long, counts: Array.from({ length: 8 }, (_, i) => ({ label: long, value: String(10 ** i) })) },
  collage: [],
  parts: (["reviewed", "tried", "discussed", "takenAway"] as const).map((part) => ({
    ...{ part, title: long, left: 3 },
    lines: [
      { who: long, text: long },
      { who: "a", text: "" },
    ],
  })),
  runs: [
    {
      title: long,
      subtitle: long,
      curves: [
        { name: long, points: curve },
        { name: "none", points: [] },
      ],
    },
  ],
  risen: [
    { name: long, data: long, from: null, to: 1, accuracy: "81.2 %" },
    { name: "b", data: "c", from: 12, to: 3, accuracy: "9 %" },
  ],
  hypotheses: [{ text: long, verdict: "refuted", word: "refuted", evidence: long }],
  confused: [{ actual: long, predicted: long, count: 3 }],
  streaks: [{ name: long, days: 12 }],
  concept: { title: long, why: long },
  tomorrow: long,
};

/** Where texts begin and end, by their anchors: none may leave the page. */
const xs = (svg: string) => [...svg.matchAll(/<text x="([\d.]+)"/g)].map((it) => Number(it[1]));

it.each(languages)("is a page of a phone's width, whatever is in it (%s)", (lang) => {
  for (const recap of [nothing, everything]) {
    const svg = drawRecapCard(recap, lang);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    for (const x of xs(svg)) expect([x >= page.margin, x <= page.width - page.margin]).toEqual([true, true]);
    expect(svg).toContain(`width="${page.width}"`);
  }
  const small = renderSvg(drawRecapCard(everything, lang), 0.2);
  expect(small.height).toBeGreaterThan(small.width);
});

it("is dark and readable where the page is dark", () => expect(wrongInTheDark(drawRecapCard(everything, "ko"))).toEqual([]));
