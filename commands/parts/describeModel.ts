import type { CatalogEntry } from "../../src/models/catalog.ts";
import { costs, fileSize } from "../../src/numbers.ts";
import type { Model } from "../../src/store/models.ts";
import { isShipped } from "../../src/store/shippedModels.ts";
import type { Language, Text } from "../../src/text.ts";
import { isSetAside, isVouched } from "./models.ts";

/** Why a model is not asked at present, and who can change that. */
const asideNote = (model: Model): Text => {
  const again = `\`/classify model:${model.name}\``;
  const who = isShipped(model) ? { en: "anybody", ko: "누구나" } : { en: model.addedBy, ko: `${model.addedBy} 님이` };
  return {
    en: `set aside: twice it crashed or did not come to an end; ${who.en} can try it again with ${again}`,
    ko: `두 번 멈추거나 끝나지 않아서 빼 두었어요. ${who.ko} ${again}으로 다시 시도할 수 있어요`,
  };
};

/** A model in one line of a list. */
export const modelLine = (model: Model, lang: Language): string => {
  const { name, card, addedBy } = model;
  const accuracy = isVouched(model) ? card.metrics?.accuracy : undefined;
  const facts = [
    costs(card, lang),
    { en: `${card.classes.length} classes`, ko: `클래스 ${card.classes.length}개` }[lang],
    ...(accuracy === undefined ? [] : [`top-1 ${(100 * accuracy).toFixed(1)} %`]),
    { en: `added by ${addedBy}`, ko: `추가: ${addedBy}` }[lang],
    ...(isSetAside(model) ? [asideNote(model)[lang]] : []),
  ];
  return `• **${name}** — ${facts.join(" · ")}`;
};

/** A catalog entry in one line. */
export const catalogLine = ({ name, family, bytes, top1 }: CatalogEntry): string =>
  `• **${name}** — ${family} · ${fileSize(bytes)}${top1 === undefined ? "" : ` · top-1 ${top1.toFixed(1)} %`}`;

const CLASSES_SHOWN = 6;

/** Everything a card says, line by line; where it comes from and what it is worth only where somebody we know has looked. */
export const modelDetails = (model: Model, lang: Language): string => {
  const { name, bytes, card, addedBy, at } = model;
  const { family, metrics = {}, lineage = {} } = isVouched(model) ? card : {};
  const { resize, squash, crop, interpolation, order, scale, mean, std } = card.preprocessing;
  const row = (en: string, ko: string, value: string) => `${{ en, ko }[lang]}: ${value}`;
  const more = card.classes.length > CLASSES_SHOWN ? ", …" : "";
  const origin = Object.entries(lineage).map(
    ([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return [
    `**${name}**${family ? ` (${family})` : ""} · ${fileSize(bytes)}`,
    row("Cost", "비용", costs(card, lang)),
    row("Input", "입력", `${card.input.width} × ${card.input.height}, ${card.input.layout}, ${order}`),
    row(
      "Preprocessing",
      "전처리",
      `resize ${resize}${squash ? ` × ${resize}` : ""} ${interpolation}, crop ${crop}, ÷ ${scale}, mean ${mean.join(" ")}, std ${std.join(" ")}`,
    ),
    row("Classes", "클래스", `${card.classes.length}: ${card.classes.slice(0, CLASSES_SHOWN).join(", ")}${more}`),
    ...Object.entries(metrics).map(([key, value]) => `${key}: ${value}`),
    ...origin,
    row("Added", "추가", `${addedBy}, ${at.toISOString().slice(0, 10)}`),
    ...(isSetAside(model) ? [asideNote(model)[lang]] : []),
  ].join("\n");
};
