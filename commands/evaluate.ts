import { type CommandContext, command } from "../src/chat/command.ts";
import { classNamesOf } from "../src/data/classNames.ts";
import type { DataSource } from "../src/data/dataSource.ts";
import { type TestViews, testViewNames } from "../src/inference/testViews.ts";
import { type Evaluated, Evaluated as EvaluatedData } from "../src/jobs/contracts/evaluate.ts";
import { findClasses, mapClasses } from "../src/models/mapClasses.ts";
import { shownClass } from "../src/models/shownLabel.ts";
import { percent } from "../src/numbers.ts";
import { escapeText } from "../src/richText.ts";
import type { Model } from "../src/store/models.ts";
import { type Table, tableIn } from "../src/table.ts";
import type { Language, Text } from "../src/text.ts";
import { dataChoices, demandLabels, resolveData } from "./parts/data.ts";
import { installed, isSetAside, modelChoices, toAsk } from "./parts/models.ts";

/** What is taken where nothing says which data: it is drawn here, so nothing has to be downloaded. */
const DEFAULT_DATA = "shapes";

/** What a model was trained on, as its card says. */
const trainedOn = ({ card }: Model): unknown => card.lineage?.["dataset"];

/** Whether a model knows every class of some data by its name. */
const knows = ({ card }: Model, data: DataSource): boolean =>
  findClasses(card.classes, classNamesOf(data)).every((index) => index >= 0);

/** The model and the data that are meant. What is left out follows from what is given: a model's own data, the best model for some data. */
const resolve = async (
  context: CommandContext,
  { model: name, data: typed }: { model: string | undefined; data: string | undefined },
): Promise<{ model: Model; data: DataSource }> => {
  if (typed === undefined && name !== undefined) {
    const model = await toAsk(context, name);
    const own = (await dataChoices(context)).find(({ value }) => value === trainedOn(model));
    return { model, data: await resolveData(context, own?.value ?? DEFAULT_DATA) };
  }
  const data = await resolveData(context, typed ?? DEFAULT_DATA);
  if (name !== undefined) return { model: await toAsk(context, name), data };
  const models = (await installed(context)).filter((it) => !isSetAside(it));
  const best = models.find((it) => knows(it, data));
  if (best) return { model: best, data };
  const model = await toAsk(context);
  return typed === undefined ? resolve(context, { model: model.name, data: undefined }) : { model, data };
};

const columns = [
  { en: "It was", ko: "실제" },
  { en: "The model said", ko: "모델의 답" },
  { en: "Times", ko: "횟수", right: true },
] as const;

/** The most frequent errors; nothing where there are none. */
const confusedTable = ({ data, confused }: Evaluated, lang: Language): { table?: Table } =>
  confused.length === 0
    ? {}
    : {
        table: tableIn(
          lang,
          columns,
          confused.map(({ actual, predicted, count }) => [
            ...[actual, predicted].map((it) => escapeText(shownClass(data, it, lang))),
            String(count),
          ]),
        ),
      };

/** Mean confidence and accuracy further apart than this are worth a word. */
const CALIBRATED = 0.02;

const describeCalibration = ({ calibration: { error, overconfidence } }: Evaluated, lang: Language): string => {
  const surer = Math.abs(overconfidence) < CALIBRATED ? "calibrated" : overconfidence > 0 ? "over" : "under";
  const said = {
    calibrated: { en: "it is about as sure as it should be", ko: "확신하는 만큼 맞혀요" },
    over: { en: "it is surer than it should be", ko: "실제보다 더 확신해요" },
    under: { en: "it is less sure than it could be", ko: "실제보다 덜 확신해요" },
  }[surer][lang];
  return { en: `Calibration error ${percent(error)}: ${said}.`, ko: `보정 오차(ECE) ${percent(error)}. ${said}.` }[lang];
};

/** The classes known best and worst. */
const describeClasses = ({ data, perClass }: Evaluated, lang: Language): string => {
  const known = perClass.filter(({ total }) => total > 0).sort((a, b) => b.accuracy - a.accuracy);
  const [best, worst] = [known[0], known.at(-1)];
  if (!best || !worst || best.accuracy === worst.accuracy) return "";
  const say = ({ name, accuracy }: typeof best) => `${escapeText(shownClass(data, name, lang))} ${percent(accuracy)}`;
  return {
    en: `Best class: ${say(best)}, worst: ${say(worst)}.`,
    ko: `가장 잘 아는 클래스 ${say(best)}, 가장 모르는 클래스 ${say(worst)}.`,
  }[lang];
};

