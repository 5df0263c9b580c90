import { describe, expect, it } from "vitest";
import { type Answer, classificationCard } from "../../src/draw/classificationCard.ts";
import { comparisonCard } from "../../src/draw/comparisonCard.ts";
import { explanationCard } from "../../src/draw/explanationCard.ts";
import { renderSvg } from "../../src/draw/svg.ts";
import { languages } from "../../src/text.ts";

const pixel =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const label = `a <very> long & "odd" name ${"of a class ".repeat(12)}`;
const top = [0.9, 0.05, 0.03, 0.015, 0.005].map((probability, index) => ({
  index,
  label: index === 1 ? label : `class ${index}`,
  probability,
}));
const answer: Answer = { model: "a-model-with-a-name-of-48-letters-just-as-allowed", params: 7e6, macs: 2e9, ms: 20, top };

/** Photos of every shape that peers may send, the strip included. */
const shapes = [
  [1000, 667],
  [667, 1000],
  [1000, 1000],
  [1, 1],
  [10_000, 3],
  [3, 10_000],
] as const;

describe.each(languages)("pictures in %s", (lang) => {
  it.each(shapes)("are 1080 wide and at most three times as high, for a photo of %i x %i", (width, height) => {
    const photo = { uri: pixel, width, height };
    const about = {
      model: answer.model,
      target: { index: 1, label, probability: 0.05 },
      method: "occlusion",
      cut: true,
    } as const;
    for (const svg of [
      classificationCard(photo, answer, lang),
      explanationCard(photo, photo, about, lang),
      comparisonCard(photo, [answer, answer], lang),
      comparisonCard(photo, Array<Answer>(9).fill(answer), lang),
      comparisonCard(photo, [answer, { model: answer.model, reason: label }], lang),
    ]) {
      const image = renderSvg(svg);
      expect(image.width).toBe(1080);
      expect(image.height).toBeGreaterThan(300);
      expect(image.height).toBeLessThan(3240);
      expect(image.data).toHaveLength(image.width * image.height * 3);
    }
  });

  it("never let text run into or over the edge", () => {
    const photo = { uri: pixel, width: 300, height: 200 };
    for (const svg of [
      classificationCard(photo, answer, lang),
      comparisonCard(photo, [answer, { model: answer.model, reason: label }], lang),
    ]) {
      const { width, height, data } = renderSvg(svg);
      const edge = Array.from({ length: height }, (_, y) => y).flatMap((y) => [
        ...data.subarray((y * width + width - 20) * 3, (y * width + width) * 3),
      ]);
      expect(edge.every((it) => it === 255)).toBe(true);
    }
  });
});
