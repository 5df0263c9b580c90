import { command } from "../src/chat/command.ts";
import { answerMix, MixData, mixOptions, requestMix } from "./parts/mixing.ts";

/** A box of the second picture in the first, and what their labels then weigh. */
export const cutmix = command({
  name: "cutmix",
  ko: "컷믹스",
  about: { en: "Paste a box of one picture into another", ko: "한 사진의 조각을 다른 사진에 붙이기" },
  options: mixOptions,
  data: MixData,
  run: async (context, args) => requestMix("cutmix", context, args),
  answer: async (context, args, { output }) => answerMix("cutmix", context, args, output),
});
