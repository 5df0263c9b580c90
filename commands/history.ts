import { z } from "zod";
import { type CommandContext, command } from "../src/chat/command.ts";
import { duration } from "../src/numbers.ts";
import { type RequestStatus, requestStatuses } from "../src/reply.ts";
import type { RequestRow } from "../src/store/requests.ts";
import { tableIn } from "../src/table.ts";
import type { Language, Text } from "../src/text.ts";
import { shortId } from "./parts/requests.ts";

const statuses: Record<RequestStatus, Text> = {
  waiting: { en: "⏳ waiting", ko: "⏳ 진행 중" },
  done: { en: "✅ done", ko: "✅ 완료" },
  mistake: { en: "✋ not understood", ko: "✋ 확인 필요" },
  failed: { en: "❌ failed", ko: "❌ 실패" },
  cancelled: { en: "⏹ cancelled", ko: "⏹ 취소됨" },
};
const SHOWN = 10;
const SEARCHED = 100;

/** What was asked in the asker's channel, newest first, as far as they may see it. */
const recentIn = async ({ id, store, place, user }: CommandContext): Promise<RequestRow[]> =>
  (await store.requests.recent(place, SEARCHED)).filter((it) => it.id !== id && (!it.ephemeral || it.userId === user.id));

const columns: readonly (Text & { right?: true })[] = [
  { en: "Id", ko: "번호" },
  { en: "Status", ko: "상태" },
  { en: "Command", ko: "명령" },
  { en: "Who", ko: "요청한 사람" },
  { en: "Time", ko: "시간", right: true },
  { en: "Seed", ko: "시드", right: true },
];
const rowOf = (it: RequestRow, now: Date, lang: Language): string[] => [
  shortId(it.id),
  statuses[it.status][lang],
  it.command ? `/${it.command}` : "?",
  it.userName,
  duration(it.totalMs ?? now.getTime() - it.asked.getTime()),
  String(it.seed),
];

/** What was asked in this channel lately, and how it stands. The short id is what /cancel takes. */
export const history = command({
  name: "history",
  ko: "요청기록",
  about: { en: "Recent requests, and how they stand", ko: "최근 요청과 진행 상황" },
  options: {
    user: {
      kind: "user",
      ko: "사람",
      about: { en: "only this person's requests", ko: "이 사람의 요청만" },
      suggest: async (context) =>
        [...new Set((await recentIn(context)).map((it) => it.userName))].map((name) => ({
          value: name,
          label: { en: name, ko: name },
        })),
    },
  },
  data: z.object({
    requests: z
      .array(
        z.object({
          id: z.string(),
          command: z.string().describe("empty where none was understood"),
          status: z.enum(requestStatuses),
          user: z.string().describe("the name of who asked"),
          seed: z.int(),
          ms: z.int().nullable().describe("until the answer was there; null while it is not"),
        }),
      )
      .describe(`the last ${SHOWN} of the channel, or of \`user\` in it, newest first`),
  }),
  run: async (context, { user: wanted }) => {
    const { lang, now } = context;
    const isWanted = (it: RequestRow) =>
      wanted === undefined || it.userId === wanted || it.userName.toLowerCase() === wanted.toLowerCase();
    const recent = (await recentIn(context)).filter(isWanted).slice(0, SHOWN);
    const data = recent.map(({ id, command, status, userName, seed, totalMs }) => ({
      id,
      command,
      status,
      user: userName,
      seed,
      ms: totalMs,
    }));
    if (recent.length === 0)
      return { text: { en: "Nobody has asked anything here yet.", ko: "아직 요청이 없어요." }[lang], data: { requests: data } };
    const text = { en: "Recent requests in this channel:", ko: "이 채널의 최근 요청이에요." }[lang];
    const rows = recent.map((it) => rowOf(it, now, lang));
    return { text, table: tableIn(lang, columns, rows), data: { requests: data } };
  },
});
