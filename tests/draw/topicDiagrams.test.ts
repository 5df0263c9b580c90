import { describe, expect, it } from "vitest";
import { type DiagramTopic, drawTopic, topicDiagrams } from "../../src/draw/topicDiagrams.ts";
import { languages } from "../../src/text.ts";
import { badlyPlaced, textBoxes } from "../helpers/textBoxes.ts";

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
