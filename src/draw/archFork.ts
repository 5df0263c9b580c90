import type { Part, Placed } from "./archFlow.ts";
import {
  arrowDown,
  arrowheadLeft,
  drawCross,
  drawJoin,
  drawWire,
  JOIN_RADIUS,
  type Join,
  joinHalfWidth,
  SPLIT_HEIGHT,
  WIRE_LENGTH,
  wireBack,
  wireColours,
  wireDown,
  wireToBranch,
} from "./archWires.ts";
import { drawText, widestLine } from "./text.ts";
import { theme } from "./theme.ts";

/** Where a signal goes more than one way. */
export type ForkPart =
  /** All branches are computed, and meet. */
  | { branches: readonly (readonly Part[])[]; join: Join }
  /** One branch is computed, and what came in goes around it to meet the result. `note` is written beside that way, in lines. */
  | { inner: readonly Part[]; bypass: { join: Join; note: string } }
  /** One branch is computed, and the way around it that its twin has is missing. */
  | { inner: readonly Part[]; missing: { note: string } }
  /** Two ways to do the same, compared: nothing flows from one to the other. */
  | { columns: readonly { head: string; flow: readonly Part[] }[] };

/** Lays out a list of parts; handed in, because parts hold forks and forks hold parts. */
type PlaceFlow = (flow: readonly Part[]) => Placed;

/** Empty space between two branches. */
const BRANCH_GAP = 28;

/** Below the branches: a wire, and the sign at which they meet. */
const JOIN_HEIGHT = WIRE_LENGTH + 2 * JOIN_RADIUS;

/** Branches beside each other: the left edge and the axis of each, and the size of all. */
const besideEachOther = (parts: readonly Placed[]) => {
  const lefts = parts.map((_, i) => parts.slice(0, i).reduce((sum, it) => sum + it.width + BRANCH_GAP, 0));
  return {
    lefts,
    axes: parts.map((it, i) => (lefts[i] as number) + it.axis),
    width: (lefts.at(-1) as number) + (parts.at(-1) as Placed).width,
    height: Math.max(...parts.map((it) => it.height)),
  };
};

const placeBranches = ({ branches, join }: Extract<ForkPart, { join: Join }>, placeFlow: PlaceFlow): Placed => {
  const parts = branches.map(placeFlow);
  const { lefts, axes, width, height } = besideEachOther(parts);
  const axis = ((axes[0] as number) + (axes.at(-1) as number)) / 2;
  const half = joinHalfWidth(join);
  const draw = (x: number, y: number) => {
    const top = y + SPLIT_HEIGHT + WIRE_LENGTH;
    const meeting = top + height + WIRE_LENGTH + JOIN_RADIUS;
    const drawn = parts.map((part, i) => {
      const [left, at] = [x + (lefts[i] as number), x + (axes[i] as number)];
      const bottom = top + part.height;
      return [
        wireToBranch(x + axis, at, y),
        arrowDown(at, y + SPLIT_HEIGHT, top),
        part.draw(left, top),
        // Branches above the sign run straight down into it, the others come in from the side.
        Math.abs(axis - (axes[i] as number)) < half
          ? arrowDown(at, bottom, meeting - JOIN_RADIUS)
          : wireBack(at, bottom, meeting, x + axis),
      ].join("");
    });
    return drawn.join("") + drawJoin(join, x + axis, meeting);
  };
  return { width, height: SPLIT_HEIGHT + WIRE_LENGTH + height + JOIN_HEIGHT, axis, draw };
};

const noteStyle = { size: 25 } as const;
const NOTE_LINE = 34;
/** From the wire around a branch to its note. */
const NOTE_MARGIN = 22;
/** From the branch to the wire around it: far enough for the wire's corners. */
const BYPASS_GAP = 40;

/** The lines of a note to the right of a wire at x, about the height `middle`. */
const drawNote = (note: string, x: number, middle: number, fill: string): string => {
  const lines = note.split("\n");
  const top = middle - ((lines.length - 1) / 2) * NOTE_LINE;
  return lines
    .map((line, i) => drawText(line, { x: x + NOTE_MARGIN, y: top + i * NOTE_LINE }, { ...noteStyle, fill, centred: true }))
    .join("");
};

