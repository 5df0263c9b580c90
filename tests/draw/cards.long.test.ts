import { describe, expect, it } from "vitest";
import { architectureCard } from "../../src/draw/architectureCard.ts";
import { type Answer, classificationCard } from "../../src/draw/classificationCard.ts";
import { comparisonCard } from "../../src/draw/comparisonCard.ts";
import { explanationCard } from "../../src/draw/explanationCard.ts";
import { learningRateCurve } from "../../src/draw/learningRateCurve.ts";
import { type PhotoCard, renderPhotoCard } from "../../src/draw/photoCard.ts";
import { renderSvg, svgDocument } from "../../src/draw/svg.ts";
import { drawText } from "../../src/draw/text.ts";
import { type Image, solidImage } from "../../src/images/image.ts";
import { nets } from "../../src/nets/index.ts";
import { type Language, languages } from "../../src/text.ts";
import { wrongInTheDark } from "../helpers/darkened.ts";
import { badlyPlaced } from "../helpers/textBoxes.ts";

const labels = {
  English: `a <very> long & "odd" name ${"of a class ".repeat(12)}`,
  Korean: "아주긴이름을가진클래스그리고설명".repeat(8),
};
const longName = "m".repeat(48); // the most that a card's name may have, in the widest letter

const topOf = (label: string) =>
  [0.9, 0.05, 0.03, 0.015, 0.005].map((probability, index) => ({
    index,
    label: index < 2 ? label : `class ${index}`,
    probability,
  }));
const answerOf = (label: string): Answer => ({ model: longName, params: 999e6, macs: 999e9, ms: 59_900, top: topOf(label) });

/** Photos of every shape that peers may send, the strip included. */
const shapes = [
  [1000, 667],
  [667, 1000],
  [1000, 1000],
  [1, 1],
  [10_000, 3],
  [3, 10_000],
] as const;

/** Every card that shows a photo, with the longest text that may stand on it. */
const cardsOf = ([width, height]: readonly [number, number], label: string, lang: Language): Record<string, PhotoCard> => {
  const photo = solidImage(width, height, [40, 80, 120]);
  const answer = answerOf(label);
  const target = { index: 1, label, probability: 0.05 };
  const failure = { model: longName, reason: label };
  return {
    classification: classificationCard(photo, answer, lang),
    "comparison of two": comparisonCard(photo, [answer, answer], lang),
    "comparison of nine": comparisonCard(photo, Array<Answer>(9).fill(answer), lang),
    "comparison with a failure": comparisonCard(photo, [answer, failure], lang),
    occlusion: explanationCard(photo, photo, { model: longName, target, method: "occlusion", cut: true }, lang),
    "class activation map": explanationCard(photo, photo, { model: longName, target, method: "cam", cut: false }, lang),
  };
};

/** Whether nothing but paper lies within so many pixels of any of the four edges. */
const hasWhiteEdges = ({ width, height, data }: Image, margin: number): boolean => {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isEdge = x < margin || y < margin || x >= width - margin || y >= height - margin;
      const at = (y * width + x) * 3;
      if (isEdge && !(data[at] === 255 && data[at + 1] === 255 && data[at + 2] === 255)) return false;
    }
  return true;
};

it("the check of where text stands sees text beyond a margin, and text on text inside a moved and scaled group", () => {
  const inside = `<g transform="translate(100 100) scale(0.5)">${drawText("over", { x: 0, y: 0 }, { size: 30 })}</g>`;
  const svg = svgDocument(300, 300, inside + drawText("under", { x: 105, y: 100 }, { size: 30 }));
  expect(badlyPlaced(svg, 48)).toEqual(['"over" lies on "under"']);
  const tooLong = svgDocument(300, 300, drawText("too long a line", { x: 260, y: 100 }, { size: 30, anchor: "end" }));
  expect(badlyPlaced(tooLong, 48)).toEqual(['"too long a line" is beyond the margin']);
});

