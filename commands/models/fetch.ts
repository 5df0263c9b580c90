import { command } from "../../src/chat/command.ts";
import { UserError } from "../../src/errors.ts";
import { catalog } from "../../src/models/catalog.ts";
import { findName, nearestNames } from "../../src/models/names.ts";
import { fileSize } from "../../src/numbers.ts";
import { fetchable, installed } from "../parts/models.ts";
import { checkedName, keepModel, NewModelData } from "../parts/newModel.ts";

/** Downloads a model of the catalog. */
export const fetch = command({
  name: "fetch",
  ko: "다운로드",
  formerly: ["받기"],
  about: { en: "Download a published model", ko: "공개된 모델 다운로드" },
  options: {
    name: {
      kind: "text",
      ko: "이름",
      about: { en: "which model of the catalog: resnet18, squeezenet1_1 …", ko: "모델 이름. 예: resnet18, squeezenet1_1" },
      required: true,
      suggest: async (context) =>
        fetchable(await installed(context)).map(({ name, family, bytes, top1 }) => {
          const label = [name, family, fileSize(bytes), ...(top1 === undefined ? [] : [`top-1 ${top1.toFixed(1)} %`])].join(
            " · ",
          );
          return { value: name, label: { en: label, ko: label } };
        }),
    },
    image: { kind: "image", ko: "사진", about: { en: "a picture that it is asked about then", ko: "받은 다음 보여 줄 사진" } },
  },
  data: NewModelData,
  run: async (context, { name }) => {
    const known = catalog.map((it) => it.name);
    const entry = catalog.find((it) => it.name === findName(name, known));
    if (!entry) throw new UserError("unknown_model", { name, near: nearestNames(name, known), known });
    await checkedName(context, entry.name);
    return { job: "fetchModel", input: { entry } };
  },
  answer: async (context, { image }, { output }) => {
    // Whoever asks in a terminal sees one answer, and is gone before another one comes.
    const isAsked = image !== undefined && context.place.adapter !== "terminal";
    const reply = await keepModel(context, output, { isAsked });
    if (!image) return reply;
    const again = { command: "classify", args: { image, model: output.card.name } };
    const label = { en: "🔎 Ask it about your picture", ko: "🔎 내 사진을 물어보기" }[context.lang];
    return isAsked ? { ...reply, next: again } : { ...reply, buttons: [{ label, ...again }] };
  },
});
