import { type APIMessage, MessageFlags, Routes } from "discord.js";
import { placeOf, type RequestRow } from "../../store/requests.ts";
import type { Language } from "../../text.ts";
import type { RequestProgress } from "../events.ts";
import { viewerOf } from "../request.ts";
import { cancelId } from "./customId.ts";
import type { Discord } from "./discord.ts";
import { codeOf, handlingOf } from "./faults.ts";
import { isDirect } from "./from.ts";
import { escapeDiscord } from "./markdown.ts";
import { cancelRow, nonceOf } from "./message.ts";
import { conversationOf, shownIn, WAITING } from "./shown.ts";
import { answeringOf } from "./token.ts";
import { words } from "./words.ts";

const BAR = 20;
/** What is answered within this time is answered at once. */
const SOON_SECONDS = 0.5;

/** The note is in the language of who asked, and says which that is. */
const languageIn = (note: string): Language => (/\p{Script=Hangul}/u.test(note) ? "ko" : "en");

/** How far a request is, in words: a bar once that is known, and what it does. */
export const progressText = ({ done, of, note }: Pick<RequestProgress, "done" | "of" | "note">): string => {
  const share = of > 0 ? Math.min(1, done / of) : undefined;
  const filled = share === undefined ? 0 : Math.round(share * BAR);
  const bar = share === undefined ? "" : `\`${"█".repeat(filled)}${"░".repeat(BAR - filled)}\` ${Math.round(share * 100)} %`;
  return ["⏳", bar, escapeDiscord(note)].filter((it) => it !== "").join("  ");
};

interface KnownRequest {
  /** The message that shows it, where it is one of the bot's own. */
  message?: string | undefined;
  /** The picture that stands in it. */
  picture?: string | undefined;
  /** Nothing more is shown: it has its answer, or its message is gone. */
  isOver: boolean;
  /** Ends when what is being sent has arrived. */
  busy: Promise<void>;
}

/** Shows how far waiting requests are: in the deferred answer, or in a message that the answer takes the place of. */
export const openProgressMessages = (discord: Discord) => {
  const { bot, store, rest, sparingRest, log } = discord;
  const all = new Map<string, KnownRequest>();

  const contentOf = async (
    { request, place, picture, stopping, visibleTo, ...progress }: RequestProgress,
    known: KnownRequest,
    isAlone: boolean,
  ) => {
    const lang = languageIn(progress.note);
    const isNewPicture = picture !== undefined && picture.blob !== known.picture;
    const viewer = viewerOf({ user: { id: visibleTo ?? "", name: "" }, place });
    const bytes = isNewPicture ? await bot.read(picture.blob, viewer) : undefined;
    const files = bytes ? [{ key: "files[0]", name: picture?.name ?? "", contentType: picture?.type ?? "", data: bytes }] : [];
    const attachments =
      bytes && picture ? { attachments: [{ id: "0", filename: picture.name, description: picture.alt.slice(0, 1024) }] } : {};
    const body = {
      ...{ content: progressText({ ...progress, note: progress.note || words.waiting[lang] }).slice(0, 2000) },
      ...attachments,
      components: stopping ? [] : [cancelRow(cancelId(request), lang)],
      allowed_mentions: { parse: [] },
      flags: isAlone ? 0 : MessageFlags.SuppressEmbeds,
    };
    return { body, files, shownPicture: bytes && picture ? picture.blob : known.picture };
  };

  const show = async (progress: RequestProgress, known: KnownRequest): Promise<void> => {
    const { request, place, visibleTo } = progress;
    const row = await store.deliveries.get(request);
    // What is changed in place stays as it is until its answer is there.
    if (row?.state !== "waiting" || row.replaces !== null) {
      known.isOver = true;
      return;
    }
    const token = row.token !== null && row.tokenExpires ? { value: row.token, expires: row.tokenExpires } : undefined;
    const answering = answeringOf(token);
    const isAlone = answering?.mode === "alone" || (visibleTo !== undefined && !isDirect(place));
    const { shownPicture, ...content } = await contentOf(progress, known, isAlone);
    known.message ??= shownIn(row.externalId ?? undefined, place)[0]?.id;
    if (answering?.mode === "reply" || answering?.mode === "alone") {
      const route = Routes.webhookMessage(answering.application, answering.token, "@original");
      const { id } = (await sparingRest.patch(route, { ...content, auth: false })) as APIMessage;
      known.picture = shownPicture;
      if (known.message === undefined && !isAlone && !(await bot.placed(request, WAITING + id))) known.isOver = true;
      known.message = id;
      return;
    }
    // Without a token there is no way to show it to one person alone.
    if (isAlone) return;
    const channel = conversationOf(place);
    if (known.message !== undefined) {
      await sparingRest.patch(Routes.channelMessage(channel, known.message), content);
      known.picture = shownPicture;
      return;
    }
    const reference =
      answering?.mode === "message" ? { message_reference: { message_id: answering.message, fail_if_not_exists: false } } : {};
    const body = { ...content.body, ...reference, nonce: nonceOf(request, "waiting"), enforce_nonce: true };
    const { id } = (await sparingRest.post(Routes.channelMessages(channel), { ...content, body })) as APIMessage;
    known.message = id;
    known.picture = shownPicture;
    if (await bot.placed(request, WAITING + id)) return;
    known.isOver = true;
    await rest.delete(Routes.channelMessage(channel, id));
  };

  const messages = {
    /**
     * Shows that a request is being worked on, unless its answer comes so soon that nobody would see it: work that waits behind other work, or
     * for a machine, says nothing by itself.
     */
    begin: async (row: RequestRow): Promise<void> => {
      const { id: request, userId, lang, ephemeral } = row;
      const place = placeOf(row);
      const outcome = await bot.outcome(request, SOON_SECONDS, viewerOf({ user: { id: userId, name: "" }, place }));
      if (outcome?.status !== "waiting" || all.has(request)) return;
      const shown = bot.progress(request) ?? { request, place, done: 0, of: 0, note: words.waiting[lang] };
      messages.report({ ...shown, ...(ephemeral && { visibleTo: userId }) });
    },
    report: (progress: RequestProgress): void => {
      const { request } = progress;
      const known = all.get(request) ?? { isOver: false, busy: Promise.resolve() };
      all.set(request, known);
      known.busy = known.busy
        .then(() => (known.isOver ? undefined : show(progress, known)))
        .catch((err: unknown) => {
          // A limit, or a moment without a network: the next report comes. What is gone, or not allowed, stays so.
          if (handlingOf(err) !== "retry") known.isOver = true;
          log.debug({ err, request, adapter: "discord", code: codeOf(err) }, "a request's progress was not shown");
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
  return messages;
};
export type ProgressMessages = ReturnType<typeof openProgressMessages>;
