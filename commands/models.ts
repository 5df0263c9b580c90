import { type CommandContext, command } from "../src/chat/command.ts";
import { sentence, UserError } from "../src/errors.ts";
import type { FileRef } from "../src/files.ts";
import type { JobRequest } from "../src/jobs/request.ts";
import { Card } from "../src/models/card.ts";
import { catalog } from "../src/models/catalog.ts";
import { type LabelSet, labelSets } from "../src/models/labels.ts";
import { findName, nearestNames } from "../src/models/names.ts";
import { presetNames } from "../src/models/preprocessing.ts";
import type { Reply } from "../src/reply.ts";
import { isShipped } from "../src/store/shippedModels.ts";
import { catalogLine, modelDetails, modelLine } from "./parts/describeModel.ts";
import { chosen, installed, isSetAside, owns } from "./parts/models.ts";

interface Given {
  name: string | undefined;
  preprocessing: string | undefined;
  labels: LabelSet | undefined;
  onnx: FileRef | undefined;
  labelsfile: FileRef | undefined;
}
type Answer = Reply | JobRequest<"addModel" | "fetchModel">;

/** A name for a new model: well-formed, not "all", and not somebody else's. */
const freeName = async ({ store, place, user }: CommandContext, name: string): Promise<string> => {
  if (!Card.shape.name.safeParse(name).success || name === "all")
    throw new UserError("bad_model_name", { got: name.slice(0, 60) });
  const taken = (await store.models.list(place.group)).find((model) => model.name === name);
  if (taken && !owns(user, taken)) throw new UserError("model_taken", { name, by: taken.addedBy });
  return name;
};

const list = async (context: CommandContext): Promise<Answer> => {
  const { lang } = context;
  const models = await installed(context);
  const missing = catalog.filter((entry) => !models.some((it) => it.name === entry.name));
  const head = models.length > 0 ? models.map((it) => modelLine(it, lang)) : [sentence({ code: "no_models", facts: {} })[lang]];
  const offer = { en: "To be had with `/models fetch name:…`:", ko: "`/models fetch name:…`으로 내려받을 수 있는 모델:" }[lang];
  const data = {
    models: models.map((it) => {
      const { name, bytes, card, addedBy } = it;
      return { name, bytes, params: card.params, macs: card.macs, addedBy, setAside: isSetAside(it) };
    }),
  };
  return { text: [...head, "", offer, ...missing.map(catalogLine)].join("\n"), data };
};

const details = async (context: CommandContext, { name }: Given): Promise<Answer> => {
  const model = await chosen(context, name);
  return { text: modelDetails(model, context.lang), data: { models: [model] } };
};

const needed = <T>(value: T | undefined, option: keyof typeof options): T => {
  if (value === undefined) throw new UserError("missing_option", { name: option, about: options[option].about });
  return value;
};

const add = async (context: CommandContext, { name, onnx, preprocessing, labels, labelsfile }: Given): Promise<Answer> => {
  const file = needed(onnx, "onnx");
  const free = await freeName(context, (name ?? file.name.replace(/\.onnx$/i, "")).toLowerCase());
  const input = { file, name: free, preprocessing, labels, labelsFile: labelsfile };
  return { job: "addModel", input };
};

const fetch = async (context: CommandContext, { name }: Given): Promise<Answer> => {
  const wanted = needed(name, "name");
  const known = catalog.map((it) => it.name);
  const entry = catalog.find((it) => it.name === findName(wanted, known));
  if (!entry) throw new UserError("unknown_model", { name: wanted, near: nearestNames(wanted, known), known });
  await freeName(context, entry.name);
  return { job: "fetchModel", input: { entry } };
};

const remove = async (context: CommandContext, { name }: Given): Promise<Answer> => {
  const { store, services, lang } = context;
  const typed = needed(name, "name");
  const model = await chosen(context, typed);
  if (isShipped(model)) throw new UserError("model_shipped", { name: model.name });
  // What is gone is gone: a name that only resembles one removes nothing.
  if (model.name !== typed.toLowerCase()) throw new UserError("unknown_model", { name: typed, near: [model.name], known: [] });
  await store.models.remove(model);
  await services.discard(model.blob);
  const text = {
    en: `**${model.name}**, added by ${model.addedBy}, is removed.`,
    ko: `**${model.name}** 모델(추가한 사람: ${model.addedBy})을 지웠어요.`,
  }[lang];
  return { text, data: { models: [], removed: model.name } };
};

const actions = { list, details, add, fetch, remove };
const actionNames = Object.keys(actions) as (keyof typeof actions)[];

const options = {
  action: {
    kind: "choice",
    ko: "동작",
    about: { en: "what to do; list when left out", ko: "할 일. 비우면 목록" },
    of: actionNames,
    labels: {
      list: { en: "list", ko: "목록" },
      details: { en: "details", ko: "자세히" },
      add: { en: "add", ko: "추가" },
      fetch: { en: "fetch", ko: "받기" },
      remove: { en: "remove", ko: "삭제" },
    },
  },
  name: { kind: "text", ko: "이름", about: { en: "the model's name", ko: "모델 이름" } },
  preprocessing: {
    kind: "text",
    ko: "전처리",
    about: { en: `${presetNames.join(", ")}, or JSON of its parts`, ko: `${presetNames.join(", ")} 또는 JSON` },
  },
  labels: { kind: "choice", ko: "라벨", about: { en: "a known list of classes", ko: "알려진 클래스 목록" }, of: labelSets },
  onnx: { kind: "file", ko: "파일", about: { en: "the .onnx file to add", ko: "추가할 .onnx 파일" }, endings: [".onnx"] },
  labelsfile: {
    kind: "file",
    ko: "라벨파일",
    about: { en: "class names, one a line", ko: "한 줄에 하나씩 적은 클래스 이름" },
    endings: [".txt", ".json"],
  },
} as const;

/** The models peers can choose: see, add, fetch and remove them. */
export const models = command({
  name: "models",
  ko: "모델",
  about: { en: "See, add, fetch and remove models", ko: "모델을 보고, 추가하고, 내려받고, 지우기" },
  options,
  run: (context, { action = "list", ...given }) => actions[action](context, given as Given),
  answer: async ({ store, services, user, place, lang }, _, { output: { card, file } }) => {
    const model = {
      groupId: place.group,
      name: card.name,
      blob: file.blob,
      bytes: file.bytes,
      card,
      addedBy: user.name,
      addedById: user.id,
      crashes: 0,
    };
    const replaced = (await store.models.list(place.group)).find((known) => known.name === card.name);
    // Somebody else may have been quicker: their file took less long to look at.
    if (replaced && !owns(user, replaced)) throw new UserError("model_taken", { name: card.name, by: replaced.addedBy });
    await store.models.put(model);
    if (replaced) await services.discard(replaced.blob);
    const text = {
      en: `**${card.name}** is ready: \`/classify model:${card.name}\` with a picture.`,
      ko: `**${card.name}** 모델을 쓸 수 있어요. 사진과 함께 \`/classify model:${card.name}\`을 입력해 보세요.`,
    }[lang];
    return {
      text: `${text}\n${modelLine({ ...model, at: new Date() }, lang)}`,
      data: { models: [{ name: card.name, params: card.params, macs: card.macs, classes: card.classes.length }] },
    };
  },
});
