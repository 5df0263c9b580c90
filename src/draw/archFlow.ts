import { type ForkPart, placeFork } from "./archFork.ts";
import { arrowDown, WIRE_LENGTH } from "./archWires.ts";
import { drawText, textWidth } from "./text.ts";
import { theme } from "./theme.ts";

/** What a box stands for, which decides its colour: `step` is what has no weights of its own, `frozen` what is never trained. */
export type Tone = "conv" | "dense" | "pool" | "step" | "frozen";

/** One part of a diagram as it is drawn. Signals flow from top to bottom. */
export type Part =
  /** `kernel` draws its window of so many pixels as squares, all kernels at the same scale. */
  | { box: string; note?: string; tone: Tone; kernel?: number }
  /** What flows in or out: text without a box. */
  | { port: string }
  | ForkPart;

/** A part with its size in pixels. `axis` is where its wire enters and leaves, from its left edge. */
export interface Placed {
  width: number;
  height: number;
  axis: number;
  /** SVG, with its top left corner at (x, y). */
  draw(x: number, y: number): string;
}

export const tones: Readonly<Record<Tone, { fill: string; edge: string; dashes?: string }>> = {
  conv: { fill: "#e7edff", edge: "#6c8cf5" },
  dense: { fill: "#fff0e0", edge: "#f2a45c" },
  pool: { fill: "#e3f6ec", edge: "#58b888" },
  step: { fill: "#f1f3f8", edge: "#c3cad8" },
  frozen: { fill: "#f3ebff", edge: "#9b6df0", dashes: "9 7" },
};

/** One pixel of a kernel's window: the largest, 11 x 11 of AlexNet, just fits into a box with a note. */
const KERNEL_CELL = 6;
const KERNEL_GAP = 1.5;

const drawKernel = (kernel: number, x: number, middle: number, colour: string): string => {
  const top = middle - (kernel * KERNEL_CELL) / 2;
  const side = KERNEL_CELL - KERNEL_GAP;
  const cells = Array.from({ length: kernel * kernel }, (_, i) => {
    const [column, row] = [i % kernel, Math.floor(i / kernel)];
    return `<rect x="${x + column * KERNEL_CELL}" y="${top + row * KERNEL_CELL}" width="${side}" height="${side}" rx="1" fill="${colour}"/>`;
  });
  return cells.join("");
};

/** Boxes in pixels. A step without weights is a pill of one line; a layer may have a note below its name. */
const stepShape = { minWidth: 130, height: 46, radius: 23, text: { size: 24, weight: 400 } } as const;
const layerShape = { minWidth: 168, height: 62, radius: 16, text: { size: 28, weight: 600 } } as const;
const noteStyle = { size: 24, weight: 400, fill: theme.faint } as const;
const NOTED_HEIGHT = 88;
/** Middles of the two lines in a box with a note, from its top. */
const [NAME_MIDDLE, NOTE_MIDDLE] = [29, 61];
/** Between a box's edge and what stands in it, and between a kernel's window and the words. */
const BOX_PADDING = 18;
const KERNEL_MARGIN = 16;

const placeBox = ({ box, note, tone, kernel }: Extract<Part, { box: string }>): Placed => {
  const shape = tone === "step" ? stepShape : layerShape;
  const height = note ? NOTED_HEIGHT : shape.height;
  const textSpan = Math.max(textWidth(box, shape.text), note ? textWidth(note, noteStyle) : 0);
  const kernelSpan = kernel ? kernel * KERNEL_CELL + KERNEL_MARGIN : 0;
  const width = Math.max(shape.minWidth, kernelSpan + textSpan + 2 * BOX_PADDING);
  const { fill, edge, dashes } = tones[tone];
  const draw = (x: number, y: number) => {
    const left = x + (width - textSpan - kernelSpan) / 2;
    const middle = left + kernelSpan + textSpan / 2;
    const centred = { anchor: "middle", centred: true } as const;
    return [
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${shape.radius}" fill="${fill}" stroke="${edge}" stroke-width="3"${dashes ? ` stroke-dasharray="${dashes}"` : ""}/>`,
      kernel ? drawKernel(kernel, left, y + height / 2, edge) : "",
      drawText(box, { x: middle, y: y + (note ? NAME_MIDDLE : height / 2) }, { ...shape.text, ...centred }),
      note ? drawText(note, { x: middle, y: y + NOTE_MIDDLE }, { ...noteStyle, ...centred }) : "",
    ].join("");
  };
  return { width, height, axis: width / 2, draw };
};

const portStyle = { size: 26, fill: theme.faint, anchor: "middle" } as const;
const PORT_HEIGHT = 34;

const placePort = (text: string): Placed => {
  const width = textWidth(text, portStyle);
  // The baseline is as far above the bottom as letters reach below it, so that no wire touches them.
  const draw = (x: number, y: number) => drawText(text, { x: x + width / 2, y: y + PORT_HEIGHT - 8 }, portStyle);
  return { width, height: PORT_HEIGHT, axis: width / 2, draw };
};

const place = (part: Part): Placed => {
  if ("box" in part) return placeBox(part);
  if ("port" in part) return placePort(part.port);
  return placeFork(part, placeFlow);
};

/** Lays parts out below each other on one axis, with wires between them; a fork begins with a wire of its own. */
export const placeFlow = (flow: readonly Part[]): Placed => {
  const parts = flow.map((part, i) => ({ ...place(part), gap: i === 0 || !("box" in part || "port" in part) ? 0 : WIRE_LENGTH }));
  const axis = Math.max(...parts.map((it) => it.axis));
  const width = axis + Math.max(...parts.map((it) => it.width - it.axis));
  const height = parts.reduce((sum, it) => sum + it.gap + it.height, 0);
  const draw = (x: number, y: number) => {
    let top = y;
    return parts
      .map((part) => {
        const wire = part.gap > 0 ? arrowDown(x + axis, top, top + part.gap) : "";
        const drawn = wire + part.draw(x + axis - part.axis, top + part.gap);
        top += part.gap + part.height;
        return drawn;
      })
      .join("");
  };
  return { width, height, axis, draw };
};
