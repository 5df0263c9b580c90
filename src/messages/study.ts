import type { Text } from "../text.ts";

/** What can be wrong with the study log, with hypotheses and with recaps. See `errors.ts`. */
export const study = {
  empty_note: (_: object): Text => ({
    en: "There is nothing in that note. Write it behind its kind: `/note review soft labels carry dark knowledge`.",
    ko: "기록에 내용이 없어요. `/기록 복습 소프트 라벨에는 클래스 사이의 관계가 담긴다`처럼 종류 뒤에 적어 주세요.",
  }),
  unknown_note: (f: { id: string }): Text => ({
    en: `There is no note here whose id begins with "${f.id}". \`/log\` shows the day's notes with their ids.`,
    ko: `번호 앞자리가 "${f.id}"인 기록이 여기에는 없어요. \`/학습일지\`에서 번호를 확인해 보세요.`,
  }),
  not_your_note: (f: { id: string; by: string }): Text => ({
    en: `${f.id} is ${f.by}'s note, and only they can change it.`,
    ko: `${f.id} 기록은 ${f.by} 님이 남긴 것이라 본인만 고칠 수 있어요.`,
  }),
  bad_day: (f: { got: string }): Text => ({
    en: `I know no day "${f.got}". Write today, yesterday or a date like 2026-11-25.`,
    ko: `어느 날인지 모르겠어요: "${f.got}". 오늘, 어제, 또는 2026-11-25처럼 적어 주세요.`,
  }),
  unknown_hypothesis: (f: { id: string }): Text => ({
    en: `There is no hypothesis here whose run begins with "${f.id}". \`/hypotheses\` lists them; a run gets one with \`hypothesis:"T=8 beats T=2"\`.`,
    ko: `번호 앞자리가 "${f.id}"인 실험의 가설이 여기에는 없어요. \`/가설\`에서 확인해 보세요. 실험에 \`가설:"T=8이 T=2보다 낫다"\`를 붙이면 만들어져요.`,
  }),
  hypothesis_settled: (f: { verdict: Text }): Text => ({
    en: `That one is settled: ${f.verdict.en}. Votes no longer change it.`,
    ko: `이미 결론이 난 가설이에요: ${f.verdict.ko}. 더는 투표할 수 없어요.`,
  }),
  no_votes: (f: { id: string }): Text => ({
    en: `Nobody has voted on ${f.id} yet. Say yourself how it came out: \`/hypotheses close id:${f.id} verdict:confirmed\`, refuted or unclear.`,
    ko: `${f.id} 가설에는 아직 투표가 없어요. \`/가설 마감 번호:${f.id} 결론:확인됨\`처럼 결론(확인됨, 반박됨, 불분명)을 직접 적어 주세요.`,
  }),
  not_your_hypothesis: (f: { by: string }): Text => ({
    en: `${f.by} asked for that run, and only they or an administrator can close its hypothesis. Your vote counts until then.`,
    ko: `${f.by} 님의 실험이라 본인이나 관리자만 마감할 수 있어요. 그때까지 투표는 할 수 있어요.`,
  }),
  bad_time: (f: { got: string }): Text => ({
    en: `"${f.got}" is no time of day. Write it like 21:00.`,
    ko: `시각을 읽지 못했어요: "${f.got}". 21:00처럼 적어 주세요.`,
  }),
  bad_days: (f: { got: string }): Text => ({
    en: `I could not read the days "${f.got}". Write them like mon,wed,fri, or weekdays, weekends or everyday.`,
    ko: `"${f.got}" 요일을 이해하지 못했어요. 월,수,금처럼 적거나 평일, 주말, 매일이라고 적어 주세요.`,
  }),
  unknown_channel: (f: { got: string; known: readonly string[] }): Text => ({
    en: `I know no channel "${f.got}" of this group that everybody in it sees. ${f.known.length > 0 ? `There are ${f.known.join(", ")}. What is for a private channel is scheduled in that channel.` : "Leave `channel` out to have it posted here."}`,
    ko: `그룹 모두가 보는 채널 중에 "${f.got}" 채널은 없어요. ${f.known.length > 0 ? `${f.known.join(", ")} 중에서 골라 주세요. 비공개 채널은 그 채널에서 예약하면 돼요.` : "`채널`을 비우면 이곳에 올려요."}`,
  }),
  no_posts_here: (f: { known: readonly string[] }): Text => ({
    en: `Nobody is at a terminal when it is posted. Say in which channel of the web chat you want it, such as \`channel:${f.known[0]?.slice(1) ?? "general"}\`.`,
    ko: `글이 올라올 때 터미널 앞에는 아무도 없어요. \`채널:${f.known[0]?.slice(1) ?? "general"}\`처럼 웹 채팅의 채널을 골라 주세요.`,
  }),
  administrators_post: (_: object): Text => ({
    en: "What is posted to everybody is scheduled by those who administer this group. Ask one of them; `/recap now` shows you the day at once.",
    ko: "모두에게 올리는 글은 그룹의 관리자만 예약하거나 끌 수 있어요. 관리자에게 부탁해 주세요. `/요약 지금`은 누구나 쓸 수 있어요.",
  }),
  too_many_schedules: (f: { most: number }): Text => ({
    en: `A channel can have ${f.most} schedules. End one first: \`/recap off\`.`,
    ko: `채널 하나에는 예약을 ${f.most}개까지 둘 수 있어요. \`/요약 끄기\`로 하나를 먼저 꺼 주세요.`,
  }),
  unknown_schedule: (f: { id: string }): Text => ({
    en: `There is no schedule "${f.id}" in this group. \`/recap list\` shows those there are.`,
    ko: `이 그룹에는 "${f.id}" 예약이 없어요. \`/요약 목록\`에서 확인해 보세요.`,
  }),
  nothing_to_export: (_: object): Text => ({
    en: "Nothing was tried or noted in that time, so there is nothing to write about. Try a longer period.",
    ko: "그 기간에는 실험도 기록도 없어서 쓸 내용이 없어요. 기간을 더 길게 잡아 보세요.",
  }),
};
