import { command } from "../src/chat/command.ts";
import type { RequestStatus } from "../src/reply.ts";
import type { RequestRow } from "../src/store/requests.ts";
import type { Text } from "../src/text.ts";

const statuses: Record<RequestStatus, Text> = {
  waiting: { en: "⏳ waiting", ko: "⏳ 진행 중" },
  done: { en: "✅ done", ko: "✅ 완료" },
  mistake: { en: "✋ not understood", ko: "✋ 확인 필요" },
  failed: { en: "❌ failed", ko: "❌ 실패" },
  cancelled: { en: "⏹ cancelled", ko: "⏹ 취소됨" },
};
const SHOWN = 10;
const LOOKED_AT = 100;

/** What was asked in this channel lately, and how it stands. The short id is what /cancel takes. */
export const runs = command({
  name: "runs",
  ko: "작업",
  about: { en: "What was asked here lately, and how it stands", ko: "최근 요청과 진행 상황" },
  options: {
    user: { kind: "user", ko: "사람", about: { en: "only what this person asked", ko: "이 사람이 요청한 것만" } },
  },
  run: async ({ id: own, store, place, lang, user, now }, { user: wanted }) => {
    const visible = (it: RequestRow) => it.id !== own && (!it.ephemeral || it.userId === user.id);
    const meant = (it: RequestRow) =>
      wanted === undefined || it.userId === wanted || it.userName.toLowerCase() === wanted.toLowerCase();
    const recent = (await store.requests.recent(place, LOOKED_AT)).filter((it) => visible(it) && meant(it)).slice(0, SHOWN);
    const line = (it: RequestRow) => {
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
