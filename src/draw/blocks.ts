import { svgDocument } from "./svg.ts";
import { drawParagraph, drawText, type TextStyle, textWidth, truncate, wrapText } from "./text.ts";
import { page, theme } from "./theme.ts";

/** Where blocks stand on a card: between its margins, in pixels. */
export const column = { x: page.margin, width: page.width - 2 * page.margin } as const;

/** A part of a card, as wide as its column: its height in pixels, and its elements where its top is at `y`. */
export interface Block {
  height: number;
  draw(y: number): string;
}

/** Pixels between two blocks. */
const GAP = 40;

/** A card made of blocks below each other, 1080 pixels wide, as an SVG. What is undefined is left out. */
export const stack = (blocks: readonly (Block | undefined)[], gap = GAP): string => {
  const shown = blocks.filter((it) => it !== undefined);
  let y: number = page.margin;
  const elements = shown.map((it) => {
    const drawn = it.draw(y);
    y += it.height + gap;
    return drawn;
  });
  return svgDocument(page.width, Math.round(y - gap + page.margin), elements.join(""));
};

/** Lines of at most `width` pixels, no more than `most`: the last is cut where something is missing. */
export const wrapTo = (text: string, width: number, style: TextStyle, most: number): string[] => {
  const lines = wrapText(text, width, style);
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), truncate(lines.slice(most - 1).join(" "), width, style)];
};

const titleStyle = { size: 46, weight: 600 } as const;
const TITLE_LINE = 58;
const subtitleStyle = { size: 29, fill: theme.faint } as const;
const SUBTITLE_LINE = 40;

/** A card's title, in two lines at most, and what is to be known about it in grey, in four. */
export const heading = (title: string, subtitle?: string): Block => {
  const titles = wrapTo(title, column.width, titleStyle, 2);
  const subtitles = subtitle ? wrapTo(subtitle, column.width, subtitleStyle, 4) : [];
  const middle = titles.length * TITLE_LINE + 4;
  return {
    height: middle + subtitles.length * SUBTITLE_LINE,
    draw: (y) =>
      [
        ...titles.map((line, i) => drawText(line, { x: column.x, y: y + 42 + i * TITLE_LINE }, titleStyle)),
        ...subtitles.map((line, i) => drawText(line, { x: column.x, y: y + middle + 28 + i * SUBTITLE_LINE }, subtitleStyle)),
      ].join(""),
  };
};

/** The name of what stands below it. */
export const subheading = (text: string): Block => ({
  height: 36,
  draw: (y) =>
    drawText(truncate(text, column.width, { size: 31, weight: 600 }), { x: column.x, y: y + 28 }, { size: 31, weight: 600 }),
});

/** Running text. */
export const paragraph = (text: string, look: TextStyle & { fill?: string } = { size: 29 }): Block => {
  const drawAt = (y: number) => drawParagraph(text, { ...column, y }, look);
  return { height: drawAt(0).bottom, draw: (y) => drawAt(y).svg };
};

/** Any elements in a box of so many pixels. */
export const box = (height: number, draw: (place: { x: number; y: number; width: number; height: number }) => string): Block => ({
  height,
  draw: (y) => draw({ ...column, y, height }),
});

/** Blocks that belong together, closer than others. */
export const group = (blocks: readonly Block[], gap: number): Block => ({
  height: blocks.reduce((sum, it) => sum + it.height + gap, -gap),
  draw: (y) => {
    let top = y;
    return blocks
      .map((it) => {
        const drawn = it.draw(top);
        top += it.height + gap;
        return drawn;
      })
      .join("");
  },
});

const factStyles = { label: { size: 27, fill: theme.faint }, value: { size: 33, weight: 600 } } as const;
const FACT_GAP = 28;
const FACT_ROW = 92;

/** A fact and what it is called. */
export interface Fact {
  label: string;
  value: string;
}

/** Facts on a pale panel, from left to right on as many rows as their text needs. */
export const factGrid = (facts: readonly Fact[]): Block | undefined => {
  if (facts.length === 0) return undefined;
  const inner = column.width - 2 * FACT_GAP;
  const widthOf = ({ label, value }: Fact) =>
    Math.min(inner, Math.max(textWidth(label, factStyles.label), textWidth(value, factStyles.value)));
  const rows: Fact[][] = [];
  let used = 0;
  for (const fact of facts) {
    const width = widthOf(fact);
    const last = rows.at(-1);
    if (last && used + FACT_GAP + width <= inner) {
      last.push(fact);
      used += FACT_GAP + width;
    } else {
      rows.push([fact]);
      used = width;
    }
  }
  const height = rows.length * FACT_ROW + 28;
  return box(height, ({ x, y }) => {
    const drawn = rows.map((row, k) => {
      const widths = row.map(widthOf);
      const free = inner - widths.reduce((sum, it) => sum + it, 0);
      const gap = row.length > 1 ? Math.min(free / (row.length - 1), 96) : 0;
      const top = y + 18 + k * FACT_ROW;
      return row.map(({ label, value }, i) => {
        const left = x + FACT_GAP + widths.slice(0, i).reduce((sum, it) => sum + it + gap, 0);
        return (
          drawText(truncate(label, inner, factStyles.label), { x: left, y: top + 32 }, factStyles.label) +
          drawText(truncate(value, inner, factStyles.value), { x: left, y: top + 74 }, factStyles.value)
        );
      });
    });
    const panel = `<rect x="${x}" y="${y}" width="${column.width}" height="${height}" rx="16" fill="${theme.panel}"/>`;
    return panel + drawn.flat().join("");
  });
};
