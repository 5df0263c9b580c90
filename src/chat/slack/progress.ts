import { placeOf, type RequestRow } from "../../store/requests.ts";
import type { Language } from "../../text.ts";
import type { RequestProgress } from "../events.ts";
import type { Block } from "./blocks.ts";
import { EPHEMERAL } from "./ephemeral.ts";
import { handlingOf } from "./errors.ts";
import { findSent, metadataOf } from "./found.ts";
import { isDirect } from "./from.ts";
import { escapeSlack } from "./mrkdwn.ts";
import { asMember } from "./post.ts";
import type { Slack } from "./slack.ts";
import { words } from "./words.ts";

const BAR = 20;
/** What is answered within this time is answered at once. */
const SOON_SECONDS = 0.5;
/** Uses of a response_url that are left for the answer. */
const KEPT_USES = 2;

/** The note is in the language of who asked, and says which that is. */
const languageIn = (note: string): Language => (/\p{Script=Hangul}/u.test(note) ? "ko" : "en");

/** How far a request is, in a message: a bar once it is known, what it does, and a button that stops it. */
export const progressContent = (
  { request, done, of, note, stopping }: Pick<RequestProgress, "request" | "done" | "of" | "note" | "stopping">,
  lang: Language,
): { text: string; blocks: Block[] } => {
  const share = of > 0 ? Math.min(1, done / of) : undefined;
  const filled = share === undefined ? 0 : Math.round(share * BAR);
  const bar = share === undefined ? "" : `\`${"█".repeat(filled)}${"░".repeat(BAR - filled)}\` ${Math.round(share * 100)} %`;
  const said = note || words.waiting[lang];
  const line = [bar, escapeSlack(said)].filter((it) => it !== "").join("  ");
  const button: Block = {
    type: "actions",
    elements: [{ type: "button", action_id: "cancel", value: request, text: { type: "plain_text", text: words.cancel[lang] } }],
  };
  const blocks: Block[] = [
    { type: "context", elements: [{ type: "mrkdwn", text: `:hourglass_flowing_sand: ${line}`.slice(0, 3000) }] },
  ];
  return { text: said, blocks: stopping ? blocks : [...blocks, button] };
};

interface Known {
  /** The message that shows it, once there is one. */
  ts?: string | undefined;
  /** Nothing more is shown: it has its answer, or its message is gone. */
  isOver: boolean;
  /** Ends when what is being sent has arrived. */
  busy: Promise<void>;
}

/** Shows how far waiting requests are: in a message that the answer takes the place of. */
export const openPlaceholders = (slack: Slack) => {
  const { api, bot, store, responseUrls, log } = slack;
  const all = new Map<string, Known>();
  const began = new Date();

  const showAlone = async (progress: RequestProgress, url: string, known: Known, lang: Language): Promise<void> => {
    if (responseUrls.left(url) <= KEPT_USES) return;
    await responseUrls.respond(url, { ...progressContent(progress, lang), replaces: known.ts !== undefined });
    if (known.ts === undefined && !(await bot.placed(progress.request, EPHEMERAL))) known.isOver = true;
    known.ts = EPHEMERAL;
  };

  const show = async (progress: RequestProgress, known: Known): Promise<void> => {
    const { request, place, visibleTo } = progress;
    const row = await store.deliveries.get(request);
    // What is changed in place stays as it is until its answer is there.
    if (row?.state !== "waiting" || row.replaces !== null) {
      known.isOver = true;
      return;
    }
    const lang = languageIn(progress.note);
    if (visibleTo !== undefined && !isDirect(place)) {
      if (row.token !== null) await showAlone(progress, row.token, known, lang);
      return;
    }
    const content = { channel: place.channel, ...progressContent(progress, lang), metadata: metadataOf(request, 0, [], true) };
    known.ts ??= row.externalId ?? undefined;
    // One that was posted, and not noted, before a crash.
    if (known.ts === undefined && row.at < began) {
      known.ts = (await findSent(api, request, place)).find((it) => it.isWaiting)?.ts;
      if (known.ts !== undefined) await bot.placed(request, known.ts);
    }
    const { ts } = known;
    if (ts !== undefined) {
      await api.call((client) => client.chat.update({ ...content, ts }), { mayDrop: true });
      return;
    }
    const more = place.thread ? { thread_ts: place.thread } : {};
    const posted = await asMember(api, place.channel, () =>
      api.call((client) => client.chat.postMessage({ ...content, ...more }), { mayDrop: true }),
    );
    if (!posted.ts) return;
    known.ts = posted.ts;
    if (await bot.placed(request, posted.ts)) return;
    known.isOver = true;
    await api.call((client) => client.chat.delete({ channel: place.channel, ts: posted.ts as string }));
  };

  const placeholders = {
    /**
     * Shows that a request is being worked on, unless its answer comes so soon that nobody would see it: work that waits behind other work, or
     * for a machine, says nothing by itself.
     */
    begin: async (row: RequestRow): Promise<void> => {
      const { id: request, userId, lang, ephemeral } = row;
      const place = placeOf(row);
      const outcome = await bot.outcome(request, SOON_SECONDS, { userId, groupId: place.group, channel: place.channel });
      if (outcome?.status !== "waiting" || all.has(request)) return;
      const shown = bot.progress(request) ?? { request, place, done: 0, of: 0, note: words.waiting[lang] };
      placeholders.report({ ...shown, ...(ephemeral && { visibleTo: userId }) });
    },
    report: (progress: RequestProgress): void => {
      const { request } = progress;
      const known = all.get(request) ?? { isOver: false, busy: Promise.resolve() };
      all.set(request, known);
      known.busy = known.busy
        .then(() => (known.isOver ? undefined : show(progress, known)))
        .catch((err: unknown) => {
          const handling = handlingOf(err);
          // A limit, or a moment without a network: the next report comes. What is gone, or not allowed, stays so.
          if (handling !== "retry") known.isOver = true;
          log.debug({ err, request, adapter: "slack" }, "a request's progress was not shown");
        });
    },
    /** Stops showing a request's progress; resolves when none of it can overwrite the answer any more. */
    ended: async (request: string): Promise<void> => {
      const known = all.get(request);
      all.delete(request);
      if (!known) return;
      known.isOver = true;
      await known.busy;
    },
  };
  return placeholders;
};
export type Placeholders = ReturnType<typeof openPlaceholders>;
