import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { sentence } from "../../src/errors.ts";
import { Card } from "../../src/models/card.ts";
import { fileSize, short } from "../../src/numbers.ts";
import type { Model } from "../../src/store/models.ts";
import { tableIn } from "../../src/table.ts";
import type { Language } from "../../src/text.ts";
import { accuracyOf, setAsideNote } from "../parts/describeModel.ts";
import { fetchable, installed, isSetAside } from "../parts/models.ts";

const columns = [
  { en: "Model", ko: "모델" },
  { en: "Params", ko: "파라미터", right: true },
  { en: "MACs", ko: "MACs", right: true },
  { en: "Classes", ko: "클래스", right: true },
  { en: "Top-1", ko: "Top-1", right: true },
  { en: "Added by", ko: "추가한 사람" },
] as const;

const rowOf = (model: Model, lang: Language): string[] => {
  const { name, card, addedBy } = model;
  return [
    isSetAside(model) ? `${name} (${{ en: "set aside", ko: "빼 둠" }[lang]})` : name,
    short(card.params),
    card.macs === undefined ? "-" : short(card.macs),
    String(card.classes.length),
    accuracyOf(model) ?? "-",
    addedBy,
  ];
};

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
    const offer = fetchable(models).map((it) => `${it.name} (${fileSize(it.bytes)})`);
    const lines = [
      ...(models.length > 0 ? [] : [sentence({ code: "no_models", facts: {} })[lang]]),
      ...models.filter(isSetAside).map((it) => setAsideNote(it)[lang]),
      ...(offer.length > 0
        ? [
            {
              en: `Available with \`/models fetch\`: ${offer.join(", ")}`,
              ko: `\`/모델 다운로드\`로 내려받을 수 있는 모델: ${offer.join(", ")}`,
            }[lang],
          ]
        : []),
    ];
    const rows = models.map((it) => rowOf(it, lang));
    return {
      text: lines.join("\n"),
      ...(rows.length > 0 && { table: tableIn(lang, columns, rows) }),
      data: {
        models: models.map((it) => {
          const { name, bytes, card, addedBy } = it;
          return { name, bytes, params: card.params, macs: card.macs, addedBy, setAside: isSetAside(it) };
        }),
      },
    };
  },
});
