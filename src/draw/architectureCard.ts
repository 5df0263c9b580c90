import { describe, type Layer } from "../nets/backends/describe.ts";
import type { Net } from "../nets/net.ts";
import { short } from "../numbers.ts";
import type { Language } from "../text.ts";
import { diagramOf } from "./archDiagrams.ts";
import { placeFlow } from "./archFlow.ts";
import { fillIn } from "./archSketch.ts";
import { layerTable, type Row } from "./layerTable.ts";
import { svgDocument } from "./svg.ts";
import { drawParagraph, drawText, textWidth, truncate } from "./text.ts";
import { page, theme } from "./theme.ts";

const { width: WIDTH, margin: PAD } = page;

const texts = {
  layer: { en: "layer", ko: "레이어" },
  output: { en: "output", ko: "출력" },
  parameters: { en: "parameters", ko: "파라미터" },
  total: { en: "total", ko: "합계" },
  pixels: { en: "pixels", ko: "픽셀" },
  classes: { en: "classes", ko: "클래스" },
};

const nameStyle = { size: 56, weight: 600 } as const;
const factsStyle = { size: 30, fill: theme.faint };
const ideaStyle = { size: 32 };
const titleStyle = { size: 36, weight: 600 } as const;
const captionStyle = { size: 28, fill: theme.faint };
const headingStyle = { size: 26, fill: theme.faint };
const cellStyle = { size: 29 };
const timesStyle = { size: 25, weight: 600, fill: theme.accent } as const;
const totalStyle = { size: 34, weight: 600 } as const;

/** Height of a row of the layer table. */
const ROW = 62;
/** Right edges of the number columns. */
const columns = { output: 672, parameters: 862, macs: WIDTH - PAD };
/** The bar under a number that is the whole total. A layer with at least a hundredth of it gets a bar that can be seen. */
const SHARE_BAR = { length: 130, thickness: 6, leastShare: 0.01 };
/** Least space between a layer's name and its output. */
const COLUMN_GAP = 24;

interface Totals {
  parameters: number;
  macs: number;
}

const drawShare = (right: number, y: number, share: number): string => {
  const { length, thickness, leastShare } = SHARE_BAR;
  const filled = share >= leastShare ? Math.max(thickness, share * length) : 0;
  return `<rect x="${right - filled}" y="${y}" width="${filled.toFixed(1)}" height="${thickness}" rx="${thickness / 2}" fill="${theme.accentPale}"/>`;
};

/** "×3" on a pill: how many blocks alike a row stands for. */
const timesPill = (times: number) => {
  const text = `×${times}`;
  const width = textWidth(text, timesStyle) + 28;
  const draw = (x: number, middle: number) =>
    `<rect x="${x}" y="${middle - 18}" width="${width}" height="36" rx="18" fill="${theme.accentSoft}"/>` +
    drawText(text, { x: x + width / 2, y: middle }, { ...timesStyle, anchor: "middle", centred: true });
  return { width, draw };
};

const drawRow = (row: Row, y: number, totals: Totals, lang: Language): string => {
  const output = row.output.join("×");
  const pill = row.times > 1 ? timesPill(row.times) : undefined;
  const room = columns.output - textWidth(output, cellStyle) - COLUMN_GAP - PAD - (pill ? pill.width + 10 : 0);
  const name = truncate(row.name[lang], room, cellStyle);
  const baseline = y + 39;
  const number = (count: number, right: number, total: number) =>
    count > 0
      ? drawText(short(count), { x: right, y: y + 36 }, { ...cellStyle, anchor: "end" }) + drawShare(right, y + 46, count / total)
      : drawText("–", { x: right, y: y + 36 }, { ...cellStyle, anchor: "end", fill: theme.faint });
  return [
    drawText(name, { x: PAD, y: baseline }, cellStyle),
    pill?.draw(PAD + textWidth(name, cellStyle) + 10, y + 29) ?? "",
    drawText(output, { x: columns.output, y: baseline }, { ...cellStyle, anchor: "end", fill: theme.faint }),
    number(row.parameters, columns.parameters, totals.parameters),
    number(row.macs, columns.macs, totals.macs),
    `<rect x="${PAD}" y="${y + ROW - 2}" width="${WIDTH - 2 * PAD}" height="2" fill="${theme.line}"/>`,
  ].join("");
};

