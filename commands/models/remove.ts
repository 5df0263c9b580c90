import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { UserError } from "../../src/errors.ts";
import { escapeText } from "../../src/richText.ts";
import { isShipped } from "../../src/store/shippedModels.ts";
import { chosen, installed, modelChoice } from "../parts/models.ts";

/** Takes a model away from the group. Those that ship stay. */
export const remove = command({
  name: "remove",
  ko: "삭제",
  about: { en: "Remove a model that was added or fetched", ko: "추가하거나 내려받은 모델 지우기" },
  options: {
    name: {
      kind: "text",
      ko: "이름",
      about: { en: "the model's name", ko: "모델 이름" },
      required: true,
      suggest: async (context) => (await installed(context)).filter((it) => !isShipped(it)).map(modelChoice),
    },
  },
  data: z.object({ removed: z.string().describe("the name of the model that was removed") }),
  run: async (context, { name }) => {
    const { store, services, lang } = context;
    const model = await chosen(context, name);
    if (isShipped(model)) throw new UserError("model_shipped", { name: model.name });
    // What is gone is gone: a name that only resembles one removes nothing.
    if (model.name !== name.toLowerCase()) throw new UserError("unknown_model", { name, near: [model.name], known: [] });
    await store.models.remove(model);
    await services.discard(model.blob);
    const by = escapeText(model.addedBy);
    const text = {
      en: `Removed **${model.name}**, which ${by} had added.`,
      ko: `**${model.name}** 모델(추가한 사람: ${by})을 지웠어요.`,
    }[lang];
    return { text, data: { removed: model.name } };
  },
});
