import type { FileRef } from "../../files.ts";
import type { Place } from "../../place.ts";
import type { SlackApi } from "./api.ts";
import { blocksOf, type SlackPart } from "./blocks.ts";
import { handlingOf } from "./errors.ts";
import { type Found, findSent, findShared, metadataOf } from "./found.ts";
import { isShown, share, uploadShown } from "./upload.ts";

interface Parts {
  api: SlackApi;
  read(file: FileRef): Promise<Buffer>;
  signal: AbortSignal;
}

/** What is shown, and where. */
export interface Shown {
  delivery: string;
  place: Pick<Place, "channel" | "thread">;
  parts: readonly SlackPart[];
  /** The message that it takes the place of. */
  edits?: string | undefined;
  /** What of it stands there already, in an older state: it is changed. */
  shown?: readonly Found[];
  /** A message that shows the progress stays: the answer is a new one. */
  isApart?: boolean;
  /** Slack's id of who is told of it: once, in the first message. */
  mentions?: string | undefined;
  /** It may have arrived, though nobody heard so. */
  mayHaveArrived: boolean;
}

/** Becomes a member of a public channel; whoever may not is thrown what Slack says. */
const join = (api: SlackApi, channel: string) => api.call((client) => client.conversations.join({ channel }));

/** Calls something for which the bot has to be a member, and joins where it is not one. */
export const asMember = async <T>(api: SlackApi, channel: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (handlingOf(error) !== "join") throw error;
    await join(api, channel);
    return work();
  }
};

/**
 * Shows a reply in a conversation: the first part as a message that can be edited, the others and all files below it in its thread. What
 * arrived before is edited instead of posted again. Returns the `ts` of the first.
 */
export const post = async (
  { delivery, place, parts, edits, shown = [], isApart, mentions, mayHaveArrived }: Shown,
  { api, read, signal }: Parts,
): Promise<string> => {
  const { channel, thread } = place;
  const found = mayHaveArrived ? await asMember(api, channel, () => findSent(api, delivery, place)) : shown;
  const sent: readonly Found[] = [...found.filter((it) => !it.isWaiting), ...found.filter((it) => it.isWaiting && !isApart)];
  const pings = mentions === undefined ? "" : `<@${mentions}> `;

  const showPart = async (part: SlackPart, index: number, below: string | undefined) => {
    const uploaded: { id: string; alt: string }[] = [];
    for (const file of part.files.filter(isShown))
      uploaded.push({ id: await uploadShown(file, { api, read, signal }), alt: file.alt ?? file.name });
    const [first = "", ...others] = part.sections;
    const sections = pings && index === 0 ? [pings + first, ...others] : part.sections;
    let shownAs: string | undefined;
    const show = async (ids: readonly string[]): Promise<string> => {
      const blocks = blocksOf(delivery, { ...part, sections }, uploaded);
      const metadata = metadataOf(delivery, index, ids);
      const content = { channel, text: (index === 0 ? pings : "") + part.fallback || "…", blocks, metadata };
      const before = shownAs ?? sent.find((it) => it.part === index)?.ts ?? (index === 0 ? edits : undefined);
      if (before !== undefined) {
        try {
          await api.call((client) => client.chat.update({ ...content, ts: before }));
          return before;
        } catch (error) {
          // Somebody deleted it, or it may no longer be edited.
          if (handlingOf(error) !== "post") throw error;
        }
      }
      const more = { unfurl_links: false, unfurl_media: false, ...(below && { thread_ts: below }) };
      const { ts } = await asMember(api, channel, () => api.call((client) => client.chat.postMessage({ ...content, ...more })));
      if (!ts) throw new Error("Expected the ts of the message that was posted; Slack gave none");
      return ts;
    };
    const ids = uploaded.map((it) => it.id);
    shownAs = await show(ids);
    return { ts: shownAs, addShared: (shared: readonly string[]) => show([...ids, ...shared]) };
  };

  const [first, ...rest] = parts as readonly [SlackPart, ...SlackPart[]];
  const main = await showPart(first, 0, thread);
  const below = thread ?? main.ts;
  for (const [index, part] of rest.entries()) await showPart(part, index + 1, below);

  const files = parts.flatMap((part) => part.files.filter((file) => !isShown(file)));
  if (files.length > 0) {
    const there = mayHaveArrived ? await findShared(api, channel, below) : [];
    const shared: string[] = [];
    for (const file of files) {
      const known = there.find((it) => it.name === file.name && it.size === file.bytes);
      shared.push(known?.id ?? (await asMember(api, channel, () => share(file, { channel, thread: below }, { api, read }))));
    }
    // So that they are found when they are to go.
    await main.addShared(shared);
  }
  return main.ts;
};