const drawTable = (rows: readonly Row[], top: number, totals: Totals, lang: Language) => {
  const heading = (text: string, x: number, anchor: "start" | "end") =>
    drawText(text, { x, y: top + 30 }, { ...headingStyle, anchor });
  const first = top + 52;
  const foot = first + rows.length * ROW;
  const total = (text: string, x: number, anchor: "start" | "end") =>
    drawText(text, { x, y: foot + 48 }, { ...totalStyle, anchor });
  const svg = [
    heading(texts.layer[lang], PAD, "start"),
    heading(texts.output[lang], columns.output, "end"),
    heading(texts.parameters[lang], columns.parameters, "end"),
    heading("MACs", columns.macs, "end"),
    `<rect x="${PAD}" y="${top + 46}" width="${WIDTH - 2 * PAD}" height="3" fill="${theme.ink}"/>`,
    ...rows.map((row, i) => drawRow(row, first + i * ROW, totals, lang)),
    total(texts.total[lang], PAD, "start"),
    total(short(totals.parameters), columns.parameters, "end"),
    total(short(totals.macs), columns.macs, "end"),
  ].join("");
  return { svg, bottom: foot + 60 };
};

/** Space around the diagram within its panel. */
const PANEL_PAD = 28;

/** The panel with what is characteristic of a network: a title, the diagram (made smaller where it is too wide), a caption. */
const drawPanel = (net: Net, layers: readonly Layer[], top: number, lang: Language) => {
  const width = WIDTH - 2 * PAD;
  const diagram = diagramOf(net);
  const flow = placeFlow(fillIn(diagram.flow, diagram.block, layers, lang));
  const scale = Math.min(1, (width - 2 * PANEL_PAD) / flow.width);
  const title = { x: PAD + PANEL_PAD, y: top + 56 };
  const drawing = { x: (WIDTH - flow.width * scale) / 2, y: top + 96 };
  const below = { x: PAD + PANEL_PAD, y: drawing.y + flow.height * scale + 22, width: width - 2 * PANEL_PAD };
  const caption = drawParagraph(diagram.caption[lang], below, captionStyle);
  const bottom = caption.bottom + PANEL_PAD;
  const svg = [
    `<rect x="${PAD}" y="${top}" width="${width}" height="${bottom - top}" rx="24" fill="${theme.panel}"/>`,
    drawText(diagram.title[lang], title, titleStyle),
    `<g transform="translate(${drawing.x} ${drawing.y}) scale(${scale})">${flow.draw(0, 0)}</g>`,
    caption.svg,
  ].join("");
  return { svg, bottom };
};

/** The picture of `/arch`: what a network's family does differently as a diagram, and its layers with what each costs. */
export const architectureCard = (net: Net, lang: Language): string => {
  const { layers, ...totals } = describe(net);
  const width = WIDTH - 2 * PAD;
  const facts = `${net.paper.year} · ${net.size}×${net.size} ${texts.pixels[lang]} → ${net.classes} ${texts.classes[lang]}`;
  const idea = drawParagraph(net.idea[lang], { x: PAD, y: PAD + 126, width }, ideaStyle);
  const panel = drawPanel(net, layers, idea.bottom + 30, lang);
  const table = drawTable(layerTable(layers), panel.bottom + 34, totals, lang);
  const content = [
    drawText(net.name, { x: PAD, y: PAD + 50 }, nameStyle),
    drawText(facts, { x: PAD, y: PAD + 98 }, factsStyle),
    idea.svg,
    panel.svg,
    table.svg,
  ];
  return svgDocument(WIDTH, Math.round(table.bottom + PAD), content.join(""));
};
