import type { Language } from "./text.ts";

/** 0.8123 as "81.2 %"; nearly nothing and nearly everything are not rounded to nothing and everything. */
export const percent = (share: number): string => {
  if (share > 0 && share < 0.0005) return "<0.1 %";
  return share >= 0.9995 && share < 1 ? ">99.9 %" : `${(share * 100).toFixed(1)} %`;
};

const units = [
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
] as const;

/** 6998552 as "7.0 M": three figures at most. */
export const short = (count: number): string => {
  const [size, unit] = units.find(([it]) => count >= it * 0.9995) ?? [1, ""];
  const value = count / size;
  return unit === "" ? String(count) : `${value.toFixed(value < 9.95 ? 2 : 1).replace(/(\.\d)0$/, "$1")} ${unit}`;
};

/** The size of a file as people read it, in powers of 10: "612 kB", "4.2 MB", "531 MB". */
export const fileSize = (bytes: number): string =>
  bytes < 1e6
    ? `${Math.min(999, Math.max(1, Math.round(bytes / 1e3)))} kB`
    : `${(bytes / 1e6).toFixed(bytes < 9.95e6 ? 1 : 0)} MB`;

/** Bytes in megabytes (10^6), rounded up to a tenth, so that what is above a limit never reads as the limit itself. */
export const megabytes = (bytes: number): number => Math.ceil(bytes / 1e5) / 10;

/** Mean and sample standard deviation of at least one value; the latter is 0 of a single one. */
export const spreadOf = (values: readonly number[]): { mean: number; std: number; n: number } => {
  const n = values.length;
  const mean = values.reduce((sum, it) => sum + it, 0) / n;
  const squares = values.reduce((sum, it) => sum + (it - mean) ** 2, 0);
  return { mean, std: n > 1 ? Math.sqrt(squares / (n - 1)) : 0, n };
};

/** A time of computing: "18 ms", "1.2 s". */
export const duration = (ms: number): string =>
  ms < 1 ? "<1 ms" : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

/** What a model costs, in one line. */
export const costs = ({ params, macs, ms }: { params: number; macs?: number | undefined; ms?: number }, lang: Language): string =>
  [
    { en: `${short(params)} params`, ko: `파라미터 ${short(params)}` }[lang],
    ...(macs === undefined ? [] : [`${short(macs)} MACs`]),
    ...(ms === undefined ? [] : [duration(ms)]),
  ].join(" · ");
