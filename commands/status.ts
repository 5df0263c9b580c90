import { z } from "zod";
import { command } from "../src/chat/command.ts";
import { tableIn } from "../src/table.ts";

/** Versions, engines, queues, and what is switched off with how to switch it on. */
export const status = command({
  name: "status",
  ko: "상태",
  about: {
    en: "Versions, engines, queues, and what is switched off",
    ko: "버전, 엔진, 대기열, 꺼져 있는 기능",
  },
  options: {},
  ephemeral: true,
  data: z.object({
    queues: z
      .record(z.string(), z.object({ waiting: z.int(), active: z.int() }))
      .describe("by the queue's name, how many jobs wait and how many run"),
    models: z.array(z.string()).describe("the names of the models that the group can use"),
    facts: z.array(z.string()).describe("the lines of the reply about this installation, in English"),
  }),
  run: async ({ services, store, place, lang }) => {
    const queues = await services.lengths();
    const facts = services.facts();
    const models = (await store.models.list(place.group)).map((it) => it.name);
    const none = {
      en: "none yet; `/models fetch` or `/models add` brings one",
      ko: "아직 없어요. `/모델 다운로드`나 `/모델 추가`로 가져올 수 있어요",
    }[lang];
    const lines = [...facts.map((it) => it[lang]), `${{ en: "Models", ko: "모델" }[lang]}: ${models.join(", ") || none}`];
    const columns = [
      { en: "Queue", ko: "대기열" },
      { en: "Waiting", ko: "대기", right: true },
      { en: "Running", ko: "실행 중", right: true },
    ] as const;
    const rows = Object.entries(queues).map(([name, it]) => [name, String(it.waiting), String(it.active)]);
    return {
      text: lines.join("\n"),
      table: tableIn(lang, columns, rows),
      data: { queues: { ...queues }, models, facts: facts.map((it) => it.en) },
    };
  },
});
