import { describe } from "../nets/backends/describe.ts";
import type { Net } from "../nets/net.ts";
import { short } from "../numbers.ts";
import type { Language } from "../text.ts";
import { diagramOf } from "./archDiagrams.ts";
import { placeFlow } from "./archFlow.ts";
import { fillIn } from "./archSketch.ts";
import { line, shortened, widthOf } from "./bars.ts";
import { layerTable, type Row } from "./layerTable.ts";
import { svgDocument } from "./photo.ts";
import { theme } from "./theme.ts";

const WIDTH = 1080;
const PAD = 48;
const ROW = 62;
const SIZE = 29;
const PANEL = "#f7f8fc";

const texts = {
  layer: { en: "layer", ko: "층" },
  output: { en: "output", ko: "출력" },
  parameters: { en: "parameters", ko: "파라미터" },
  total: { en: "total", ko: "합계" },
  pixels: { en: "pixels", ko: "픽셀" },
  classes: { en: "classes", ko: "클래스" },
};

/** A text in lines no wider than `width`, broken at spaces; `widthOf` says a tenth too much of running text. */
export const wrapped = (text: string, width: number, size: number): string[] => {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && widthOf(longer) * size <= width * 1.08) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
};

const paragraph = (text: string, y: number, x: number, width: number, size: number, fill: string = theme.faint) => {
  const lines = wrapped(text, width, size);
  const step = Math.round(size * 1.42);
  return {
    svg: lines.map((it, i) => line(it, { x, y: y + size + i * step }, size, { fill })).join(""),
    end: y + lines.length * step,
  };
};

/** Right edges of the number columns. */
const columns = { output: 672, parameters: 862, macs: WIDTH - PAD };

const shares = (right: number, y: number, share: number): string => {
  const length = 130;
  const filled = share >= 0.01 ? Math.max(6, share * length) : 0;
  return `<rect x="${right - filled}" y="${y}" width="${filled.toFixed(1)}" height="6" rx="3" fill="#91a7ff"/>`;
};

const tableRow = (row: Row, y: number, totals: { parameters: number; macs: number }, lang: Language): string => {
  const name = shortened(row.name[lang], columns.output - PAD - 250, SIZE);
  const after = PAD + widthOf(name) * SIZE + 8;
  const chip =
    row.times > 1
      ? `<rect x="${after}" y="${y + 12}" width="${34 + 15 * String(row.times).length}" height="36" rx="18" fill="${theme.accentSoft}"/>${line(`×${row.times}`, { x: after + 17 + 7.5 * String(row.times).length, y: y + 39 }, 25, { weight: 600, fill: theme.accent, anchor: "middle" })}`
      : "";
  const number = (count: number, right: number, total: number) =>
    count > 0
      ? line(short(count), { x: right, y: y + 36 }, SIZE, { anchor: "end" }) + shares(right, y + 46, count / total)
      : line("–", { x: right, y: y + 36 }, SIZE, { anchor: "end", fill: theme.faint });
  return [
    line(name, { x: PAD, y: y + 39 }, SIZE),
    chip,
    line(row.output.join("×"), { x: columns.output, y: y + 39 }, SIZE, { anchor: "end", fill: theme.faint }),
    number(row.parameters, columns.parameters, totals.parameters),
    number(row.macs, columns.macs, totals.macs),
    `<rect x="${PAD}" y="${y + ROW - 2}" width="${WIDTH - 2 * PAD}" height="2" fill="${theme.line}"/>`,
  ].join("");
};

const table = (rows: readonly Row[], top: number, totals: { parameters: number; macs: number }, lang: Language) => {
  const heading = [
    line(texts.layer[lang], { x: PAD, y: top + 30 }, 26, { fill: theme.faint }),
    line(texts.output[lang], { x: columns.output, y: top + 30 }, 26, { fill: theme.faint, anchor: "end" }),
    line(texts.parameters[lang], { x: columns.parameters, y: top + 30 }, 26, { fill: theme.faint, anchor: "end" }),
    line("MACs", { x: columns.macs, y: top + 30 }, 26, { fill: theme.faint, anchor: "end" }),
    `<rect x="${PAD}" y="${top + 46}" width="${WIDTH - 2 * PAD}" height="3" fill="${theme.ink}"/>`,
  ];
  const first = top + 52;
  const foot = first + rows.length * ROW;
  const bold = { weight: 600, anchor: "end" } as const;
  const sums = [
    line(texts.total[lang], { x: PAD, y: foot + 48 }, 34, { weight: 600 }),
    line(short(totals.parameters), { x: columns.parameters, y: foot + 48 }, 34, bold),
    line(short(totals.macs), { x: columns.macs, y: foot + 48 }, 34, bold),
  ];
  return {
    svg: [...heading, ...rows.map((row, i) => tableRow(row, first + i * ROW, totals, lang)), ...sums].join(""),
    end: foot + 72,
  };
};

/** The picture of `/arch`: what a network's family does differently as a diagram, and its layers with what each costs. */
export const architectureCard = (net: Net, lang: Language): string => {
  const description = describe(net);
  const { layers } = description;
  const width = WIDTH - 2 * PAD;
  const facts = `${net.paper.year} · ${net.size}×${net.size} ${texts.pixels[lang]} → ${net.classes} ${texts.classes[lang]}`;
  const head =
    line(net.name, { x: PAD, y: PAD + 50 }, 56, { weight: 600 }) +
    line(facts, { x: PAD, y: PAD + 98 }, 30, { fill: theme.faint });
  const idea = paragraph(net.idea[lang], PAD + 126, PAD, width, 32, theme.ink);
  const diagram = diagramOf(net, layers);
  const flow = placeFlow(fillIn(diagram.flow, diagram.block, layers, lang), lang);
  const scale = Math.min(1, (width - 48) / flow.width);
  const panel = idea.end + 30;
  const drawing = panel + 96;
  const caption = paragraph(diagram.caption[lang], drawing + flow.height * scale + 22, PAD + 28, width - 56, 28);
  const bottom = caption.end + 24;
  const layout = table(layerTable(layers), bottom + 34, description, lang);
  return svgDocument(
    WIDTH,
    Math.round(layout.end + PAD - 12),
    [
      head,
      idea.svg,
      `<rect x="${PAD}" y="${panel}" width="${width}" height="${bottom - panel}" rx="24" fill="${PANEL}"/>`,
      line(diagram.title[lang], { x: PAD + 28, y: panel + 56 }, 36, { weight: 600 }),
      `<g transform="translate(${(WIDTH - flow.width * scale) / 2} ${drawing}) scale(${scale})">${flow.draw(0, 0)}</g>`,
      caption.svg,
      layout.svg,
    ].join(""),
  );
};
