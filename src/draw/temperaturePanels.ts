import type { Image } from "../images/image.ts";
import { percent } from "../numbers.ts";
import { enlarge, paste, roundOff } from "./canvas.ts";
import type { Drawing } from "./drawing.ts";
import { renderSvg, svgDocument } from "./svg.ts";
import { drawParagraph, drawText, textWidth, truncate } from "./text.ts";
import { page, theme } from "./theme.ts";

const titleStyle = { size: 42, weight: 600 } as const;
const subtitleStyle = { size: 28, weight: 400, fill: theme.faint } as const;
const panelStyle = { size: 32, weight: 600 } as const;
const labelStyle = { size: 28, weight: 400 } as const;
const PICTURE = 256;
const RADIUS = 12;
const [ROW, BAR, GAP, PANEL_GAP] = [44, 26, 18, 40];

/** Shares of the classes at one temperature. */
interface Panel {
  title: string;
  /** The same classes in every panel. */
  bars: readonly { label: string; share: number; isRight: boolean }[];
}

/**
 * What a teacher says of a picture, softer from panel to panel: two panels a row beside each other, the picture above them. 1080 pixels
 * wide.
 */
export const temperaturePanels = (
  { title, subtitle, picture }: { title: string; subtitle: string; picture: Image },
  panels: readonly Panel[],
): Drawing => {
  const { width, margin } = page;
  const column = (width - 2 * margin - PANEL_GAP) / 2;
  const beside = margin + PICTURE + 36;
  const heading = drawParagraph(title, { x: beside, y: margin + 40, width: width - margin - beside }, titleStyle);
  const below = drawParagraph(subtitle, { x: beside, y: heading.bottom + 6, width: width - margin - beside }, subtitleStyle);
  const top = Math.max(margin + PICTURE, below.bottom) + PANEL_GAP;
  const labels = Math.max(...panels.flatMap(({ bars }) => bars.map(({ label }) => Math.min(180, textWidth(label, labelStyle)))));
  const values = textWidth("100.0 %", labelStyle);
  const rows = Math.max(...panels.map(({ bars }) => bars.length));
  const height = panelStyle.size + 20 + rows * ROW + PANEL_GAP;

  const drawn = panels.map((panel, i) => {
    const [x, y] = [margin + (i % 2) * (column + PANEL_GAP), top + Math.floor(i / 2) * height];
    const left = x + labels + GAP;
    const longest = column - labels - values - 2 * GAP;
    const bars = panel.bars.map(({ label, share, isRight }, row) => {
      const middle = y + panelStyle.size + 20 + row * ROW + ROW / 2;
      const fill = isRight ? theme.good : theme.accentPale;
      const style = { ...labelStyle, weight: isRight ? 600 : 400 } as const;
      return [
        drawText(truncate(label, labels, labelStyle), { x: left - GAP, y: middle }, { ...style, anchor: "end", centred: true }),
        `<rect x="${left}" y="${middle - BAR / 2}" width="${Math.max(3, longest * share).toFixed(1)}" height="${BAR}" rx="5" fill="${fill}"/>`,
        drawText(
          percent(share),
          { x: left + Math.max(3, longest * share) + GAP * 0.6, y: middle },
          { ...style, centred: true, fill: theme.faint },
        ),
      ].join("");
    });
    return drawText(panel.title, { x, y: y + panelStyle.size }, panelStyle) + bars.join("");
  });
  const bottom = top + Math.ceil(panels.length / 2) * height - PANEL_GAP + margin;
  const image = renderSvg(svgDocument(width, Math.ceil(bottom), heading.svg + below.svg + drawn.join("")));
  const shown = enlarge(picture, Math.max(1, Math.floor(PICTURE / picture.width)));
  paste(image, shown, margin, margin);
  const place = { left: margin, top: margin, width: shown.width, height: shown.height };
  roundOff(image, place, RADIUS, [255, 255, 255]);
  return { ...image, photos: [{ ...place, radius: RADIUS }] };
};
