import { command } from "../src/chat/command.ts";

/** Versions, engines, queues, and what is switched off with how to switch it on. */
export const status = command({
  name: "status",
  ko: "상태",
  about: {
    en: "Versions, engines, how long the queues are, what is switched off",
    ko: "버전, 엔진, 대기열 길이, 꺼져 있는 기능",
  },
  options: {},
  ephemeral: true,
  run: async ({ services, store, place, lang }) => {
    const queues = await services.lengths();
    const models = await store.models.list(place.group);
    const waiting = { en: "waiting", ko: "대기" }[lang];
    const running = { en: "running", ko: "실행 중" }[lang];
    const lengths = Object.entries(queues).map(([name, it]) => `${name} ${it.waiting} ${waiting}, ${it.active} ${running}`);
    const installed = models.map((it) => it.name).join(", ");
    const none = {
      en: "none yet; /models fetch or /models add brings one",
      ko: "아직 없어요. /models fetch 나 /models add 로 가져올 수 있어요",
    }[lang];
    const lines = [
      ...services.facts.map((it) => it[lang]),
      `${{ en: "Models", ko: "모델" }[lang]}: ${installed || none}`,
      `${{ en: "Queues", ko: "대기열" }[lang]}: ${lengths.join(" · ")}`,
    ];
    return {
      text: lines.join("\n"),
      data: { queues, models: models.map((it) => it.name), facts: services.facts.map((it) => it.en) },
    };
  },
});
