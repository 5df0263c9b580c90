import type { Drawing } from "./drawing.ts";
import { renderSvg, svgDocument } from "./svg.ts";
import { drawParagraph, drawText, textWidth, truncate } from "./text.ts";
import { page, theme } from "./theme.ts";

/** Bars that are compared with each other, each group on a scale of its own. */
export interface BarGroup {
  title: string;
  /** What the group shows, in few words; stands right of its title. */
  note?: string;
  /** Values from 0 up; `text` is the value as people read it. The bar in question is `strong`. */
  bars: readonly { label: string; value: number; text: string; strong?: boolean }[];
}

const titleStyle = { size: 42, weight: 600 } as const;
const subtitleStyle = { size: 28, weight: 400, fill: theme.faint } as const;
const groupStyle = { size: 32, weight: 600 } as const;
const labelStyle = { size: 28, weight: 400 } as const;
const [BAR, ROW, GROUP_GAP] = [36, 56, 44];
/** Between a label and its bar, and between a bar and its value. */
const GAP = 20;

/** Groups of horizontal bars under a title, 1080 pixels wide. */
export const barGroups = ({ title, subtitle }: { title: string; subtitle: string }, groups: readonly BarGroup[]): Drawing => {
  const { width, margin } = page;
  const inner = width - 2 * margin;
  const bars = groups.flatMap((it) => it.bars);
  const labels = Math.min(inner * 0.42, Math.max(...bars.map(({ label }) => textWidth(label, labelStyle))));
  const values = Math.max(...bars.map(({ text }) => textWidth(text, { ...labelStyle, weight: 600 })));
  const left = margin + labels + GAP;
  const longest = width - margin - values - GAP - left;

  const heading = drawParagraph(title, { x: margin, y: margin, width: inner }, titleStyle);
  const below = drawParagraph(subtitle, { x: margin, y: heading.bottom, width: inner }, subtitleStyle);
  let [y, svg] = [below.bottom + GROUP_GAP / 2, heading.svg + below.svg];
  for (const group of groups) {
    const most = Math.max(...group.bars.map(({ value }) => value), Number.MIN_VALUE);
    svg += drawText(group.title, { x: margin, y: y + groupStyle.size }, groupStyle);
    if (group.note)
      svg += drawText(
        group.note,
        { x: width - margin, y: y + groupStyle.size },
        { ...groupStyle, anchor: "end", fill: theme.accent },
      );
    y += groupStyle.size + 22;
    for (const { label, value, text, strong = false } of group.bars) {
      const length = Math.max((longest * value) / most, value > 0 ? 4 : 0);
      const middle = y + ROW / 2;
      svg += drawText(
        truncate(label, labels, labelStyle),
        { x: left - GAP, y: middle },
        { ...labelStyle, anchor: "end", centred: true, fill: theme.faint },
      );
      svg += `<rect x="${left}" y="${middle - BAR / 2}" width="${length.toFixed(1)}" height="${BAR}" rx="6" fill="${strong ? theme.accent : theme.accentPale}"/>`;
      svg += drawText(text, { x: left + length + GAP * 0.7, y: middle }, { ...labelStyle, weight: 600, centred: true });
      y += ROW;
    }
    y += GROUP_GAP;
  }
  return renderSvg(svgDocument(width, Math.ceil(y - GROUP_GAP + margin), svg));
};
