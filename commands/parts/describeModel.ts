import { shownLabel } from "../../src/models/shownLabel.ts";
import { costs, fileSize } from "../../src/numbers.ts";
import { escapeText } from "../../src/richText.ts";
import type { Model } from "../../src/store/models.ts";
import { isShipped } from "../../src/store/shippedModels.ts";
import type { Language, Text } from "../../src/text.ts";
import { isForTeaching, isSetAside, isVouched } from "./models.ts";

/** Why a model is not asked at present, and who can change that. */
export const setAsideNote = (model: Model): Text => {
  const by = escapeText(model.addedBy);
  const who = isShipped(model) ? { en: "anybody", ko: "누구나" } : { en: by, ko: `${by} 님이` };
  return {
    en: `**${model.name}** is set aside, because it crashed or never finished twice; ${who.en} can try it again with \`/classify model:${model.name}\`.`,
    ko: `**${model.name}** 모델은 두 번 멈추거나 끝나지 않아서 빼 두었어요. ${who.ko} \`/분류 모델:${model.name}\`으로 다시 시도할 수 있어요.`,
  };
};

/** What a model is for that is asked about pictures by its name alone. */
const forTeaching: Text = {
  en: "It is here to teach: `/distill` takes it where no teacher is named, and about a picture it is asked only by its name.",
  ko: "가르치려고 있는 모델이에요. 교사를 정하지 않으면 `/증류`가 이 모델을 쓰고, 사진에 대해서는 이름을 적었을 때만 답해요.",
};

/** A model's top-1 accuracy, where somebody we know measured it. */
export const accuracyOf = (model: Model): string | undefined => {
  const accuracy = isVouched(model) ? model.card.metrics?.accuracy : undefined;
  return accuracy === undefined ? undefined : `${(100 * accuracy).toFixed(1)} %`;
};

const NAME_SHOWN = 20;
/** The first of a class's names, so short that it fits a cell. */
const shortName = (name = ""): string => {
  const [first = ""] = name.split(",");
  return first.length <= NAME_SHOWN ? first : `${first.slice(0, NAME_SHOWN - 1)}…`;
};

/** How many things can be told apart by their names, with the first and the last of them. */
export const knownThings = (classes: readonly string[], lang: Language): string => {
  const count = classes.length.toLocaleString("en");
  const nameAt = (index: number) => shortName(shownLabel({ index, label: classes[index] ?? "" }, lang));
  return `${{ en: `${count} things`, ko: `${count}가지` }[lang]}: ${nameAt(0)} … ${nameAt(classes.length - 1)}`;
};

/** A model in one line. */
export const modelLine = (model: Model, lang: Language): string => {
  const { name, card } = model;
  const by = escapeText(model.addedBy);
  const accuracy = accuracyOf(model);
  const facts = [
    costs(card, lang),
    { en: `${card.classes.length} classes`, ko: `클래스 ${card.classes.length}개` }[lang],
    ...(accuracy === undefined ? [] : [`top-1 ${accuracy}`]),
    { en: `added by ${by}`, ko: `추가한 사람: ${by}` }[lang],
  ];
  return `**${name}** · ${facts.join(" · ")}`;
};

const CLASSES_SHOWN = 6;

/** Everything a card says, line by line; where it comes from and what it is worth only where somebody we know has looked. */
export const modelDetails = (model: Model, lang: Language): string => {
  const { name, bytes, card, addedBy, at } = model;
  const { family, metrics = {}, lineage = {} } = isVouched(model) ? card : {};
  const { resize, squash, crop, interpolation, order, scale, mean, std } = card.preprocessing;
  const row = (en: string, ko: string, value: string) => `${{ en, ko }[lang]}: ${value}`;
  const more = card.classes.length > CLASSES_SHOWN ? ", …" : "";
  const origin = Object.entries(lineage).map(
    ([key, value]) => `${escapeText(key)}: ${escapeText(typeof value === "string" ? value : JSON.stringify(value))}`,
  );
  return [
    `**${name}**${family ? ` (${escapeText(family)})` : ""} · ${fileSize(bytes)}`,
    row("Cost", "비용", costs(card, lang)),
    row("Input", "입력", `${card.input.width} × ${card.input.height}, ${card.input.layout}, ${order}`),
    row(
      "Preprocessing",
      "전처리",
      `resize ${resize}${squash ? ` × ${resize}` : ""} ${interpolation}, crop ${crop}, ÷ ${scale}, mean ${mean.join(" ")}, std ${std.join(" ")}`,
    ),
    row("Classes", "클래스", `${card.classes.length}: ${card.classes.slice(0, CLASSES_SHOWN).map(escapeText).join(", ")}${more}`),
    ...Object.entries(metrics).map(([key, value]) => `${key}: ${value}`),
    ...origin,
    row("Added", "추가", `${escapeText(addedBy)}, ${at.toISOString().slice(0, 10)}`),
    ...(isForTeaching(model) ? [forTeaching[lang]] : []),
    ...(isSetAside(model) ? [setAsideNote(model)[lang]] : []),
  ].join("\n");
};
