import { command } from "../src/chat/command.ts";
import { answerMix, MixData, mixOptions, requestMix } from "./parts/mixing.ts";

/** Both pictures laid over each other, and what their labels then weigh. */
export const mixup = command({
  name: "mixup",
  ko: "믹스업",
  about: { en: "Lay one picture over another", ko: "두 사진을 겹쳐서 섞기" },
  options: mixOptions,
  data: MixData,
  run: async (context, args) => requestMix("mixup", context, args),
  answer: async (context, args, { output }) => answerMix("mixup", context, args, output),
});
