import type { Language, Text } from "../text.ts";
import { line, widthOf } from "./bars.ts";
import { theme } from "./theme.ts";

/** What a box stands for, which decides its colour. */
export type Tone = "conv" | "dense" | "pool" | "small" | "frozen";

/** One part of a diagram as it is drawn. Signals flow from top to bottom. */
export type Part =
  /** `kernel` draws its window of so many pixels as squares, all kernels at the same scale. */
  | { box: string; note?: string; tone: Tone; kernel?: number }
  /** What flows in or out: text without a box. */
  | { port: string }
  /** Branches side by side; one without parts is a line around the others. `side` is written beside that line. */
  | { branches: readonly (readonly Part[])[]; join: Join; side?: string; heads?: readonly string[]; broken?: boolean };

/** How branches meet: added, multiplied, under a word ("concatenate"), or not at all. */
export type Join = "add" | "multiply" | "none" | { word: Text };

/** A laid out part: `axis` is where its line enters and leaves, from its left edge. */
interface Placed {
  width: number;
  height: number;
  axis: number;
  draw(x: number, y: number): string;
}

const tones: Readonly<Record<Tone, { fill: string; edge: string; dashed?: true }>> = {
  conv: { fill: "#e7edff", edge: "#6c8cf5" },
  dense: { fill: "#fff0e0", edge: "#f2a45c" },
  pool: { fill: "#e3f6ec", edge: "#58b888" },
  small: { fill: "#f1f3f8", edge: "#c3cad8" },
  frozen: { fill: "#f3ebff", edge: "#9b6df0", dashed: true },
};
const WIRE = "#8b95a9";
const GAP = 32;
const ASIDE = 28;
const CELL = 6;
const JOINT = 24;

const path = (d: string, colour: string, more = "") =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="4" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;

/** A wire down with an arrowhead; `bare` leaves the head away. */
const down = (x: number, from: number, to: number, colour = WIRE, bare = false): string =>
  path(`M${x} ${from}V${to - 2}`, colour) + (bare ? "" : path(`M${x - 8} ${to - 11}L${x} ${to - 2}L${x + 8} ${to - 11}`, colour));

const window = (kernel: number, x: number, middle: number, colour: string): string => {
  const top = middle - (kernel * CELL) / 2;
  const cells = Array.from({ length: kernel * kernel }, (_, i) => {
    const [column, row] = [i % kernel, Math.floor(i / kernel)];
    return `<rect x="${x + column * CELL}" y="${top + row * CELL}" width="${CELL - 1.5}" height="${CELL - 1.5}" rx="1" fill="${colour}"/>`;
  });
  return cells.join("");
};

const placeBox = ({ box, note, tone, kernel }: Extract<Part, { box: string }>): Placed => {
  const small = tone === "small";
  const size = small ? 24 : 28;
  const icon = kernel ? kernel * CELL + 16 : 0;
  const text = Math.max(widthOf(box) * size * (small ? 1 : 1.04), note ? widthOf(note) * 24 : 0);
  const width = Math.max(small ? 130 : 168, text + icon + 36);
  const height = small ? 46 : note ? 88 : 62;
  const { fill, edge, dashed } = tones[tone];
  const shape = (x: number, y: number) =>
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${small ? 23 : 16}" fill="${fill}" stroke="${edge}" stroke-width="3"${dashed ? ' stroke-dasharray="9 7"' : ""}/>`;
  const draw = (x: number, y: number) => {
    const left = x + (width - text - icon) / 2;
    const middle = left + icon + text / 2;
    const words = note
      ? line(box, { x: middle, y: y + 38 }, size, { weight: 600, anchor: "middle" }) +
        line(note, { x: middle, y: y + 70 }, 24, { fill: theme.faint, anchor: "middle" })
      : line(box, { x: middle, y: y + height / 2 + size * 0.36 }, size, { weight: small ? 400 : 600, anchor: "middle" });
    return shape(x, y) + (kernel ? window(kernel, left, y + height / 2, edge) : "") + words;
  };
  return { width, height, axis: width / 2, draw };
};

const placePort = (text: string): Placed => {
  const width = widthOf(text) * 26 + 20;
  return {
    ...{ width, height: 34, axis: width / 2 },
    draw: (x, y) => line(text, { x: x + width / 2, y: y + 26 }, 26, { fill: theme.faint, anchor: "middle" }),
  };
};

const signs = { add: "M-10 0H10M0 -10V10", multiply: "M-8 -8L8 8M8 -8L-8 8" } as const;

/** The sign at which branches meet, its middle at (x, y). */
const joint = (join: Exclude<Join, "none">, x: number, y: number, lang: Language): string => {
  if (typeof join === "string")
    return `<circle cx="${x}" cy="${y}" r="${JOINT}" fill="#fff" stroke="${theme.accent}" stroke-width="4"/>${path(signs[join], theme.accent, `transform="translate(${x} ${y})"`)}`;
  const word = join.word[lang];
  const width = widthOf(word) * 25 + 48;
  return `<rect x="${x - width / 2}" y="${y - JOINT}" width="${width}" height="${2 * JOINT}" rx="${JOINT}" fill="#fff" stroke="${theme.accent}" stroke-width="4"/>${line(word, { x, y: y + 9 }, 25, { weight: 600, fill: theme.accent, anchor: "middle" })}`;
};

