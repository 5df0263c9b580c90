import type { Handlers } from "../src/jobs/context.ts";

/** Every job's handler. A child loads one on its first use, so an augmentation never waits for ONNX Runtime. */
export const handlers: Handlers = {
  augment: async () => (await import("./augment.ts")).augment,
  policy: async () => (await import("./policy.ts")).policy,
  mix: async () => (await import("./mix.ts")).mix,
  classify: async () => (await import("./classify.ts")).classify,
  predict: async () => (await import("./predict.ts")).predict,
  compare: async () => (await import("./compare.ts")).compare,
  explain: async () => (await import("./explain.ts")).explain,
  addModel: async () => (await import("./addModel.ts")).addModel,
  fetchModel: async () => (await import("./fetchModel.ts")).fetchModel,
  fetchData: async () => (await import("./fetchData.ts")).fetchData,
  evaluate: async () => (await import("./evaluate.ts")).evaluate,
  album: async () => (await import("./album.ts")).album,
  classes: async () => (await import("./classes.ts")).classes,
  importPictures: async () => (await import("./importPictures.ts")).importPictures,
  exportPictures: async () => (await import("./exportPictures.ts")).exportPictures,
  run: async () => (await import("./run.ts")).run,
  runList: async () => (await import("./runList.ts")).runList,
  compareRuns: async () => (await import("./compareRuns.ts")).compareRuns,
  learningRate: async () => (await import("./learningRate.ts")).learningRate,
  cardFigure: async () => (await import("./cardFigure.ts")).cardFigure,
  quizPicture: async () => (await import("./quizPicture.ts")).quizPicture,
  softenedFigure: async () => (await import("./softenedFigure.ts")).softenedFigure,
  arch: async () => (await import("./arch.ts")).arch,
};
