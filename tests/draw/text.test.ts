import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderSvg, svgDocument } from "../../src/draw/svg.ts";
import { drawText, shrinkToFit, textWidth, truncate, wrapList, wrapText } from "../../src/draw/text.ts";

const style = { size: 30 } as const;
const ems = (count: number) => count * style.size;

/** The first and the last column in which a drawn line has ink. */
const inkOf = (text: string, weight: 400 | 600) => {
  const [width, height] = [1200, 60];
  const { data } = renderSvg(svgDocument(width, height, drawText(text, { x: 100, y: 42 }, { ...style, weight })));
  const columns = Array.from({ length: width }, (_, x) => x).filter((x) =>
    Array.from({ length: height }, (_, y) => data[(y * width + x) * 3] as number).some((value) => value < 200),
  );
  return { left: columns[0] ?? 0, right: columns.at(-1) ?? 0 };
};

describe("the width of text", () => {
  it.each([
    "Hello",
    "WAVE AVATAR",
    "iiiiillll",
    "mmmm WWWW %%%%",
    "class activation map · 98.7 %",
    "채널 이어 붙이기",
    "resnet20 모델이 본 곳",
  ])("of %s is that of its ink, in both weights", (text) => {
    for (const weight of [400, 600] as const) {
      const { left, right } = inkOf(text, weight);
      // A letter has a little air on both sides: at 30 pixels no more than three.
      expect(left - 100).toBeGreaterThanOrEqual(-1);
      expect(left - 100).toBeLessThan(4);
      const end = 100 + textWidth(text, { ...style, weight });
      expect(end - right).toBeGreaterThanOrEqual(-1);
      expect(end - right).toBeLessThan(5);
    }
  });

  it("grows with the size, and is larger in bold", () => {
    expect(textWidth("width", { size: 60 })).toBeCloseTo(2 * textWidth("width", { size: 30 }));
    expect(textWidth("width", { size: 30, weight: 600 })).toBeGreaterThan(textWidth("width", { size: 30 }));
  });
});

describe("truncating", () => {
  it("leaves what fits and cuts what does not, as late as possible", () => {
    expect(truncate("cat", 200, style)).toBe("cat");
    const cut = truncate("black-and-tan coonhound", 200, style);
    expect(cut).toMatch(/^black.*…$/);
    expect(textWidth(cut, style)).toBeLessThanOrEqual(200);
    const longer = `${"black-and-tan coonhound".slice(0, cut.length)}…`;
    expect(textWidth(longer, style)).toBeGreaterThan(200);
  });
});

describe("shrinking", () => {
  it("makes a long text smaller, a short one no larger, and stops at the least size", () => {
    const width = textWidth("efficientnet", style);
    expect(shrinkToFit("efficientnet", width + 1, style, 10)).toEqual(style);
    const { size } = shrinkToFit("efficientnet-mini", width, style, 10);
    expect(textWidth("efficientnet-mini", { size })).toBeLessThanOrEqual(width);
    expect(textWidth("efficientnet-mini", { size: size + 1 })).toBeGreaterThan(width);
    expect(shrinkToFit("efficientnet-mini", 10, style, 24)).toEqual({ size: 24 });
  });
});

describe("wrapping", () => {
  it("breaks running text between words wherever the line is full", () => {
    expect(wrapText("one, two three", textWidth("one, two", style), style)).toEqual(["one, two", "three"]);
    expect(wrapText("a\nb", 1000, style)).toEqual(["a", "b"]);
  });

  it("breaks a list behind commas before it breaks between words", () => {
    const list = "rotate 10°, move −15% 14%, zoom ×1.15";
    const width = textWidth("move −15% 14%,", style) + 1;
    expect(wrapList(list, width, style)).toEqual(["rotate 10°,", "move −15% 14%,", "zoom ×1.15"]);
    expect(wrapList("one two three", textWidth("one two", style), style)).toEqual(["one two", "three"]);
  });

  it("never makes a line that is too wide, and loses no word that fits", () => {
    const words = fc
      .array(fc.string({ unit: fc.constantFrom(..."abciWM가회 ,%×"), maxLength: 12 }), { maxLength: 12 })
      .map((it) => it.join(" "));
    for (const wrap of [wrapText, wrapList])
      fc.assert(
        fc.property(words, fc.integer({ min: 3, max: 30 }), (text, count) => {
          const lines = wrap(text, ems(count), style);
          for (const line of lines) expect(textWidth(line, style)).toBeLessThanOrEqual(ems(count) + 1e-9);
          if (text.split(" ").every((it) => textWidth(it, style) <= ems(count)))
            expect(lines.join(" ").split(/\s+/).join("")).toBe(text.split(/\s+/).join(""));
        }),
      );
  });
});
