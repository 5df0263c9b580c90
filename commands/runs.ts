import { command } from "../src/chat/command.ts";
import type { RequestStatus } from "../src/chat/message.ts";
import type { Text } from "../src/text.ts";

const statuses: Record<RequestStatus, Text> = {
  waiting: { en: "⏳ waiting", ko: "⏳ 진행 중" },
  done: { en: "✅ done", ko: "✅ 완료" },
  mistake: { en: "✋ not understood", ko: "✋ 확인 필요" },
  failed: { en: "❌ failed", ko: "❌ 실패" },
  cancelled: { en: "⏹ cancelled", ko: "⏹ 취소됨" },
};
const SHOWN = 10;

/** What was asked in this channel lately, and how it stands. The short id is what /cancel takes. */
export const runs = command({
  name: "runs",
  ko: "작업",
  about: { en: "What was asked here lately, and how it stands", ko: "최근 요청과 진행 상황" },
  options: {},
  run: async ({ id: own, store, channel, lang, user, now }) => {
    const recent = (await store.requests.recent(channel, SHOWN + 1))
      .filter((it) => it.id !== own && (!it.hushed || it.userId === user.id))
      .slice(0, SHOWN);
    const line = (it: (typeof recent)[number]) => {
      const seconds = (it.totalMs ?? now.getTime() - it.asked.getTime()) / 1000;
      return `\`${it.id.slice(0, 8)}\` ${statuses[it.status][lang]} · /${it.command || "?"} · ${it.userName} · ${seconds.toFixed(1)} s · seed ${it.seed}`;
    };
    const none = { en: "Nothing was asked here yet.", ko: "아직 요청이 없어요." }[lang];
    const data = recent.map(({ id, command, status, userName, seed, totalMs }) => ({
      id,
      command,
      status,
      user: userName,
      seed,
      ms: totalMs,
    }));
    return { text: recent.map(line).join("\n") || none, data: { runs: data } };
  },
});