/** A line around the other branches, with what is said of it to its right. */
const placeAround = (side: string): Placed => {
  const lines = side ? side.split("\n") : [];
  const width = 24 + Math.max(0, ...lines.map((it) => widthOf(it) * 25 + 12));
  return { width, height: Math.max(60, lines.length * 34), axis: 12, draw: () => "" };
};

const placeFork = (fork: Extract<Part, { branches: unknown }>, lang: Language): Placed => {
  const { branches, join, side = "", heads = [], broken = false } = fork;
  const parts = branches.map((it) => (it.length > 0 ? placeFlow(it, lang) : placeAround(side)));
  const inner = Math.max(...parts.map((it) => it.height));
  const headed = heads.length > 0 ? 44 : 0;
  const starts = parts.map((_, i) => parts.slice(0, i).reduce((sum, it) => sum + it.width + ASIDE, 0));
  const axes = parts.map((it, i) => (starts[i] as number) + it.axis);
  const width = parts.reduce((sum, it) => sum + it.width, 0) + ASIDE * (parts.length - 1);
  const around = branches.findIndex((it) => it.length === 0);
  // A line around something leaves that something where it was; equals stand on both sides of the middle.
  const axis = around > 0 ? (axes[0] as number) : ((axes[0] as number) + (axes.at(-1) as number)) / 2;
  const [top, bottom] = [headed || 26, join === "none" && around < 0 ? 0 : 2 * JOINT + GAP];
  const height = top + GAP + inner + bottom;
  const draw = (x: number, y: number) => {
    const end = y + top + GAP + inner;
    const meeting = end + GAP + JOINT;
    const half = typeof join === "string" ? JOINT : (widthOf(join.word[lang]) * 25 + 48) / 2;
    const drawn = parts.map((part, i) => {
      const at = x + (axes[i] as number);
      const isAround = i === around;
      const colour = isAround ? (broken ? "#c3cad8" : theme.accent) : WIRE;
      const dash = isAround && broken ? 'stroke-dasharray="3 11"' : "";
      const from = y + headed;
      const split =
        headed || (join === "none" && around < 0)
          ? ""
          : at === x + axis
            ? down(at, from, from + 26, WIRE, true)
            : path(`M${x + axis} ${from}${bend(x + axis, at, from + 12)}`, colour, dash);
      if (isAround) {
        const middle = (from + meeting) / 2;
        const lines = side.split("\n");
        const said = lines.map((it, n) =>
          line(it, { x: at + 22, y: middle + 9 + (n - (lines.length - 1) / 2) * 34 }, 25, {
            fill: broken ? theme.faint : theme.accent,
          }),
        );
        const to = broken ? end + GAP / 2 : meeting - 24;
        const inwards = broken
          ? ""
          : path(`M${at} ${to}Q${at} ${meeting} ${at - 24} ${meeting}H${x + axis + half + 4}`, colour) +
            path(`M${x + axis + half + 14} ${meeting - 8}l-10 8l10 8`, colour);
        const cross = broken ? path(`M${at - 11} ${to - 11}l22 22m0 -22l-22 22`, theme.warn) : "";
        return split + path(`M${at} ${from + 26}V${to}`, colour, dash) + inwards + cross + said.join("");
      }
      const head = heads[i] ? line(heads[i] as string, { x: at, y: y + 30 }, 26, { weight: 600, anchor: "middle" }) : "";
      const out =
        join === "none"
          ? around < 0
            ? ""
            : down(at, end - inner + part.height, y + height, WIRE, true)
          : at === x + axis
            ? down(at, end - inner + part.height, meeting - JOINT)
            : down(at, end - inner + part.height, end + 2, WIRE, true) +
              path(
                `M${at} ${end}V${meeting - 20}Q${at} ${meeting} ${at + Math.sign(x + axis - at) * 20} ${meeting}H${x + axis}`,
                WIRE,
              );
      return head + split + down(at, y + top, y + top + GAP) + part.draw(x + (starts[i] as number), y + top + GAP) + out;
    });
    return drawn.join("") + (join === "none" ? "" : joint(join, x + axis, meeting, lang));
  };
  return { width, height, axis, draw };
};

/** Sideways from one wire to another with round corners, ending 14 below. */
const bend = (from: number, to: number, y: number): string => {
  const turn = Math.sign(to - from) * 14;
  return `V${y - 12}Q${from} ${y} ${from + turn} ${y}H${to - turn}Q${to} ${y} ${to} ${y + 14}`;
};

const place = (part: Part, lang: Language): Placed => {
  if ("box" in part) return placeBox(part);
  return "port" in part ? placePort(part.port) : placeFork(part, lang);
};

/** Lays parts out below each other on one axis. Forks begin with their own wire, so none is drawn into them. */
export const placeFlow = (flow: readonly Part[], lang: Language): Placed => {
  const parts = flow.map((it) => place(it, lang));
  const before = flow.map((it, i) => (i === 0 ? 0 : "branches" in it ? 0 : GAP));
  const axis = Math.max(...parts.map((it) => it.axis));
  const width = axis + Math.max(...parts.map((it) => it.width - it.axis));
  const height = parts.reduce((sum, it, i) => sum + it.height + (before[i] as number), 0);
  const draw = (x: number, y: number) => {
    let at = y;
    const drawn = parts.map((part, i) => {
      const gap = before[i] as number;
      const wire = gap > 0 ? down(x + axis, at, at + gap) : "";
      const it = wire + part.draw(x + axis - part.axis, at + gap);
      at += gap + part.height;
      return it;
    });
    return drawn.join("");
  };
  return { width, height, axis, draw };
};