describe("where the page is dark", () => {
  const cards = Object.entries(cardsOf([300, 200], "cat", "en"));

  it.each(cards)("%s: dark, and readable", (_, { width, height, words }) =>
    expect(wrongInTheDark(svgDocument(width, Math.round(height), words.map((it) => it.elements).join("")))).toEqual([]));

  it.each(cards)("%s: what is said to be photos is that, and all of it", async (_, card) => {
    const { width, height, data, photos } = await renderPhotoCard({ ...card, kept: [] });
    const isPhoto = (x: number, y: number) =>
      [40, 80, 120].every((it, i) => Math.abs((data[(y * width + x) * 3 + i] as number) - it) < 3);
    const counts = { inside: 0, outside: 0 };
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        if (isPhoto(x, y)) {
          const isInside = photos.some((it) => x >= it.left && y >= it.top && x < it.left + it.width && y < it.top + it.height);
          counts[isInside ? "inside" : "outside"]++;
        }
    const area = photos.reduce((sum, it) => sum + it.width * it.height, 0);
    expect(counts.outside).toBe(0);
    // But for the round corners.
    expect(counts.inside / area).toBeGreaterThan(0.99);
  });

  it.each([...new Map(nets.map((net) => [net.family, net]))])("the architecture of a %s: dark, and readable", (_, net) =>
    expect(wrongInTheDark(architectureCard(net, "en"))).toEqual([]));

  it("the learning rate's curve says that nothing of it is a photo", () => {
    const points = Array.from({ length: 40 }, (_, i) => ({ learningRate: 1e-6 * 1.5 ** i, loss: 2.3 - i / 40 }));
    expect(learningRateCurve({ points, suggestion: 1e-2 }, "en").photos).toEqual([]);
  });
});

describe.each(languages)("cards in %s", (lang) => {
  it.each(shapes)("are 1080 wide and at most three times as high, for a photo of %i x %i", async (...shape) => {
    for (const card of Object.values(cardsOf(shape, labels.English, lang))) {
      const { width, height, data } = await renderPhotoCard(card);
      expect(width).toBe(1080);
      expect(height).toBeGreaterThan(300);
      expect(height).toBeLessThan(3240);
      expect(data).toHaveLength(width * height * 3);
    }
  });

  describe.each(Object.entries(labels))("with long %s names", (_, label) => {
    const cards = Object.entries(cardsOf([300, 200], label, lang));

    it.each(cards)("%s: no text over an edge, nor over other text", (_, card) => {
      const svg = svgDocument(card.width, card.height, card.words.map((it) => it.elements).join(""));
      expect(badlyPlaced(svg, 48)).toEqual([]);
    });

    it.each(cards)("%s: nothing but paper along all four edges", async (_, card) =>
      expect(hasWhiteEdges(await renderPhotoCard(card), 20)).toBe(true));

    it.each(cards)("%s: all words lie within the rows that are drawn", async (_, card) => {
      const elements = card.words.map((it) => it.elements).join("");
      const whole = { ...card, words: [{ top: 0, bottom: card.height, elements }] };
      const [drawn, wanted] = await Promise.all([card, whole].map(renderPhotoCard));
      expect(Buffer.compare(drawn?.data ?? Buffer.alloc(0), wanted?.data ?? Buffer.alloc(1))).toBe(0);
    });
  });

  it.each(
    nets.map((net) => [net.name, net] as const),
  )("the architecture of %s: no text over an edge, nor over other text", (_, net) =>
    expect(badlyPlaced(architectureCard(net, lang), 48)).toEqual([]));

  it.each([
    ...new Map(nets.map((net) => [net.family, net])),
  ])("the architecture of a %s: nothing but paper along all four edges", (_, net) =>
    expect(hasWhiteEdges(renderSvg(architectureCard({ ...net, name: longName.slice(0, 20) }, lang)), 20)).toBe(true));

  it("the learning rate curve: nothing but paper along all four edges", () => {
    const points = Array.from({ length: 40 }, (_, i) => ({ learningRate: 1e-6 * 1.5 ** i, loss: 2.3 - i / 40 }));
    expect(hasWhiteEdges(learningRateCurve({ points, suggestion: 1e-6 * 1.5 ** 38 }, lang), 6)).toBe(true);
  });
});
