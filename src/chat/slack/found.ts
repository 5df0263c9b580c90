import type { Place } from "../../place.ts";
import type { SlackApi } from "./api.ts";
import type { SlackFile, SlackMessage } from "./payload.ts";

/** What our messages carry, unseen: which delivery they show, which part of it, and the files in it. */
const EVENT_TYPE = "peerlab_answer";
export const metadataOf = (delivery: string, part: number, files: readonly string[], isWaiting = false) => ({
  event_type: EVENT_TYPE,
  event_payload: { delivery, part, files: files.join(","), ...(isWaiting && { waiting: true }) },
});

/** A message of ours as it stands on Slack. */
export interface Found {
  ts: string;
  part: number;
  /** Slack's ids of the files in it and below it. */
  files: readonly string[];
  /** It shows how far a request is, and the answer is still to come. */
  isWaiting: boolean;
}

const mark = ({ ts, metadata }: SlackMessage, delivery: string): Found[] => {
  const payload = metadata?.event_type === EVENT_TYPE ? metadata.event_payload : undefined;
  if (payload?.["delivery"] !== delivery) return [];
  const files = String(payload["files"] ?? "").split(",");
  const isWaiting = payload["waiting"] === true;
  return [{ ts, part: Number(payload["part"] ?? 0), files: files.filter((id) => id !== ""), isWaiting }];
};

/** So many messages back one is looked for. */
const LOOKED_AT = 200;

/** The messages of a conversation, or of a thread in it with the message that it hangs on; newest last. */
export const messagesOf = async (
  api: SlackApi,
  { channel, thread }: { channel: string; thread?: string | undefined },
  limit = LOOKED_AT,
): Promise<SlackMessage[]> => {
  const more = { channel, limit, include_all_metadata: true };
  if (thread)
    return ((await api.call((client) => client.conversations.replies({ ...more, ts: thread }))).messages ?? []) as SlackMessage[];
  const { messages = [] } = await api.call((client) => client.conversations.history(more));
  return (messages as SlackMessage[]).toSorted((a, b) => Number(a.ts) - Number(b.ts));
};

/** The messages of a delivery that arrived: what a crash may have hidden from us. */
export const findSent = async (
  api: SlackApi,
  delivery: string,
  { channel, thread }: Pick<Place, "channel" | "thread">,
): Promise<Found[]> => {
  const there = (await messagesOf(api, { channel, thread })).flatMap((it) => mark(it, delivery));
  const main = there.find((it) => it.part === 0 && !it.isWaiting);
  if (thread || !main) return there;
  const below = (await messagesOf(api, { channel, thread: main.ts })).flatMap((it) => mark(it, delivery));
  return [...there, ...below.filter((it) => it.ts !== main.ts)];
};

/** A delivery's message that is known by its `ts`, and what follows below it. */
export const findShown = async (
  api: SlackApi,
  delivery: string,
  { channel, thread }: Pick<Place, "channel" | "thread">,
  ts: string,
): Promise<Found[]> => (await messagesOf(api, { channel, thread: thread ?? ts })).flatMap((it) => mark(it, delivery));

/** The files that the bot has posted in a thread: after a crash, those that need not be posted again. */
export const findShared = async (api: SlackApi, channel: string, thread: string): Promise<SlackFile[]> =>
  (await messagesOf(api, { channel, thread })).filter((it) => it.bot_id).flatMap((it) => it.files ?? []);
