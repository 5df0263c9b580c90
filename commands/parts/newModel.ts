import { z } from "zod";
import type { CommandContext } from "../../src/chat/command.ts";
import { UserError } from "../../src/errors.ts";
import type { JobOutput } from "../../src/jobs/contracts.ts";
import { Card } from "../../src/models/card.ts";
import { modelLine } from "./describeModel.ts";
import { chosen, owns } from "./models.ts";

/** The data of /models add and /models fetch. */
export const NewModelData = z.object({
  models: z
    .array(
      z.object({
        name: z.string(),
        params: Card.shape.params.describe("trained numbers"),
        macs: Card.shape.macs.describe("multiply-accumulates for one picture; missing where they could not be counted"),
        classes: z.int().describe("how many"),
      }),
    )
    .describe("the model that is ready now"),
});

/** A name for a new model: well-formed, not "all", and not somebody else's. */
export const checkedName = async ({ store, place, user }: CommandContext, name: string): Promise<string> => {
  if (!Card.shape.name.safeParse(name).success || name === "all")
    throw new UserError("bad_model_name", { got: name.slice(0, 60) });
  const taken = (await store.models.list(place.group)).find((model) => model.name === name);
  if (taken && !owns(user, taken)) throw new UserError("model_taken", { name, by: taken.addedBy });
  return name;
};

/** Whether a new model is the one that answers where none is named: one that was fetched may be, an added one only by /settings. */
const whenUnnamed = async (context: CommandContext, name: string): Promise<string> => {
  const answers = (await chosen(context)).name === name;
  const text = answers
    ? { en: "From now on it answers wherever no model is named.", ko: "이제 모델 이름을 쓰지 않으면 이 모델이 답해요." }
    : {
        en: `Where no model is named another one answers; whoever administers this group changes that with \`/settings model:${name}\`.`,
        ko: `모델 이름을 쓰지 않으면 다른 모델이 답해요. 이 그룹의 관리자가 \`/설정 모델:${name}\` 명령으로 바꿀 수 있어요.`,
      };
  return text[context.lang];
};

/**
 * Keeps a model that a job looked at, in place of an earlier one of the same person and name, and says that it is ready; `isAsked` where it is
 * shown a picture next by itself.
 */
export const keepModel = async (
  context: CommandContext,
  { card, file }: JobOutput<"addModel" | "fetchModel">,
  { isAsked = false }: { isAsked?: boolean } = {},
) => {
  const { store, services, user, place, lang } = context;
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
  const next = {
    en: `**${card.name}** is ready, and is shown your picture now.`,
    ko: `**${card.name}** 모델을 쓸 수 있어요. 이어서 사진을 보여 줄게요.`,
  }[lang];
  const text = {
    en: `**${card.name}** is ready: send \`/classify model:${card.name}\` with a picture.`,
    ko: `**${card.name}** 모델을 쓸 수 있어요. 사진과 함께 \`/분류 모델:${card.name}\`을 보내 보세요.`,
  }[lang];
  return {
    text: `${isAsked ? next : text}\n${modelLine({ ...model, at: new Date() }, lang)}\n${await whenUnnamed(context, card.name)}`,
    data: { models: [{ name: card.name, params: card.params, macs: card.macs, classes: card.classes.length }] },
  };
};
