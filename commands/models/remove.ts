import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { UserError } from "../../src/errors.ts";
import { escapeText } from "../../src/richText.ts";
import { isShipped } from "../../src/store/shippedModels.ts";
import { chosen, installed, mayRemove, modelChoice, owns } from "../parts/models.ts";

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
    sure: {
      kind: "choice",
      ko: "확인",
      about: {
        en: "yes removes what somebody else added; no asks first, also about one's own",
        ko: "'예'를 고르면 다른 사람이 추가한 모델도 지워져요. '아니요'를 고르면 내 모델도 먼저 물어봐요",
      },
      of: ["yes", "no"],
      labels: { yes: { en: "yes", ko: "예" }, no: { en: "no", ko: "아니요" } },
    },
  },
  data: z.object({
    sure: z.boolean().describe("false: nothing was removed yet, and the answer is the question"),
    removed: z.string().optional().describe("the name of the model that was removed"),
  }),
  run: async (context, { name, sure }) => {
    const { store, services, user, lang } = context;
    const model = await chosen(context, name);
    if (isShipped(model)) throw new UserError("model_shipped", { name: model.name });
    // What is gone is gone: a name that only resembles one removes nothing.
    if (model.name !== name.toLowerCase()) throw new UserError("unknown_model", { name, near: [model.name], known: [] });
    if (!(await mayRemove(context, model))) throw new UserError("not_your_model", { name: model.name, by: model.addedBy });
    const by = escapeText(model.addedBy);
    const isOwn = owns(user, model);
    if (sure === "no" || (!isOwn && sure !== "yes")) {
      const whose = isOwn
        ? { en: "is a model of yours", ko: "내가 추가한 모델이에요" }
        : { en: `was added by ${by}`, ko: `${by} 님이 추가한 모델이에요` };
      const text = {
        en: `**${model.name}** ${whose.en}, and nobody in this group can use it once it is removed. Are you sure?`,
        ko: `**${model.name}**: ${whose.ko}. 지우면 이 그룹의 누구도 쓸 수 없어요. 정말 지울까요?`,
      }[lang];
      const label = { en: `🗑 Remove ${model.name}`, ko: `🗑 ${model.name} 지우기` }[lang];
      const args = { name: model.name, sure: "yes" };
      return { text, buttons: [{ label, command: "models remove", args, owner: user.id }], data: { sure: false } };
    }
    await store.models.remove(model);
    await services.discard(model.blob);
    const text = {
      en: `Removed **${model.name}**, which ${by} had added.`,
      ko: `**${model.name}** 모델(추가한 사람: ${by})을 지웠어요.`,
    }[lang];
    return { text, data: { sure: true, removed: model.name } };
  },
});
