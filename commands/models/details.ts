import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { modelDetails } from "../parts/describeModel.ts";
import { chosen, modelChoices } from "../parts/models.ts";

/** Everything that is known about one model. */
export const details = command({
  name: "details",
  ko: "자세히",
  about: { en: "Everything known about one model", ko: "한 모델에 대해 아는 것 모두 보기" },
  options: {
    name: {
      kind: "text",
      ko: "이름",
      about: { en: "the model's name; the best one when left out", ko: "모델 이름. 비우면 가장 좋은 모델" },
      suggest: modelChoices,
    },
  },
  data: z.object({
    models: z
      .array(
        z.object({
          name: z.string(),
          blob: z.string().describe("SHA-256 of its file"),
          bytes: z.int(),
          card: z
            .record(z.string(), z.unknown())
            .describe("classes, preprocessing, input, output, costs and where it comes from: see src/models/card.ts"),
          addedBy: z.string(),
          at: z.iso.datetime().describe("when it was added"),
        }),
      )
      .describe("the one model"),
  }),
  run: async (context, { name: wanted }) => {
    const model = await chosen(context, wanted);
    const { name, blob, bytes, card, addedBy, at } = model;
    const data = { models: [{ name, blob, bytes, card, addedBy, at: at.toISOString() }] };
    return { text: modelDetails(model, context.lang), data };
  },
});