const placeInner = (fork: Extract<ForkPart, { inner: unknown }>, placeFlow: PlaceFlow): Placed => {
  const part = placeFlow(fork.inner);
  const { note } = "bypass" in fork ? fork.bypass : fork.missing;
  // The sign may be wider than the branch above it, and must not reach the wire that comes in from the side.
  const around =
    part.axis + Math.max(part.width - part.axis, "bypass" in fork ? joinHalfWidth(fork.bypass.join) : 0) + BYPASS_GAP;
  const width = around + NOTE_MARGIN + widestLine(note.split("\n"), noteStyle);
  const height = SPLIT_HEIGHT + WIRE_LENGTH + part.height + JOIN_HEIGHT;
  const draw = (x: number, y: number) => {
    const [axis, side] = [x + part.axis, x + around];
    const top = y + SPLIT_HEIGHT + WIRE_LENGTH;
    const bottom = top + part.height;
    const meeting = bottom + WIRE_LENGTH + JOIN_RADIUS;
    const middle = (y + meeting) / 2;
    const branch = wireToBranch(axis, axis, y) + arrowDown(axis, y + SPLIT_HEIGHT, top) + part.draw(x, top);
    if ("missing" in fork) {
      const [dashes, end] = ["3 11", bottom + WIRE_LENGTH / 2];
      return [
        wireToBranch(axis, side, y, wireColours.missing, dashes),
        drawWire(`M${side} ${y + SPLIT_HEIGHT}V${end}`, wireColours.missing, dashes),
        drawCross(side, end),
        branch,
        wireDown(axis, bottom, y + height),
        drawNote(note, side, middle, theme.faint),
      ].join("");
    }
    const { join } = fork.bypass;
    const tip = axis + joinHalfWidth(join) + 4; // just outside of the sign's stroke
    return [
      wireToBranch(axis, side, y, wireColours.bypass),
      wireBack(side, y + SPLIT_HEIGHT, meeting, tip, wireColours.bypass),
      arrowheadLeft(tip, meeting, wireColours.bypass),
      branch,
      arrowDown(axis, bottom, meeting - JOIN_RADIUS),
      drawNote(note, side, middle, theme.accent),
      drawJoin(join, axis, meeting),
    ].join("");
  };
  return { width, height, axis: part.axis, draw };
};

const headStyle = { size: 26, weight: 600, anchor: "middle" } as const;
const HEAD_HEIGHT = 44;

const placeColumns = ({ columns }: Extract<ForkPart, { columns: unknown }>, placeFlow: PlaceFlow): Placed => {
  const parts = columns.map(({ head, flow }): Placed => {
    const part = placeFlow(flow);
    const width = Math.max(part.width, widestLine([head], headStyle));
    const draw = (x: number, y: number) => {
      const [middle, top] = [x + width / 2, y + HEAD_HEIGHT + WIRE_LENGTH];
      return (
        drawText(head, { x: middle, y: y + headStyle.size }, headStyle) +
        arrowDown(middle, y + HEAD_HEIGHT, top) +
        part.draw(middle - part.axis, top)
      );
    };
    return { width, height: HEAD_HEIGHT + WIRE_LENGTH + part.height, axis: width / 2, draw };
  });
  const { lefts, width, height } = besideEachOther(parts);
  return {
    ...{ width, height, axis: width / 2 },
    draw: (x, y) => parts.map((part, i) => part.draw(x + (lefts[i] as number), y)).join(""),
  };
};

/** Lays out what goes more than one way: branches that meet, a way around a branch, or columns to compare. */
export const placeFork = (fork: ForkPart, placeFlow: PlaceFlow): Placed => {
  if ("branches" in fork) return placeBranches(fork, placeFlow);
  return "inner" in fork ? placeInner(fork, placeFlow) : placeColumns(fork, placeFlow);
};
