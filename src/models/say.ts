import { costs } from "../draw/numbers.ts";
import type { Model } from "../store/store.ts";
import type { Language } from "../text.ts";
import type { CatalogEntry } from "./catalogEntry.ts";

const megabytes = (bytes: number): string => `${bytes < 1e7 ? (bytes / 1e6).toFixed(1) : Math.round(bytes / 1e6)} MB`;

/** A model in one line of a list. */
export const modelLine = ({ name, card, addedBy }: Model, lang: Language): string => {
  const accuracy = card.metrics?.["accuracy"];
  const facts = [
    costs(card, lang),
    { en: `${card.classes.length} classes`, ko: `클래스 ${card.classes.length}개` }[lang],
    ...(accuracy === undefined ? [] : [`top-1 ${(100 * accuracy).toFixed(1)} %`]),
    { en: `added by ${addedBy}`, ko: `추가: ${addedBy}` }[lang],
  ];
  return `• **${name}** — ${facts.join(" · ")}`;
};

/** A catalog entry in one line. */
export const catalogLine = ({ name, family, bytes, top1 }: CatalogEntry): string =>
  `• **${name}** — ${family} · ${megabytes(bytes)}${top1 === undefined ? "" : ` · top-1 ${top1.toFixed(1)} %`}`;

const CLASSES_SHOWN = 6;

/** Everything a card says, line by line. */
export const modelDetails = ({ name, bytes, card, addedBy, at }: Model, lang: Language): string => {
  const { resize, squash, crop, interpolation, order, scale, mean, std } = card.preprocessing;
  const row = (en: string, ko: string, value: string) => `${{ en, ko }[lang]}: ${value}`;
  const more = card.classes.length > CLASSES_SHOWN ? ", …" : "";
  const lineage = Object.entries(card.lineage ?? {}).map(
    ([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return [
    `**${name}**${card.family ? ` (${card.family})` : ""} · ${megabytes(bytes)}`,
    row("Cost", "비용", costs(card, lang)),
    row("Input", "입력", `${card.input.width} × ${card.input.height}, ${card.input.layout}, ${order}`),
    row(
      "Preprocessing",
      "전처리",
      `resize ${resize}${squash ? ` × ${resize}` : ""} ${interpolation}, crop ${crop}, ÷ ${scale}, mean ${mean.join(" ")}, std ${std.join(" ")}`,
    ),
    row("Classes", "클래스", `${card.classes.length}: ${card.classes.slice(0, CLASSES_SHOWN).join(", ")}${more}`),
    ...Object.entries(card.metrics ?? {}).map(([key, value]) => `${key}: ${value}`),
    ...lineage,
    row("Added", "추가", `${addedBy}, ${at.toISOString().slice(0, 10)}`),
  ].join("\n");
};
