import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { sentence } from "../../src/errors.ts";
import { Card } from "../../src/models/card.ts";
import type { CatalogEntry } from "../../src/models/catalog.ts";
import { labelsOf } from "../../src/models/labels.ts";
import { fileSize, short } from "../../src/numbers.ts";
import type { Button } from "../../src/reply.ts";
import type { Model } from "../../src/store/models.ts";
import { isShipped } from "../../src/store/shippedModels.ts";
import { tableIn } from "../../src/table.ts";
import type { Language } from "../../src/text.ts";
import { accuracyOf, knownThings, setAsideNote } from "../parts/describeModel.ts";
import { fetchable, installed, isSetAside } from "../parts/models.ts";

const columns = [
  { en: "Model", ko: "모델" },
  { en: "Knows", ko: "아는 것" },
  { en: "Size", ko: "크기", right: true },
  { en: "Top-1", ko: "Top-1", right: true },
  { en: "Params", ko: "파라미터", right: true },
  { en: "Added by", ko: "추가한 사람" },
] as const;

const rowOf = (model: Model, lang: Language): string[] => {
  const { name, card, addedBy, bytes } = model;
  return [
    isSetAside(model) ? `${name} (${{ en: "set aside", ko: "빼 둠" }[lang]})` : name,
    knownThings(card.classes, lang),
    fileSize(bytes),
    accuracyOf(model) ?? "-",
    short(card.params),
    isShipped(model) ? { en: addedBy, ko: "기본 제공" }[lang] : addedBy,
  ];
};

/** What can be done with a model: it is asked about a picture, and one that did not ship is removed, after a question. */
const buttonsOf = (model: Model, index: number, lang: Language): Button[] => {
  const { name } = model;
  const ask: Button = {
    label: { en: `🔎 Classify with ${name}`, ko: `🔎 ${name} 모델로 분류` }[lang],
    command: "classify",
    args: { model: name },
    row: { index, label: { en: "🔎 Classify with it", ko: "🔎 이 모델로 분류" }[lang] },
    asksForPicture: true,
  };
  const remove: Button = {
    label: { en: `🗑 Remove ${name}`, ko: `🗑 ${name} 지우기` }[lang],
    command: "models remove",
    args: { name, sure: "no" },
    row: { index, label: { en: "🗑 Remove", ko: "🗑 지우기" }[lang] },
  };
  return [...(isSetAside(model) ? [] : [ask]), ...(isShipped(model) ? [] : [remove])];
};

/** How many classes ImageNet has, which all of the catalog know. */
const IMAGENET = 1000;

/** The same of a model that can be downloaded. */
const offerOf = ({ name, bytes, labels, top1 }: CatalogEntry, lang: Language): string[] => [
  name,
  knownThings(labelsOf(labels, IMAGENET), lang),
  fileSize(bytes),
  top1 === undefined ? "-" : `${top1.toFixed(1)} %`,
  "-",
  "-",
];

/** Downloads a model of the catalog. */
const download = ({ name, bytes }: CatalogEntry, index: number, lang: Language): Button => {
  const size = fileSize(bytes);
  return {
    label: { en: `📥 Download ${name} (${size})`, ko: `📥 ${name} 다운로드 (${size})` }[lang],
    command: "models fetch",
    args: { name },
    row: { index, label: { en: `📥 Download (${size})`, ko: `📥 다운로드 (${size})` }[lang] },
  };
};

const others = { en: "To download", ko: "내려받을 수 있는 모델" };

/** What can be asked already, and what can be downloaded. */
export const list = command({
  name: "list",
  ko: "목록",
  about: { en: "The models here, and those you can fetch", ko: "여기 있는 모델과 내려받을 수 있는 모델" },
  options: {},
  data: z.object({
    models: z.array(
      z.object({
        name: z.string(),
        bytes: z.int().describe("size of its file"),
        params: Card.shape.params.describe("trained numbers"),
        macs: Card.shape.macs.describe("multiply-accumulates for one picture; missing where they could not be counted"),
        addedBy: z.string(),
        setAside: z.boolean().describe("it crashed two worker processes and is not asked until its owner names it"),
      }),
    ),
  }),
  run: async (context) => {
    const { lang } = context;
    const models = await installed(context);
    const offers = fetchable(models);
    const lines = [
      ...(models.length > 0 ? [] : [sentence({ code: "no_models", facts: {} })[lang]]),
      ...models.filter(isSetAside).map((it) => setAsideNote(it)[lang]),
    ];
    const rows = [...models.map((it) => rowOf(it, lang)), ...offers.map((it) => offerOf(it, lang))];
    const kinds = offers.length > 0 ? { from: models.length, title: others[lang] } : undefined;
    return {
      text: lines.join("\n"),
      ...(rows.length > 0 && { table: tableIn(lang, columns, rows, kinds) }),
      buttons: [
        ...models.flatMap((it, index) => buttonsOf(it, index, lang)),
        ...offers.map((it, index) => download(it, models.length + index, lang)),
      ],
      data: {
        models: models.map((it) => {
          const { name, bytes, card, addedBy } = it;
          return { name, bytes, params: card.params, macs: card.macs, addedBy, setAside: isSetAside(it) };
        }),
      },
    };
  },
});
