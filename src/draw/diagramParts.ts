import { type Tone, tones } from "./archFlow.ts";
import { drawWire, wireColours } from "./archWires.ts";
import { type Block, box } from "./blocks.ts";
import { drawText, shrinkToFit } from "./text.ts";
import { theme } from "./theme.ts";

/** A box of a diagram: its place from the diagram's own top left corner in pixels, a name, and a note below it. */
export interface DiagramBox {
  x: number;
  y: number;
  width: number;
  height: number;
  name: string;
  note?: string;
  tone: Tone;
}

/** An arrow from one point to another, straight or round one corner; `text` stands beside its middle. */
export interface DiagramArrow {
  from: readonly [number, number];
  to: readonly [number, number];
  /** Where it turns, if it does. */
  by?: readonly [number, number];
  colour?: string;
  dashes?: string;
}

/** Words of a diagram that belong to no box. */
export interface DiagramText {
  x: number;
  y: number;
  text: string;
  size?: number;
  weight?: 400 | 600;
  fill?: string;
  anchor?: "start" | "middle" | "end";
}

const nameStyle = { size: 30, weight: 600 } as const;
const noteStyle = { size: 26, fill: theme.faint } as const;
const HEAD = { length: 11, halfWidth: 9 };

const drawBox = ({ x, y, width, height, name, note, tone }: DiagramBox): string => {
  const { fill, edge, dashes } = tones[tone];
  const middle = { x: x + width / 2, y: y + height / 2 };
  const centred = { anchor: "middle", centred: true } as const;
  const fit = <S extends { size: number }>(text: string, style: S) => shrinkToFit(text, width - 20, style, 22);
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="16" fill="${fill}" stroke="${edge}" stroke-width="3"${dashes ? ` stroke-dasharray="${dashes}"` : ""}/>`,
    drawText(name, { x: middle.x, y: middle.y - (note ? 18 : 0) }, { ...fit(name, nameStyle), ...centred }),
    note ? drawText(note, { x: middle.x, y: middle.y + 20 }, { ...fit(note, noteStyle), ...centred }) : "",
  ].join("");
};

const drawArrow = ({ from, to, by = from, colour = wireColours.layers, dashes }: DiagramArrow): string => {
  const [dx, dy] = [to[0] - by[0], to[1] - by[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const [backX, backY] = [to[0] - ux * HEAD.length, to[1] - uy * HEAD.length];
  const side = (sign: 1 | -1) => `${backX - sign * uy * HEAD.halfWidth} ${backY + sign * ux * HEAD.halfWidth}`;
  return (
    drawWire(`M${from[0]} ${from[1]}L${by[0]} ${by[1]}L${to[0]} ${to[1]}`, colour, dashes) +
    drawWire(`M${side(1)}L${to[0]} ${to[1]}L${side(-1)}`, colour)
  );
};

/** A diagram of boxes, arrows and words, 984 pixels wide, on a card. `behind` are SVG elements below all else. */
export const diagram = (
  height: number,
  parts: { boxes?: readonly DiagramBox[]; arrows?: readonly DiagramArrow[]; texts?: readonly DiagramText[]; behind?: string },
): Block =>
  box(height, ({ x, y }) => {
    const { boxes = [], arrows = [], texts = [], behind = "" } = parts;
    const words = texts.map(({ x: left, y: top, text, size = 27, ...look }) =>
      drawText(text, { x: left, y: top }, { size, ...look }),
    );
    const content = [behind, ...arrows.map(drawArrow), ...boxes.map(drawBox), ...words].join("");
    return `<g transform="translate(${x} ${y})">${content}</g>`;
  });

/** One bar of a list: its name and figure over a bar of so much of the width. */
interface Bar {
  name: string;
  figure: string;
  /** 0 to 1. */
  share: number;
  colour?: string;
}

const BAR_ROW = 92;

/** Named bars below each other. */
export const barList = (bars: readonly Bar[]): Block =>
  box(bars.length * BAR_ROW - 16, ({ x, y, width }) =>
    bars
      .map(({ name, figure, share, colour = theme.accent }, i) => {
        const top = y + i * BAR_ROW;
        return [
          drawText(name, { x, y: top + 30 }, { size: 29 }),
          drawText(figure, { x: x + width, y: top + 30 }, { size: 29, weight: 600, anchor: "end" }),
          `<rect x="${x}" y="${top + 46}" width="${width}" height="22" rx="8" fill="${theme.line}"/>`,
          `<rect x="${x}" y="${top + 46}" width="${Math.max(8, share * width).toFixed(1)}" height="22" rx="8" fill="${colour}"/>`,
        ].join("");
      })
      .join(""),
  );
