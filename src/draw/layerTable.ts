import type { Layer, Shape } from "../nets/backends/describe.ts";
import { countParameters } from "../nets/parameter.ts";
import type { Text } from "../text.ts";

/** A line of the layer table: one layer with what follows it, one block, or several blocks alike. */
export interface Row {
  name: Text;
  /** How many blocks it stands for. */
  times: number;
  /** Of the last layer in it, before it is flattened for a dense layer. */
  output: Shape;
  /** Of all of them together. */
  parameters: number;
  macs: number;
}

interface Unit {
  path: string;
  layers: Layer[];
}

/** "stage1/block2/1/conv" belongs to "stage1/block2", "3a/one/conv" to "3a". */
const unitOf = (path: string): string => path.match(/^[^/]+\/(?:block|layer)\d+/)?.[0] ?? (path.split("/")[0] as string);

const pools: Readonly<Partial<Record<Layer["kind"], Text>>> = {
  maxPool: { en: "max pool", ko: "최대 풀링" },
  averagePool: { en: "average pool", ko: "평균 풀링" },
  globalAveragePool: { en: "global average", ko: "전체 평균" },
  adaptiveAveragePool: { en: "average pool", ko: "평균 풀링" },
};

/** Layers without a path of their own belong to the one before them, except pools, which change the shape. */
const unitsOf = (layers: readonly Layer[]): Unit[] => {
  const units: Unit[] = [];
  for (const layer of layers) {
    const last = units.at(-1);
    const path = layer.path === "" && pools[layer.kind] ? layer.kind : unitOf(layer.path);
    const follows = layer.path === "" || (layer.kind === "batchNorm" && !layer.path.includes("/") && !last?.path.includes("/"));
    if (last && (last.path === path || (follows && !pools[path as Layer["kind"]]))) last.layers.push(layer);
    else units.push({ path, layers: [layer] });
  }
  return units;
};

const words: Readonly<Record<string, Text>> = {
  stage: { en: "stage", ko: "스테이지" },
  block: { en: "block", ko: "블록" },
  layer: { en: "layer", ko: "레이어" },
  group: { en: "group", ko: "그룹" },
  conv: { en: "conv", ko: "합성곱" },
  dense: { en: "dense", ko: "완전 연결" },
  head: { en: "classifier", ko: "분류기" },
  stem: { en: "stem", ko: "스템" },
  transition: { en: "transition", ko: "전환" },
  norm: { en: "batch norm", ko: "배치 정규화" },
  whiten: { en: "whitening", ko: "화이트닝" },
  top: { en: "top", ko: "헤드" },
};

/** "stage1" in words: "stage 1". */
const nameOfPart = (part: string): Text => {
  const [, word = "", number = ""] = part.match(/^([a-z]+)(\d*)$/) ?? [];
  const text = words[word];
  if (!text) return /^\d/.test(part) ? { en: `module ${part}`, ko: `모듈 ${part}` } : { en: part, ko: part };
  return { en: `${text.en} ${number}`.trim(), ko: `${text.ko} ${number}`.trim() };
};

const nameOf = (units: readonly Unit[]): Text => {
  const [first = "", second] = (units[0] as Unit).path.split("/");
  const outer = pools[first as Layer["kind"]] ?? nameOfPart(first);
  if (!second) return outer;
  const from = nameOfPart(second);
  const to = units.length > 1 ? `–${(units.at(-1) as Unit).path.match(/\d+$/)?.[0]}` : "";
  return { en: `${outer.en} · ${from.en}${to}`, ko: `${outer.ko} · ${from.ko}${to}` };
};

/** Two blocks alike: of one stage, made of the same layers, with pictures of the same size. */
const isLike = (a: Unit, b: Unit): boolean =>
  a.path.includes("/") &&
  a.path.split("/")[0] === b.path.split("/")[0] &&
  `${a.layers.map((it) => it.kind)}` === `${b.layers.map((it) => it.kind)}` &&
  `${a.layers.at(-1)?.output.slice(0, 2)}` === `${b.layers.at(-1)?.output.slice(0, 2)}`;

/** The layers of a network as a table that stays short: blocks alike share a row. */
export const layerTable = (layers: readonly Layer[]): Row[] => {
  const folds: Unit[][] = [];
  for (const unit of unitsOf(layers)) {
    const last = folds.at(-1)?.[0];
    if (last && isLike(last, unit)) folds.at(-1)?.push(unit);
    else folds.push([unit]);
  }
  return folds.map((units) => {
    const all = units.flatMap((it) => it.layers);
    const sum = (of: (layer: Layer) => number) => all.reduce((total, it) => total + of(it), 0);
    return {
      name: nameOf(units),
      times: units.length,
      output: (all.findLast((it) => it.kind !== "flatten") as Layer).output,
      parameters: countParameters(all.flatMap((it) => it.parameters)),
      macs: sum((it) => it.macs),
    };
  });
};
