import { describe, expect, it } from "vitest";
import { svgDocument } from "../../src/draw/svg.ts";
import { drawText } from "../../src/draw/text.ts";
import { theme } from "../../src/draw/theme.ts";
import { type DiagramTopic, drawTopic, topicDiagrams } from "../../src/draw/topicDiagrams.ts";
import { languages } from "../../src/text.ts";
import { wrongInTheDark } from "../helpers/darkened.ts";
import { badlyPlaced, textBoxes } from "../helpers/textBoxes.ts";

/** Words whose pictures are painted without an SVG of the whole, such as sheets, have these colours on paper or a panel. */
it.each([
  "ink",
  "faint",
  "accent",
  "good",
  "warn",
] as const)("words of the colour %s are readable where the page is dark", (name) => {
  const word = drawText("word", { x: 20, y: 60 }, { size: 40, fill: theme[name] });
  for (const paper of [theme.paper, theme.panel])
    expect(wrongInTheDark(svgDocument(200, 100, `<rect width="200" height="100" fill="${paper}"/>${word}`))).toEqual([]);
});

it.each(Object.keys(topicDiagrams) as DiagramTopic[])("%s: dark and readable where the page is dark", (topic) =>
  expect(wrongInTheDark(drawTopic(topic, "ko"))).toEqual([]));

describe.each(languages)("diagrams of the learning cards in %s", (lang) => {
  it.each(
    Object.keys(topicDiagrams) as DiagramTopic[],
  )("%s: no text over an edge or other text, none too small for a phone", (topic) => {
    const svg = drawTopic(topic, lang);
    expect(badlyPlaced(svg, 48)).toEqual([]);
    const { boxes, width } = textBoxes(svg);
    expect(width).toBe(1080);
    for (const { text, size } of boxes) expect(size, text).toBeGreaterThanOrEqual(22);
  });
});
