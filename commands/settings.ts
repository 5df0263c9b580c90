import { z } from "zod";
import { command } from "../src/chat/command.ts";
import { UserError } from "../src/errors.ts";
import { answersIn, GroupSettings, isTimeZone, replyPlaces, zoneOf } from "../src/settings.ts";
import { tableIn } from "../src/table.ts";
import { type Language, languages, type Text } from "../src/text.ts";
import { modelChoices } from "./parts/models.ts";

const OWN = "own";
const languageNames: Readonly<Record<Language | typeof OWN, Text>> = {
  en: { en: "English", ko: "영어" },
  ko: { en: "Korean", ko: "한국어" },
  own: { en: "each person's own", ko: "각자의 언어" },
};
const placeNames: Readonly<Record<(typeof replyPlaces)[number], Text>> = {
  channel: { en: "in the channel", ko: "채널에" },
  thread: { en: "in a thread", ko: "스레드에" },
  "only me": { en: "only for who asks", ko: "요청한 사람에게만" },
};
const channelActions = ["open", "close", "everywhere"] as const;
const OFF = "off";
/** The default model when a group has chosen none. */
const BEST = "best";
const best: Text = { en: "the best there is", ko: "가장 좋은 모델" };
const QUIET = /^(\d{1,2}:\d{2})\s*[-–~]\s*(\d{1,2}:\d{2})$/;

/** "22:00-8:00" as the settings keep it; nothing for "off". A `UserError` for what is neither. */
const quietOf = (typed: string): GroupSettings["quiet"] => {
  if (typed.toLowerCase() === OFF || typed === "끄기") return undefined;
  const [, from = "", to = ""] = typed.match(QUIET) ?? [];
  const { data } = GroupSettings.shape.quiet.safeParse({ from: from.padStart(5, "0"), to: to.padStart(5, "0") });
  if (!data) throw new UserError("bad_quiet_hours", { got: typed });
  return data;
};

/** The channels after `action` was asked for in `channel`. */
const channelsAfter = (
  channels: readonly string[],
  action: (typeof channelActions)[number] | undefined,
  channel: string,
): string[] => {
  const others = channels.filter((it) => it !== channel);
  if (action === "open") return [...others, channel];
  return action === "close" ? others : action === "everywhere" ? [] : [...channels];
};

/** How the bot behaves in a group: its language, where it answers, when it is quiet. Shows it when nothing is given. */
export const settings = command({
  name: "settings",
  ko: "설정",
  about: {
    en: "The group's language, channels, where replies go, and quiet hours",
    ko: "그룹의 언어, 채널, 답을 보여 줄 곳, 방해 금지 시간",
  },
  options: {
    language: {
      kind: "choice",
      ko: "언어",
      about: { en: "the language of every answer", ko: "모든 답의 언어" },
      of: [...languages, OWN],
      labels: languageNames,
    },
    replies: {
      kind: "choice",
      ko: "답변",
      about: { en: "where answers go", ko: "답을 보여 줄 곳" },
      of: replyPlaces,
      labels: placeNames,
    },
    channel: {
      kind: "choice",
      ko: "채널",
      about: {
        en: "answer in this channel, no longer in this channel, or everywhere",
        ko: "이 채널에서 답하기, 이 채널에서 그만 답하기, 모든 채널에서 답하기",
      },
      of: channelActions,
      labels: {
        open: { en: "answer here", ko: "여기에서 답하기" },
        close: { en: "no longer here", ko: "여기에서 그만 답하기" },
        everywhere: { en: "everywhere", ko: "모든 채널" },
      },
    },
    model: {
      kind: "choice",
      ko: "모델",
      about: { en: "the model that answers where none is named", ko: "모델 이름을 쓰지 않았을 때 답할 모델" },
      among: async (context) => [{ value: BEST, label: best }, ...(await modelChoices(context))],
    },
    quiet: {
      kind: "text",
      ko: "방해금지",
      about: {
        en: "when nothing is posted unasked and nobody is mentioned, such as 22:00-08:00; off ends it",
        ko: "알림과 자동 게시를 하지 않을 시간. 예: 22:00-08:00. off를 쓰면 해제해요",
      },
    },
    timezone: {
      kind: "text",
      ko: "시간대",
      about: { en: "whose clock is meant, such as Asia/Seoul", ko: "기준이 되는 시간대. 예: Asia/Seoul" },
      suggest: async () => Intl.supportedValuesOf("timeZone").map((value) => ({ value, label: { en: value, ko: value } })),
    },
  },
  ephemeral: true,
  administratorsOnly: true,
  data: z.object({ settings: GroupSettings, changed: z.boolean() }),
  run: async ({ store, place, lang }, { language, replies, channel, model, quiet, timezone }) => {
    const before = await store.groups.settings(place.group);
    if (timezone !== undefined && !isTimeZone(timezone)) throw new UserError("bad_time_zone", { got: timezone });
    const channels = channelsAfter(before.channels ?? [], channel, place.channel);
    const {
      language: spoken,
      model: chosen,
      quiet: hours,
      timeZone,
    } = {
      language: language === OWN ? undefined : (language ?? before.language),
      model: model === BEST ? undefined : (model ?? before.model),
      quiet: quiet === undefined ? before.quiet : quietOf(quiet),
      timeZone: timezone ?? before.timeZone,
    };
    const after: GroupSettings = {
      replies: replies ?? before.replies,
      ...(channels.length > 0 && { channels }),
      ...(spoken && { language: spoken }),
      ...(chosen && { model: chosen }),
      ...(hours && { quiet: hours }),
      ...(timeZone && { timeZone }),
    };
    const changed = [language, replies, channel, model, quiet, timezone].some((it) => it !== undefined);
    if (changed) await store.groups.set(place.group, after);

    const here = answersIn(after, place.channel);
    const count = channels.length;
    const answering: Text =
      count === 0
        ? { en: "everywhere", ko: "모든 채널" }
        : { en: `${count}, ${here ? "this one too" : "not this one"}`, ko: `${count}개 (이 채널 ${here ? "포함" : "제외"})` };
    const never: Text = { en: "never", ko: "없음" };
    const rows: readonly (readonly [Text, string])[] = [
      [{ en: "Language", ko: "언어" }, languageNames[after.language ?? OWN][lang]],
      [{ en: "Replies", ko: "답변" }, placeNames[after.replies][lang]],
      [{ en: "Channels", ko: "채널" }, answering[lang]],
      [{ en: "Model", ko: "모델" }, after.model ?? best[lang]],
      [{ en: "Quiet hours", ko: "방해 금지" }, hours ? `${hours.from}–${hours.to}` : never[lang]],
      [{ en: "Time zone", ko: "시간대" }, zoneOf(after)],
    ];
    const text: Text = changed
      ? { en: "Saved. This group's settings are now:", ko: "저장했어요. 지금 이 그룹의 설정이에요." }
      : {
          en: "This group's settings. Change one with, for example, `/settings language:ko`.",
          ko: "이 그룹의 설정이에요. 예를 들어 `/설정 언어:한국어`로 바꿀 수 있어요.",
        };
    const columns = [
      { en: "Setting", ko: "항목" },
      { en: "Now", ko: "현재" },
    ];
    return {
      text: text[lang],
      table: tableIn(
        lang,
        columns,
        rows.map(([title, value]) => [title[lang], value]),
      ),
      data: { settings: after, changed },
    };
  },
});
