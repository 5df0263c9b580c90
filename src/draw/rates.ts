import { tickStep, ticks } from "d3-array";
import type { Image } from "../images/image.ts";
import type { RateSearch } from "../learn/findRate.ts";
import type { Language, Text } from "../text.ts";
import { line } from "./bars.ts";
import { drawn } from "./drawn.ts";
import { theme } from "./theme.ts";

const words: Record<"title" | "rate" | "loss", Text> = {
  title: { en: "Which learning rate?", ko: "어떤 학습률이 좋을까요?" },
  rate: { en: "learning rate", ko: "학습률" },
  loss: { en: "loss", ko: "손실" },
};

/** 0.0316 as "0.032", 2e-5 as "2e-5". */
const rateText = (rate: number): string => (rate >= 1e-3 ? String(Number(rate.toPrecision(2))) : rate.toExponential(0));

const [WIDTH, HEIGHT] = [640, 400];
const plot = { left: 72, right: WIDTH - 28, top: 76, bottom: HEIGHT - 64 };

/** The loss at every learning rate tried, the rates in equal ratios, and the one suggested. 1280 × 800 pixels. */
export const ratesPlot = ({ points, suggestion }: RateSearch, lang: Language): Image => {
  const rates = points.map((it) => it.rate);
  const losses = points.map((it) => it.loss);
  const [low, high] = [
    Math.min(...losses),
    Math.max(...losses.slice(0, Math.ceil(losses.length / 2)), Math.min(...losses) * 1.2),
  ];
  const [first, last] = [Math.log10(rates[0] as number), Math.log10(rates.at(-1) as number)];
  const x = (rate: number) => plot.left + ((Math.log10(rate) - first) / (last - first || 1)) * (plot.right - plot.left);
  const y = (loss: number) => {
    const share = (loss - low) / (high - low || 1);
    return plot.bottom - (0.06 + 0.88 * Math.min(1.06, share)) * (plot.bottom - plot.top);
  };
  const size = 15;
  const rule = (x1: number, y1: number, x2: number, y2: number, stroke: string, more = "") =>
    `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="${stroke}" ${more}/>`;
  const decades = Array.from({ length: Math.floor(last) - Math.ceil(first) + 1 }, (_, i) => 10 ** (Math.ceil(first) + i));
  const levels = ticks(low, high, 4);
  const digits = Math.max(0, -Math.floor(Math.log10(tickStep(low, high, 4))));
  const curve = points.map((it, i) => `${i === 0 ? "M" : "L"}${x(it.rate).toFixed(1)} ${y(it.loss).toFixed(1)}`).join("");
  const at = x(suggestion);
  const chosen = points.find((it) => it.rate === suggestion)?.loss ?? low;
  // The label stands where the curve is not: to the right of a mark on the left half, else to the left.
  const [side, anchor] = at < (plot.left + plot.right) / 2 ? [14, "start"] : [-14, "end"];
  return drawn(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
<rect width="100%" height="100%" fill="${theme.paper}"/>
${line(words.title[lang], { x: 28, y: 42 }, 22, { weight: 600 })}
${decades.map((it) => rule(x(it), plot.top, x(it), plot.bottom, theme.line) + line(rateText(it), { x: x(it), y: plot.bottom + 24 }, size, { fill: theme.faint, anchor: "middle" })).join("")}
${levels.map((it) => rule(plot.left, y(it), plot.right, y(it), theme.line) + line(it.toFixed(digits), { x: plot.left - 10, y: y(it) + 5 }, size, { fill: theme.faint, anchor: "end" })).join("")}
${line(words.loss[lang], { x: plot.left - 10, y: plot.top - 8 }, size, { fill: theme.faint, anchor: "end" })}
${line(words.rate[lang], { x: plot.right, y: plot.bottom + 48 }, size, { fill: theme.faint, anchor: "end" })}
<path d="${curve}" fill="none" stroke="${theme.accent}" stroke-width="3" stroke-linejoin="round" stroke-linecap="round"/>
${rule(at, plot.top, at, plot.bottom, theme.warn, 'stroke-width="2" stroke-dasharray="5 5"')}
<circle cx="${at.toFixed(1)}" cy="${y(chosen).toFixed(1)}" r="7" fill="${theme.warn}" stroke="${theme.paper}" stroke-width="2"/>
${line(rateText(suggestion), { x: at + side, y: plot.top + 20 }, 20, { weight: 600, fill: theme.warn, anchor })}
</svg>`,
    2,
  );
};