/** How many test pictures it got right, in which views, and how many in one where it had more. */
const describeAccuracy = ({ model, data, accuracy, total, views, oneView }: Evaluated, lang: Language): string => {
  const [bold, where, right] = [`**${escapeText(model)}**`, escapeText(data), `**${percent(accuracy)}**`];
  const once = percent(oneView.accuracy);
  const seen: Readonly<Record<TestViews, Text>> = {
    one: { en: "", ko: "" },
    mirror: {
      en: ` Each was shown with its mirror image; as it is alone, ${once}.`,
      ko: ` 좌우로 뒤집은 사진까지 보고 평균 낸 결과이고, 사진 그대로만 보면 ${once}예요.`,
    },
    six: {
      en: ` Each was shown in six views, moved by a pixel and mirrored; in one, as it is, ${once}.`,
      ko: ` 한 픽셀씩 옮기고 뒤집은 여섯 가지를 보고 평균 낸 결과이고, 사진 그대로만 보면 ${once}예요.`,
    },
  };
  const said = {
    en: `${bold}: ${right} of ${total} test pictures of ${where} right.`,
    ko: `${bold}: ${where} 테스트 사진 ${total}장 중 ${right} 맞혔어요.`,
  };
  return said[lang] + seen[views][lang];
};

/** Tests a model on the test pictures of a data set: how good it is, where it errs, and whether its confidence can be believed. */
export const evaluate = command({
  name: "evaluate",
  ko: "평가",
  about: {
    en: "Test a CNN: accuracy, confusion, calibration, hardest pictures",
    ko: "CNN 평가: 정확도, 혼동 행렬, 보정, 가장 어려운 사진",
  },
  options: {
    model: {
      kind: "choice",
      ko: "모델",
      about: { en: "which model; the best for the data when left out", ko: "모델 이름. 비우면 데이터에 가장 좋은 모델" },
      among: modelChoices,
    },
    data: {
      kind: "text",
      ko: "데이터",
      about: {
        en: "the data set; what the model was trained on when left out",
        ko: "데이터셋. 비우면 모델이 배운 데이터",
      },
      suggest: (context) => dataChoices(context),
    },
    views: {
      kind: "choice",
      ko: "뷰",
      about: {
        en: "how it is shown each picture; several views are averaged (TTA)",
        ko: "사진을 보여 줄 방식. 여럿이면 결과를 평균 내요(TTA)",
      },
      of: testViewNames,
      labels: {
        one: { en: "one: as it is", ko: "하나: 사진 그대로" },
        mirror: { en: "mirror: and its mirror image", ko: "반전: 좌우로 뒤집은 사진까지" },
        six: { en: "six: moved by a pixel as well", ko: "여섯: 한 픽셀씩 옮긴 사진까지" },
      },
      default: "one",
    },
  },
  data: EvaluatedData,
  run: async (context, { model, data, views }) => {
    const found = await resolve(context, { model, data });
    demandLabels(found.data);
    const { blob, card } = found.model;
    mapClasses(card, classNamesOf(found.data), found.data.name, "test"); // refuses before anything is queued
    return { job: "evaluate", input: { model: { blob, card }, data: found.data, views, lang: context.lang } };
  },
  answer: async ({ lang }, _, { output: { pictures, ...data } }) => {
    const { total, of } = data;
    const sampled = {
      en: `All would take long, so it was shown ${total} of ${of} pictures, drawn by chance.`,
      ko: `전부 보려면 오래 걸려서 ${of}장 중 무작위로 뽑은 ${total}장만 보여 줬어요.`,
    }[lang];
    const lines = [
      describeAccuracy(data, lang),
      ...(total < of ? [sampled] : []),
      describeClasses(data, lang),
      describeCalibration(data, lang),
    ];
    return { text: lines.filter((it) => it !== "").join("\n"), ...confusedTable(data, lang), pictures, data };
  },
});
