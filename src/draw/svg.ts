import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type RenderedImage, Resvg } from "@resvg/resvg-js";

/** Pretendard holds Latin and Hangul in one design, so Korean captions never turn into boxes. */
const fonts = join(dirname(createRequire(import.meta.url).resolve("pretendard/package.json")), "dist/public/static");
const fontFiles = ["Regular", "SemiBold"].map((weight) => join(fonts, `Pretendard-${weight}.otf`));

/** Draws an SVG, at `scale` pixels for each of its units. Use weights 400 and 600: those are the ones that are loaded. */
export const rasterise = (svg: string, scale = 1): RenderedImage =>
  new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "Pretendard" },
  }).render();

/** Text made safe to stand inside an SVG. */
export const safe = (text: string): string =>
  text.replace(/[<>&"']/g, (it) => ({ "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;", "'": "&#39;" })[it] as string);
