import { type RenderedImage, Resvg } from "@resvg/resvg-js";
import { outlined } from "./outlines.ts";

/** Draws an SVG, at `scale` pixels for each of its units. Text is set in Pretendard, in weights 400 and 600. */
export const rasterise = (svg: string, scale = 1): RenderedImage =>
  new Resvg(outlined(svg), { fitTo: { mode: "zoom", value: scale }, font: { loadSystemFonts: false } }).render();

/** Text made safe to stand inside an SVG. */
export const safe = (text: string): string =>
  text.replace(/[<>&"']/g, (it) => ({ "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;", "'": "&#39;" })[it] as string);
